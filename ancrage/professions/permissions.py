"""Professions and specialties: everybody reads them, administrators keep them."""

from ancrage.accounts.enums import Role
from ancrage.accounts.policy import Policy, everything

Policy(
    "professions",
    {
        "view": {Role.VISITOR: everything},
        "edit": {Role.ADMIN: everything},
    },
)
