"""The facts that rules name, and the aids of the inventory, typed with their sources."""
