"""Whole pages for strangers, kept for as long as they are true."""
