"""Questions about aid schemes: the inventory, its rules of a day, what is outdated."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Case, Max, Q, QuerySet, When

from ancrage.kit.models import AuditLine
from ancrage.kit.search import having_words
from ancrage.schemes.enums import Payer, Receiver, Topic
from ancrage.schemes.models import (
    NonCumulationGroup,
    Scheme,
    SchemeAmount,
    SchemeCase,
    SchemeRule,
    Zoning,
    ZoningList,
)
from ancrage.territory.models import Commune


@dataclass(frozen=True, slots=True)
class SchemeFilter:
    """What a reader of the inventory asks for; empty asks for everything."""

    text: str = ""
    topic: Topic | None = None
    payer: Payer | None = None
    receiver: Receiver | None = None
    with_closed: bool = True
    # Those past the date of their next check, the longest overdue first.
    overdue_only: bool = False


@dataclass(frozen=True, slots=True)
class Outdated:
    """An aid whose source must be read again, and since when."""

    scheme: Scheme
    due_on: date


@dataclass(frozen=True, slots=True)
class ZonesOfCommune:
    """What is known of the zones of a commune: its rows, and the lists that are whole."""

    rows: Sequence[Zoning]
    lists: Mapping[str, date]


def schemes_in_inventory() -> QuerySet[Scheme]:
    """Return the aids of the inventory, closed ones included, by name."""
    return in_inventory(Scheme.objects.all())


def in_inventory(schemes: QuerySet[Scheme]) -> QuerySet[Scheme]:
    """Return those of the aids that are in the inventory, closed ones included, by name."""
    return schemes.filter(valid_to__isnull=True).order_by("label_fr", "pk")


def schemes_matching(
    schemes: QuerySet[Scheme], asked: SchemeFilter, *, on: date
) -> QuerySet[Scheme]:
    """Return those of the aids that a filter keeps; « closed » is told on a day."""
    if asked.topic:
        schemes = schemes.filter(topic=asked.topic)
    if asked.payer:
        schemes = schemes.filter(payer=asked.payer)
    if asked.receiver:
        schemes = schemes.filter(**{f"for_{asked.receiver.value}": True})
    if not asked.with_closed:
        schemes = schemes.exclude(closes_on__lt=on)
    found = schemes.filter(having_words(asked.text))
    if not asked.overdue_only:
        return found
    ranks = {one.scheme.pk: rank for rank, one in enumerate(outdated_on(on))}
    order = Case(*(When(pk=pk, then=rank) for pk, rank in ranks.items()), default=0)
    return found.filter(pk__in=ranks).order_by(order, "pk")


def rules_on(schemes: QuerySet[Scheme] | Sequence[Scheme], *, on: date) -> dict[int, SchemeRule]:
    """Return, by aid, the rule that applies on a day: the last one begun; none where none has."""
    rules = SchemeRule.objects.filter(
        Q(applies_from__isnull=True) | Q(applies_from__lte=on),
        scheme__in=schemes,
        valid_to__isnull=True,
    )
    # NULLs sort first or last according to the database: the oldest is told apart here.
    rows = sorted(rules.order_by("pk"), key=lambda rule: rule.applies_from or date.min)
    return {rule.scheme_id: rule for rule in rows}


def rule_versions(scheme: Scheme) -> list[SchemeRule]:
    """Return all the rules of an aid, set aside or not, the oldest first."""
    rules = SchemeRule.objects.filter(scheme=scheme).select_related("created_by").order_by("pk")
    # Python's sort keeps the order of writing among the rules of one day.
    return sorted(rules, key=lambda rule: rule.applies_from or date.min)


def last_rule_key(scheme: Scheme) -> int:
    """Return the key of the rule last written for an aid: what an editor started from."""
    return SchemeRule.objects.filter(scheme=scheme).aggregate(last=Max("pk"))["last"] or 0


def lines_of(scheme: Scheme) -> QuerySet[AuditLine]:
    """Return what the journal tells of an aid, the last first."""
    lines = AuditLine.objects.filter(target_type="schemes.scheme", target_id=str(scheme.pk))
    return lines.select_related("actor").order_by("-at", "-pk")


def cases_of(scheme: Scheme) -> QuerySet[SchemeCase]:
    """Return the cases that try the rule of an aid, in the order of writing."""
    return SchemeCase.objects.filter(scheme=scheme, removed_at__isnull=True).order_by("pk")


def amounts_of(
    schemes: QuerySet[Scheme] | Sequence[Scheme],
) -> dict[int, tuple[SchemeAmount, ...]]:
    """Return, by aid, its amounts in order."""
    found: dict[int, list[SchemeAmount]] = defaultdict(list)
    rows = SchemeAmount.objects.filter(scheme__in=schemes, valid_to__isnull=True)
    for amount in rows.order_by("scheme", "rank"):
        found[amount.scheme_id].append(amount)
    return {scheme: tuple(amounts) for scheme, amounts in found.items()}


def exclusions_between(codes: frozenset[str]) -> list[tuple[NonCumulationGroup, frozenset[str]]]:
    """Return the groups that hold two of these aids at least, each with those it holds."""
    groups = NonCumulationGroup.objects.filter(valid_to__isnull=True).order_by("code")
    found = []
    for group in groups.prefetch_related("schemes"):
        named = codes & {scheme.code for scheme in group.schemes.all()}
        if len(named) > 1:
            found.append((group, named))
    return found


def exclusions_of(scheme: Scheme) -> list[tuple[NonCumulationGroup, tuple[Scheme, ...]]]:
    """Return the groups that hold an aid, each with the others of the group."""
    groups = scheme.exclusions.filter(valid_to__isnull=True).order_by("code")
    return [
        (group, tuple(group.schemes.exclude(pk=scheme.pk).order_by("label_fr", "pk")))
        for group in groups
    ]


def outdated_on(day: date) -> list[Outdated]:
    """Return the open aids past the date of their next check, the longest overdue first."""
    schemes = schemes_in_inventory().exclude(closes_on__lt=day)
    found = [
        Outdated(scheme, due)
        for scheme in schemes
        if (due := scheme.checked_on + timedelta(days=scheme.check_every_days)) < day
    ]
    return sorted(found, key=lambda one: (one.due_on, one.scheme.code))


def zones_of_commune(commune: Commune) -> ZonesOfCommune:
    """Return the zonings of a commune and the whole lists of its département."""
    lists = ZoningList.objects.filter(department=commune.department_id)
    # The first of each zone is written last.
    lists = lists.order_by("zone", "-starts_on")
    return ZonesOfCommune(
        rows=tuple(Zoning.objects.filter(commune=commune).order_by("zone", "starts_on")),
        lists={one.zone: one.starts_on for one in lists},
    )
