"""The concierge's pages: the directory of offers, and what a partner keeps and answers."""
