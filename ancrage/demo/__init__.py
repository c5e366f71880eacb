"""A living territory of invented people, built through the same services as a real one."""
