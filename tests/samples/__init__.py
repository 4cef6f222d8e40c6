"""Sample documents written for the demonstration, set and scanned by a script."""
