"""The journal of changes, read by administrators: who, what, when, on what."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.db.models import QuerySet, TextChoices
from django.utils import timezone
from django.utils.functional import Promise

from ancrage.accounts.models import User
from ancrage.accounts.queries import accounts_matching
from ancrage.kit.models import AuditLine


@cache
def event_labels() -> Mapping[str, str | Promise]:
    """Return the words of each action: the enumerations called « …Event » of every app."""
    labels: dict[str, str | Promise] = {}
    for config in apps.get_app_configs():
        name = f"{config.name}.enums"
        if not config.name.startswith("ancrage.") or find_spec(name) is None:
            continue
        for found in vars(import_module(name)).values():
            if (
                isinstance(found, type)
                and issubclass(found, TextChoices)
                and found.__name__.endswith("Event")
            ):
                labels |= dict(found.choices)
    return labels


def words_of(action: str) -> str:
    """Return an action in words, or its code when no app has named it."""
    return str(event_labels().get(action, action))


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
