"""By what two lines of files, or a line and a profile, may be the same person."""

import hashlib

IMPORT_KIND = "candidates"
"""The key of the import of people."""


def mark_of(name: str, value: str) -> str:
    """Return the digest of one sign by which people are recognised.

    `name` is "email", "phone" (E.164), "rpps" or "name" (folded name and profession).
    """
    said = f"{name}:{value}".encode()
    return hashlib.blake2b(said, digest_size=12).hexdigest()
