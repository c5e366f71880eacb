"""Small tables of facts, typed with their source, for demonstrations and first steps.

A real deployment loads the official files (`import_communes`, `import_contours`) instead.
"""
