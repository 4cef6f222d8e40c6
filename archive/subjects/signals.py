"""For whoever shows concepts beside the records: listened to in the transaction."""

from django.dispatch import Signal

thesaurus_changed = Signal()
"""Concepts were written: names, places in the tree, or whole concepts."""
