"""Files in, values out: masters, derivatives and recognition. Knows no record."""
