"""Signing up for events and classes: places, waiting lists, coming, forgetting."""
