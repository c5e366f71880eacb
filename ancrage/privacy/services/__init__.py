"""Changes to what the platform holds of people."""

from ancrage.privacy.services.consents import (
    ConsentNotAsked,
    NoticeOutdated,
    ProofMissing,
    give_consent,
    withdraw_consent,
)
from ancrage.privacy.services.subjects import (
    AlreadyFollowed,
    NotPending,
    SubjectFrozen,
    confirm_subject,
    link_account,
    open_subject,
    refuse_frozen,
    touch_subject,
)
from ancrage.privacy.services.sweeps import (
    forget_done_tasks,
    forget_ended_sessions,
    forget_old_imports,
    forget_old_lines,
)

__all__ = [
    "AlreadyFollowed",
    "ConsentNotAsked",
    "NotPending",
    "NoticeOutdated",
    "ProofMissing",
    "SubjectFrozen",
    "confirm_subject",
    "forget_done_tasks",
    "forget_ended_sessions",
    "forget_old_imports",
    "forget_old_lines",
    "give_consent",
    "link_account",
    "open_subject",
    "refuse_frozen",
    "touch_subject",
    "withdraw_consent",
]
