"""What a territory answers to the needs of a project, as pages print it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ancrage.resources.models import Resource
from ancrage.territory.models import Territory
from ancrage.web.sheets import euros
from ancrage.web.welcome_reasons import REASONS, lift_in_words, topics_in_words
from ancrage.web.welcome_words import dates_in_words, hours_in_words, price_in_words
from ancrage.welcome.enums import OPEN_STATES, RequestState, WelcomeKind
from ancrage.welcome.models import LifeProject, WelcomeRequest, WelcomeTerms
from ancrage.welcome.services import Answers, Shelf, answers_on, shelf_of


@dataclass(frozen=True, slots=True)
class Why:
    """One condition that is not met, why, and what would lift it."""

    reason: str
    lift: str
    blocks: bool


@dataclass(frozen=True, slots=True)
class OfferShown:
    """An offer for one need: sure, to check, or blocked, and why."""

    resource: Resource
    says: tuple[str, ...]
    state: str
    why: tuple[Why, ...]


@dataclass(frozen=True, slots=True)
class Stage:
    """A part of a stay in one dwelling."""

    resource: Resource
    dates: str


@dataclass(frozen=True, slots=True)
class NeedShown:
    """One need of a project, where it stands, and what the territory offers for it."""

    kind: WelcomeKind
    state: str
    fits: tuple[OfferShown, ...]
    blocked: tuple[OfferShown, ...]
    ways_out: tuple[str, ...]
    stages: tuple[Stage, ...]
    rent: str
    shared: tuple[Resource, ...]

    @property
    def is_unmet(self) -> bool:
        """Say whether nothing fits and nothing is asked."""
        return self.state == "unmet"


def needs_shown(
    *,
    project: LifeProject,
    requests: Iterable[WelcomeRequest],
    territory: Territory,
    now: datetime,
    kinds: Sequence[WelcomeKind] = (),
) -> list[NeedShown]:
    """Judge the needs of a project (all of them, or `kinds`). Three queries."""
    wanted = list(kinds) or [kind for kind in WelcomeKind if kind in project.needs]
    shelf = shelf_of(territory=territory, kinds=wanted, now=now)
    asked = list(requests)
    return [_need(project, kind, shelf, asked) for kind in WelcomeKind if kind in wanted]


def _need(
    project: LifeProject, kind: WelcomeKind, shelf: Shelf, requests: Sequence[WelcomeRequest]
) -> NeedShown:
    answers = answers_on(shelf=shelf, project=project, kind=kind)
    terms = {str(one.resource_id): one for one in shelf.terms[kind]}
    on = project.arrives_on or shelf.today
    fits = tuple(_offer(fit, terms, on) for fit in answers.found.fits)
    return NeedShown(
        kind=kind,
        state=state_of_need(kind, requests, fits=bool(fits)),
        fits=fits,
        blocked=tuple(_offer(fit, terms, on) for fit in answers.found.blocked),
        ways_out=tuple(
            topics_in_words([topic.value for topic in way.topics]) for way in answers.ways_out
        ),
        stages=_stages(answers),
        rent=euros(answers.chain.rent) if answers.chain and answers.chain.rent else "",
        shared=tuple(
            answers.offers[key] for key in (answers.sharing.offers if answers.sharing else ())
        ),
    )


def state_of_need(kind: WelcomeKind, requests: Iterable[WelcomeRequest], *, fits: bool) -> str:
    """Return granted, waiting, found (offers to ask for) or unmet."""
    states = {request.state for request in requests if request.kind == kind}
    if RequestState.GRANTED in states:
        return "granted"
    if states & OPEN_STATES:
        return "waiting"
    return "found" if fits else "unmet"


def _offer(fit: Any, terms: Mapping[str, WelcomeTerms], on: date) -> OfferShown:
    one = terms[fit.offer]
    return OfferShown(
        resource=one.resource,
        says=says_of(one, on),
        state=fit.state.name.lower(),
        why=tuple(
            Why(
                reason=str(REASONS[condition.reason.value]),
                lift=lift_in_words(condition.lift.value, condition.values)
                if condition.lift
                else "",
                blocks=condition.state.name == "MISSING",
            )
            for condition in fit.conditions
            if condition.state.name != "MET"
        ),
    )


def says_of(terms: WelcomeTerms, on: date) -> tuple[str, ...]:
    """Where, at what hours in the week of a day, for how much."""
    resource = terms.resource
    hours = hours_in_words(terms.opening_hours, on=on) if terms.opening_hours else ""
    said = (resource.partner.name, resource.commune.name, hours, price_in_words(terms))
    return tuple(filter(None, said))


def _stages(answers: Answers) -> tuple[Stage, ...]:
    if answers.chain is None:
        return ()
    return tuple(
        Stage(answers.offers[leg.offer], dates_in_words(leg.starts_on, leg.ends_on))
        for leg in answers.chain.legs
    )
