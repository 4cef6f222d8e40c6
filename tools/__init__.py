"""What ``make`` runs. ``tools.setup`` needs nothing but the standard library."""
