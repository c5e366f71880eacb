"""Aid schemes: everybody reads them; coordinators and administrators keep them."""

from ancrage.accounts.enums import Role
from ancrage.accounts.policy import Policy, everything

Policy(
    "schemes",
    {
        "view": {Role.VISITOR: everything},
        # National and regional facts, alike for all territories: any coordinator mends them.
        "edit": {Role.COORDINATOR: everything, Role.ADMIN: everything},
    },
)
