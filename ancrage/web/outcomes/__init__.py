"""After the evening: contacts, what became of them, what came of the event."""
