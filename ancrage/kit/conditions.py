"""Conditions about rows, told from the rows that point to them."""

from django.db.models import Q


def through(path: str, condition: Q) -> Q:
    """Return a condition of the rows that `path` leads to: `status="x"`, `candidate__status="x"`.

    A database follows a join from the few rows asked for, where « among the keys of » has it list
    every row that fits first. The path goes to one row at most: others would repeat rows.

    Raises:
        TypeError: the condition holds an expression, which cannot be told from elsewhere.
    """
    told = Q()
    told.connector, told.negated = condition.connector, condition.negated
    for child in condition.children:
        if isinstance(child, Q):
            told.children.append(through(path, child))
        elif isinstance(child, tuple):
            name, value = child
            told.children.append((f"{path}__{name}", value))
        else:
            raise TypeError(child)
    return told
