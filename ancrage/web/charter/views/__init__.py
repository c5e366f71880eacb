"""Views of the charter: read by all, signed by structures, drafted by the coordination."""
