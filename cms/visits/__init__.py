"""Visits: counted without a word of who came, and reported to the house."""
