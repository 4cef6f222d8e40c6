"""What pages claim of records: where it stands, and whether it still does."""
