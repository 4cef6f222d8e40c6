"""Cases: listed and narrowed, compared, collected, printed."""
