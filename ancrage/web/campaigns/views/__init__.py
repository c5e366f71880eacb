"""Views of campaigns: the list, those who run them, those who answer, the results."""
