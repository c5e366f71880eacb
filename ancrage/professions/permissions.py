"""Professions and specialties: everybody reads them, administrators keep them; the rules of
bridges are kept by coordinations too."""

from ancrage.accounts.enums import Role
from ancrage.accounts.policy import Policy, everything

Policy(
    "professions",
    {
        "view": {Role.VISITOR: everything},
        "edit": {Role.ADMIN: everything},
    },
)
Policy(
    "bridge_rules",
    {
        # The rules are the same for every territory: whoever reads the sources keeps them.
        "keep": {Role.COORDINATOR: everything, Role.ADMIN: everything},
    },
)
