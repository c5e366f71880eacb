"""Texts that a spreadsheet would run as formulas, made harmless; and the same undone."""

import re

# What Excel, LibreOffice or Google take for the start of a formula, or drop before looking.
_DANGEROUS = re.compile(r"'*[=+\-@\t\r\n\x00＝＋－＠]")
_ESCAPED = re.compile(r"'+[=+\-@\t\r\n\x00＝＋－＠]")


def escape_formula(text: str) -> str:
    """Put an apostrophe before a text that would be taken for a formula (OWASP ASVS 1.2.10).

    A text already escaped gets one more, so that `unescape_formula` gives back any text exactly.

    >>> escape_formula("=1+1")
    "'=1+1"
    """
    return f"'{text}" if _DANGEROUS.match(text) else text


def unescape_formula(text: str) -> str:
    """Undo `escape_formula`.

    >>> unescape_formula("'=1+1")
    '=1+1'
    """
    return text[1:] if _ESCAPED.match(text) else text
