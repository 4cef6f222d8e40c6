"""What the knowledge base knows beside its pages: articles, their text, terms."""
