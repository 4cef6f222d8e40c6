"""Blocks of which editors build the texts of pages."""
