"""What is printed for an event, under `evenements/gestion/<pk>/fiches/`."""
