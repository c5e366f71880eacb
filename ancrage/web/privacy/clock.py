"""The clock of a breach in words: what remains of the 72 hours, or how late it is."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ancrage.privacy.enums import BreachRisk
from ancrage.privacy.models import Breach


@dataclass(frozen=True)
class Clock:
    """A sentence, and the tone of its tag."""

    words: str
    tone: str


def clock_of(breach: Breach, *, now: datetime) -> Clock:
    """Return where the notification of a breach stands at `now`."""
    due = breach.notification_due_at
    if breach.notified_at is not None:
        if breach.notified_at > due:
            return Clock(_("CNIL prévenue en retard"), "warning")
        return Clock(_("CNIL prévenue à temps"), "success")
    if breach.risk == BreachRisk.NONE:
        return Clock(_("Pas à notifier"), "plain")
    hours = int(abs(due - now).total_seconds() // 3600)
    if now > due:
        late = ngettext("En retard de %(count)d heure", "En retard de %(count)d heures", hours)
        return Clock(late % {"count": hours}, "error")
    left = ngettext("Reste %(count)d heure", "Restent %(count)d heures", hours)
    return Clock(left % {"count": hours}, "warning")
