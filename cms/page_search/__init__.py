"""Pages in the search index: which, what they say, and when to tell it."""
