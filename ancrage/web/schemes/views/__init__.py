"""Pages of the aids: read, kept, tried; one's own; requests."""
