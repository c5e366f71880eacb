"""The evening on a participant's telephone: where to go, what they noted; also without network."""
