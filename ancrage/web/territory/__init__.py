"""Territories: how they are called, which communes they hold, who coordinates them."""
