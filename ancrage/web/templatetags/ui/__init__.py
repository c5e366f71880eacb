"""`{% load ui %}`: the components of the design system as tags.

Each tag renders one file of `components/`, which opens with its usage; `/composants/` shows
them all. Tags arrange what they are given: no query, no rule, no permission.
"""

from ancrage.web.templatetags.ui import (  # noqa: F401  (each module fills the register)
    actions,
    content,
    figures,
    forms,
    lists,
)
from ancrage.web.templatetags.ui.library import register

__all__ = ["register"]
