"""Tables of descriptions: CSV and XLSX files into cells and back, heads, values."""
