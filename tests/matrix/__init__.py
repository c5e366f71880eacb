"""Every URL × every role → status: the specification of who gets in.

One module per section holds `MATRIX`, a dict {url name: Row}. A URL that no module names
fails the build, and so does a view without a permission.
"""
