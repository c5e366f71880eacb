"""Pages of one's own account, and of everybody's for administrators."""
