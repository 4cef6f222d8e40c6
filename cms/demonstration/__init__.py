"""What the demonstration adds to an empty installation, by the ordinary services."""
