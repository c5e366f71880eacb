"""Views of those who organise: the events, one event, its settings, its people."""
