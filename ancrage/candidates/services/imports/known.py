"""The people who are known already, and how a line resembles one of them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Max

from ancrage.candidates.enums import CandidateStatus
from ancrage.candidates.models import Candidate, CandidateProfession
from ancrage.candidates.queries.erased import erased_contacts
from ancrage.candidates.services.imports.marks import mark_of
from ancrage.territory.models import Territory

EMAIL, PHONE, RPPS, NAME = "email", "phone", "rpps", "name"
_STATUSES = (CandidateStatus.PENDING, CandidateStatus.ACTIVE, CandidateStatus.MERGED)
_COLUMNS = {EMAIL: "email", PHONE: "phone", RPPS: "rpps", NAME: "name_key"}


@dataclass(frozen=True)
class Identity:
    """By what a person is recognised. `phone` is in E.164, `name_key` folded."""

    email: str
    phone: str
    rpps: str
    name_key: str
    professions: frozenset[int]

    def signs(self) -> dict[str, str]:
        """{name of the sign: its value}, those that are given."""
        told = {EMAIL: self.email, PHONE: self.phone, RPPS: self.rpps, NAME: self.name_key}
        return {name: value for name, value in told.items() if value}

    def named_marks(self) -> list[tuple[str, str]]:
        """Return (name of the sign, digest) of all by which a line may be the same person."""
        signs = self.signs()
        name = signs.pop(NAME, "")
        return [
            *((sign, mark_of(sign, value)) for sign, value in signs.items()),
            *((NAME, mark_of(NAME, f"{name}|{key}")) for key in sorted(self.professions) if name),
        ]

    def marks(self) -> list[str]:
        """Return these digests alone."""
        return [mark for _sign, mark in self.named_marks()]

    def key(self) -> str:
        """Return what names the person in every file: two lines of one key are the same one."""
        return mark_of("person", "|".join(f"{name}={told}" for name, told in self.signs().items()))


@dataclass(frozen=True)
class Resemblance:
    """What the platform knows that resembles a line.

    `person` is the one profile that surely is theirs; `several` says that more than one may be;
    `reasons` what a profile of another name shares; `is_withheld` that somebody asked not to be
    there any more, or not to be used: it is not said which.
    """

    person: Candidate | None = None
    several: bool = False
    reasons: tuple[str, ...] = ()
    is_withheld: bool = False


@dataclass(slots=True)
class KnownPeople:
    """The profiles of one territory that the lines being read may be about.

    `up_to` is the last profile before this import began: what it writes itself is not compared
    with, or its own lines would look like one another's doubles.
    """

    territory: Territory
    up_to: int
    by_sign: dict[tuple[str, str], list[Candidate]] = field(default_factory=dict)
    professions: dict[int, set[int]] = field(default_factory=dict)
    erased: frozenset[str] = frozenset()

    @classmethod
    def of(cls, territory: Territory) -> "KnownPeople":
        """Begin with nobody loaded: one query."""
        last = Candidate.objects.aggregate(last=Max("pk"))["last"]
        return cls(territory, last or 0)

    def load(self, identities: Iterable[Identity]) -> None:
        """Load who shares a sign with one of these: seven queries, whatever their number."""
        wanted: dict[str, set[str]] = {name: set() for name in _COLUMNS}
        for identity in identities:
            for sign, value in identity.signs().items():
                wanted[sign].add(value)
        self.by_sign = {}
        found: dict[int, Candidate] = {}
        # One sign at a time: each has its index, which an OR of the four would not use.
        for sign, values in wanted.items():
            if values:
                for candidate in self._bearing(sign, values):
                    known = found.setdefault(candidate.pk, candidate)
                    value = getattr(candidate, _COLUMNS[sign])
                    self.by_sign.setdefault((sign, value), []).append(known)
        self.professions = defaultdict(set)
        kept = {one.merged_into_id or one.pk for one in found.values()}
        rows = CandidateProfession.objects.filter(candidate__in=kept).order_by("pk")
        for candidate_pk, profession in rows.values_list("candidate", "profession"):
            self.professions[candidate_pk].add(profession)
        self.erased = erased_contacts(self.territory, {*wanted[EMAIL], *wanted[PHONE]})

    def _bearing(self, sign: str, values: set[str]) -> Sequence[Candidate]:
        rows = Candidate.objects.filter(
            pk__lte=self.up_to, status__in=_STATUSES, **{f"{_COLUMNS[sign]}__in": values}
        )
        joined = rows.select_related("subject", "merged_into__subject").order_by("pk")
        # In Python: the planner would rather walk through the whole territory.
        return [one for one in joined if one.territory_id == self.territory.pk]

    def resembling(self, identity: Identity) -> Resemblance:
        """Say who the person may be. Asks nothing of the database."""
        shared: dict[int, set[str]] = defaultdict(set)
        people: dict[int, Candidate] = {}
        withheld = bool(self.erased & {identity.email, identity.phone})
        for sign, value in identity.signs().items():
            for one in self.by_sign.get((sign, value), ()):
                person = one.merged_into or one
                if not person.is_followed:
                    continue
                if person.subject.limited_at is not None:
                    withheld = withheld or sign != NAME
                    continue
                people[person.pk] = person
                shared[person.pk].add(sign)
        same = [pk for pk, signs in shared.items() if self._is_same(people[pk], signs, identity)]
        if len(same) == 1:
            return Resemblance(person=people[same[0]])
        reasons = {
            sign
            for pk, signs in shared.items()
            for sign in signs
            if sign != NAME or self.professions[pk] & identity.professions
        }
        ordered = tuple(sign for sign in _COLUMNS if sign in reasons)
        return Resemblance(several=bool(same), reasons=ordered, is_withheld=withheld)

    def _is_same(self, person: Candidate, signs: set[str], identity: Identity) -> bool:
        """A way to reach them or their number, and a name that does not contradict."""
        if not signs - {NAME}:
            return False
        known, given = set(person.name_key.split()), set(identity.name_key.split())
        return bool(known and given) and (known <= given or given <= known)
