"""The journal of changes, read by administrators: who, what, when, on what."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from ancrage.accounts.models import User
from ancrage.accounts.queries import accounts_matching
from ancrage.kit.models import AuditLine
from ancrage.web.journal import words_of


def lines_matching(
    lines: QuerySet[AuditLine],
    *,
    who: str = "",
    action: str = "",
    target: str = "",
    since: date | None = None,
    until: date | None = None,
) -> QuerySet[AuditLine]:
    """Return the lines asked for, the latest first; `until` is included."""
    if who:
        lines = lines.filter(actor__in=accounts_matching(User.objects.all(), text=who))
    if action:
        lines = lines.filter(action=action)
    if target:
        lines = lines.filter(target_label__icontains=target)
    if since:
        lines = lines.filter(at__date__gte=since)
    if until:
        lines = lines.filter(at__date__lte=until)
    return lines.select_related("actor").order_by("-at", "-pk")


def lines_about(account: User) -> QuerySet[AuditLine]:
    """Return what was done to an account, and by it, the latest first."""
    mine = AuditLine.objects.filter(actor=account)
    about = AuditLine.objects.filter(target_type=User._meta.label_lower, target_id=str(account.pk))
    return (mine | about).select_related("actor").order_by("-at", "-pk")


def known_actions() -> list[tuple[str, str]]:
    """Return the actions that have a line, in the order of their words."""
    found = AuditLine.objects.order_by("action").values_list("action", flat=True).distinct()
    return sorted(((action, words_of(action)) for action in found), key=lambda pair: pair[1])


def csv_row(line: AuditLine) -> list[Any]:
    """Return one line of the file."""
    return [
        timezone.localtime(line.at).isoformat(timespec="seconds"),
        "" if line.actor is None else str(line.actor),
        line.action,
        words_of(line.action),
        line.target_type,
        line.target_id,
        line.target_label,
        "; ".join(f"{field} : {pair[0]} → {pair[1]}" for field, pair in line.changes.items()),
    ]
