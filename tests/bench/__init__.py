"""Measurements, each beside the shortest way to do the same useful work."""
