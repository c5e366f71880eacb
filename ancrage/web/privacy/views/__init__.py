"""Pages on personal data: one's own, the rights desk, the register of breaches, the documents."""
