"""Events as visitors see them: announced, registered for, followed by a personal link."""
