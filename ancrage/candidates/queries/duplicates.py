"""The same person, twice? Same telephone, same address, or same name and profession."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from ancrage.candidates.models import Candidate, CandidateProfession, DistinctPair
from ancrage.candidates.models.profiles import name_key_of
from ancrage.candidates.queries.erased import erased_contacts
from ancrage.candidates.queries.profiles import FOLLOWED
from ancrage.kit.text import words
from ancrage.professions.models import Profession
from ancrage.territory.models import Territory

# Codes of what two profiles share.
EMAIL, PHONE, NAME = "email", "phone", "name"


@dataclass(frozen=True)
class Likeness:
    """A profile that may be the same person's, and what says so (codes above)."""

    candidate: Candidate
    reasons: tuple[str, ...]


def alike(
    territory: Territory,
    *,
    first_name: str,
    last_name: str,
    email: str,
    phone: str,
    professions: list[Profession],
) -> list[Likeness]:
    """Return the profiles of a territory that look like what is being typed; two queries.

    Those whose person froze them are not among them: nobody sees them (see `asks_first`).
    Accents, case, hyphens and the order of names do not count. `phone` is in E.164.
    """
    keys = frozenset(profession.pk for profession in professions)
    return _likenesses(
        _followed(territory),
        email=email.strip().lower(),
        phone=phone,
        name_key=name_key_of(first_name, last_name),
        professions=keys,
    )


def asks_first(territory: Territory, *, email: str, phone: str) -> bool:
    """Say whether whoever is reached so was erased, or froze their profile: which of the two is
    not said. They are asked before being entered again. `phone` is in E.164; two queries."""
    email = email.strip().lower()
    reached = Q(email=email) & ~Q(email="") | Q(phone=phone) & ~Q(phone="")
    frozen = Candidate.objects.filter(
        reached, territory=territory, status__in=FOLLOWED, subject__limited_at__isnull=False
    )
    return frozen.exists() or bool(erased_contacts(territory, (email, phone)))


def duplicates_of(candidate: Candidate) -> list[Likeness]:
    """Return the profiles that may be the same person's; those said to be distinct left out."""
    said = DistinctPair.objects.filter(Q(first=candidate) | Q(second=candidate))
    others = {one for pair in said.values_list("first", "second") for one in pair}
    own = candidate.professions.values_list("profession", flat=True)
    return _likenesses(
        _followed(candidate.territory).exclude(pk__in={candidate.pk, *others}),
        email=candidate.email,
        phone=candidate.phone,
        name_key=candidate.name_key,
        professions=frozenset(own),
    )


def duplicates_in(
    candidates: QuerySet[Candidate], *, text: str = "", reason: str = "", limit: int = 200
) -> list[tuple[Candidate, Likeness]]:
    """Return the pairs among `candidates` that may be one person, in a constant number of
    queries: three groupings, the profiles, their professions, the pairs said distinct.

    `text` keeps those of whom one at least is so named, accents and case left aside; `reason`
    (a code above) those that share this.
    """
    rows = candidates.filter(status__in=FOLLOWED).order_by()
    shared = Q()
    for field in ("email", "phone", "name_key"):
        repeated = (
            rows.exclude(**{field: ""})
            .values(field)
            .annotate(times=Count("pk"))
            .filter(times__gt=1)
            .values(field)
        )
        shared |= Q(**{f"{field}__in": repeated})
    found = list(rows.filter(shared).select_related("territory").order_by("pk")[: 4 * limit])
    professions: dict[int, set[int]] = defaultdict(set)
    for row in CandidateProfession.objects.filter(candidate__in=found).order_by("pk"):
        professions[row.candidate_id].add(row.profession_id)
    distinct = set(
        DistinctPair.objects.filter(first__in=found).values_list("first", "second").order_by("pk")
    )
    asked = words(text)
    pairs = []
    for first, second in _sharing(found):
        reasons = _shared(
            second,
            email=first.email,
            phone=first.phone,
            name_key=first.name_key,
            professions=professions[first.pk] & professions[second.pk],
        )
        if (first.pk, second.pk) in distinct or not reasons:
            continue
        if reason in ("", *reasons) and (_is_named(first, asked) or _is_named(second, asked)):
            pairs.append((first, Likeness(second, reasons)))
            if len(pairs) == limit:
                break
    return pairs


def _sharing(found: list[Candidate]) -> Iterator[tuple[Candidate, Candidate]]:
    """Yield the pairs of `found` that share a contact or a name, in its order."""
    holders: dict[tuple[str, str], list[int]] = defaultdict(list)
    for rank, one in enumerate(found):
        for key in _keys(one):
            holders[key].append(rank)
    for rank, first in enumerate(found):
        later = {other for key in _keys(first) for other in holders[key] if other > rank}
        for other in sorted(later):
            yield first, found[other]


def _keys(one: Candidate) -> list[tuple[str, str]]:
    told = ((EMAIL, one.email), (PHONE, one.phone), (NAME, one.name_key))
    return [(code, value) for code, value in told if value]


def _is_named(candidate: Candidate, asked: list[str]) -> bool:
    """Say whether each word begins one of the name's."""
    name = words(candidate.full_name)
    return all(any(own.startswith(word) for own in name) for word in asked)


def _followed(territory: Territory) -> QuerySet[Candidate]:
    return Candidate.objects.filter(
        territory=territory, status__in=FOLLOWED, subject__limited_at__isnull=True
    )


def _likenesses(
    rows: QuerySet[Candidate],
    *,
    email: str,
    phone: str,
    name_key: str,
    professions: frozenset[int],
) -> list[Likeness]:
    condition = Q(pk__in=[])
    if email:
        condition |= Q(email=email)
    if phone:
        condition |= Q(phone=phone)
    if name_key:
        practised = CandidateProfession.objects.filter(profession__in=professions)
        condition |= Q(name_key=name_key, pk__in=practised.values("candidate"))
    found = list(rows.filter(condition).select_related("commune").order_by("pk")[:20])
    same_work: dict[int, set[int]] = defaultdict(set)
    for row in CandidateProfession.objects.filter(
        candidate__in=found, profession__in=professions
    ).order_by("pk"):
        same_work[row.candidate_id].add(row.profession_id)
    return [
        Likeness(
            one,
            _shared(
                one, email=email, phone=phone, name_key=name_key, professions=same_work[one.pk]
            ),
        )
        for one in found
    ]


def _shared(
    other: Candidate, *, email: str, phone: str, name_key: str, professions: set[int]
) -> tuple[str, ...]:
    told = (
        (EMAIL, bool(email) and other.email == email),
        (PHONE, bool(phone) and other.phone == phone),
        (NAME, bool(name_key) and other.name_key == name_key and bool(professions)),
    )
    return tuple(code for code, holds in told if holds)
