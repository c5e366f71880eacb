"""Forms of those who organise events."""
