"""Accessibility: how far places are, who can reach what, and what would change it.

Distances (`distances`), the French grid (`lambert`), travel (`travel`), the sets of parameters
(`parameters`), potential accessibility and what changes it (`potential`), how close it
comes to what is published (`agreement`).
"""
