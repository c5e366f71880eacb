"""Studies of where to put posts: asked for, answered at once, proved aside where it takes long.

The answer never waits: posts taken one at a time, with how much better any plan could be. The
exact search follows, in the same breath on a small territory, by the outbox on a large one, where
it can be stopped: within a few seconds, the best answer found by then is kept, with how much
better any other could be.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from ancrage.core.accessibility.siting.values import Objective, Search, Siting
from ancrage.demography.enums import Among, Care, DemographyEvent, SitingGoal, StudyStatus
from ancrage.demography.models import SitingStudy
from ancrage.demography.services.counting import parameters_in
from ancrage.demography.services.model import TerritoryModel, set_named, territory_model
from ancrage.demography.services.putting_away import put_away, put_back
from ancrage.demography.services.siting.plans import (
    Planner,
    Row,
    Wish,
    codes_of,
    is_tiny,
)
from ancrage.kit.audit import record
from ancrage.kit.outbox import enqueue, handles
from ancrage.kit.refusals import Refusal
from ancrage.partners.models import Partner
from ancrage.partners.queries import communes_with_partners
from ancrage.territory.models import Territory

SEARCH = "demography.site_posts"
# Of each objective, in seconds: while somebody waits, then aside.
AT_ONCE, ASIDE = 2.0, 60.0
GOING_ON = (StudyStatus.WAITING, StudyStatus.RUNNING)


class NoCandidate(Refusal):
    """No commune of the territory may receive a post."""

    sentence = _("Aucune commune ne peut recevoir de poste : élargissez le choix des communes.")
    known_as = "no_candidate"


class NothingToPlaceFrom(Refusal):
    """Nobody knows who works in the territory: a plan would mean nothing."""

    sentence = _(
        "Aucun fichier de professionnels n’est chargé pour cette profession : sans lui, "
        "rien ne dit où il en manque."
    )
    known_as = "no_supply"


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asks of a study.

    Attributes:
        posts: how many to place, at most.
        most: in one commune, at most.
        target: below which people lack, in the unit of the parameters.
        near: minutes that count as near.
        among: which communes may receive posts.
        chosen: their codes, where they are chosen one by one.
        goal: the objective to read first.
        parameters: which set counts, by its reference; empty: that of the territory.
    """

    posts: int
    most: int
    target: float
    near: int
    among: Among
    chosen: tuple[str, ...] = ()
    goal: SitingGoal = SitingGoal.DEFICIT
    parameters: str = ""


@transaction.atomic
def ask_study(
    *, territory: Territory, care: Care, asked: Asked, by: Any, now: datetime
) -> SitingStudy:
    """Answer where the posts would go, and leave the proof to the outbox if it takes long.

    Raises:
        NothingToPlaceFrom: no file of professionals is held.
        NoCandidate: no commune of the territory is left to receive posts.
        UnknownSet: no such set counts that profession there.
    """
    counted = set_named(care, asked.parameters, territory=territory)
    model = territory_model(territory=territory, care=care, parameters=counted.parameters)
    if not model.has_supply:
        raise NothingToPlaceFrom
    candidates = codes_of(model, _wanted(territory, asked))
    if not candidates:
        raise NoCandidate
    wish = Wish(asked.posts, asked.most, asked.target, asked.near, candidates)
    search = Search.EXACT if is_tiny(model, wish) else Search.BOUND
    planner = Planner(model, wish)
    plans = [planner.plan(one, search=search, seconds=AT_ONCE) for one in Objective]
    proved = all(_is_proved(plan) for plan in plans)
    study = SitingStudy.objects.create(
        territory=territory,
        care=care,
        parameters=counted.parameters.name,
        version=counted.version,
        follows_default=not asked.parameters,
        posts=asked.posts,
        most=asked.most,
        target=asked.target,
        near=asked.near,
        among=asked.among,
        goal=asked.goal,
        candidates=list(candidates),
        asked_at=now,
        asked_by=by,
        status=StudyStatus.DONE if proved else StudyStatus.WAITING,
        done_at=now if proved else None,
        done_count=sum(_is_proved(plan) for plan in plans),
        digest=model.digest,
        used=[_used_row(one) for one in model.used],
        today=planner.today(),
        access=planner.access(),
        alone=list(planner.alone()),
        plans=plans,
    )
    _tell(study, DemographyEvent.STUDY_ASKED, by=by, now=now)
    if not proved:
        key = f"siting-study:{study.pk}"
        enqueue(key=key, kind=SEARCH, payload={"study": study.pk}, now=now)
    return study


@transaction.atomic
def stop_study(*, study: SitingStudy, by: Any, now: datetime) -> None:
    """Be content with what is found so far. Bears a second call."""
    going_on = SitingStudy.objects.filter(pk=study.pk, status__in=GOING_ON, is_stopped=False)
    if going_on.update(is_stopped=True):
        _tell(study, DemographyEvent.STUDY_STOPPED, by=by, now=now)


@transaction.atomic
def forget_study(*, study: SitingStudy, by: Any, now: datetime) -> None:
    """Put away a study that is of no more use; `restore_study` brings it back within a day."""
    if put_away(row=study, now=now):
        _tell(study, DemographyEvent.STUDY_FORGOTTEN, by=by, now=now)


@transaction.atomic
def restore_study(*, study: SitingStudy, by: Any, now: datetime) -> None:
    """Bring back a study that was put away.

    Raises:
        NothingToUndo: it is back already, or it was put away more than a day ago.
    """
    put_back(row=study, now=now)
    _tell(study, DemographyEvent.STUDY_RESTORED, by=by, now=now)


def search_study(*, study: SitingStudy, now: datetime, seconds: float = ASIDE) -> SitingStudy:
    """Search for the best plans of a study; again from where it stood after a crash.

    A study whose files changed meanwhile keeps its first answer: the proof would be of another
    territory.
    """
    going_on = SitingStudy.objects.filter(pk=study.pk, status__in=GOING_ON)
    if not going_on.update(status=StudyStatus.RUNNING):
        return study
    model = territory_model(
        territory=study.territory, care=Care(study.care), parameters=parameters_in(study)
    )
    if model.digest == study.digest:
        _search(study, model, seconds, now=now)
    study.status, study.done_at = StudyStatus.DONE, now
    study.is_outdated = model.digest != study.digest
    study.turn, study.turned_at, study.turn_gap = "", None, None
    study.save(update_fields=["status", "done_at", "is_outdated", "turn", "turned_at", "turn_gap"])
    _tell(study, DemographyEvent.STUDY_SEARCHED, by=None, now=now)
    return study


def _search(study: SitingStudy, model: TerritoryModel, seconds: float, *, now: datetime) -> None:
    planner = Planner(model, wish_of(study))
    began, rows = monotonic(), SitingStudy.objects.filter(pk=study.pk)
    rows.filter(began_at__isnull=True).update(began_at=now)
    for rank, objective in enumerate(Objective):
        if _is_proved(study.plans[rank]):
            continue
        if not _goes_on(rows):
            return
        turned = monotonic()
        first = study.plans[rank]["gap"]
        rows.update(
            turn=objective.value,
            turned_at=now + timedelta(seconds=turned - began),
            turn_gap=first,
        )

        def watch(found: Siting, turned: float = turned, first: float | None = first) -> float:
            known = [gap for gap in (first, found.gap) if gap is not None]
            rows.update(turn_gap=min(known, default=None))
            return seconds - (monotonic() - turned) if _goes_on(rows) else 0.0

        plan = planner.plan(objective, search=Search.EXACT, seconds=seconds, watch=watch)
        study.plans[rank] = _better(study.plans[rank], plan)
        study.done_count = sum(_is_proved(plan) for plan in study.plans)
        study.save(update_fields=["plans", "done_count"])


def _goes_on(rows: QuerySet[SitingStudy]) -> bool:
    return rows.filter(is_stopped=False, removed_at__isnull=True).exists()


def _better(first: Row, found: Row) -> Row:
    """The answer of a search, with what was already known of how much better one could be."""
    if _is_proved(found) or first["bound"] is None:
        return found
    bounds = [row["bound"] for row in (first, found) if row["bound"] is not None]
    objective = Objective(found["objective"])
    bound = max(bounds) if objective is Objective.DEFICIT else min(bounds)
    known = Siting(objective, (), found["value"], found["before"], bound, False, ())
    return found | {"bound": bound, "gap": known.gap}


def wish_of(study: SitingStudy) -> Wish:
    """Return what a study asked, as the planner reads it."""
    return Wish(study.posts, study.most, study.target, study.near, tuple(study.candidates))


@handles(SEARCH)
def _handle(payload: Mapping[str, Any], now: datetime) -> None:
    rows = SitingStudy.objects.select_related("territory")
    study = rows.filter(pk=payload["study"]).first()
    if study is not None:
        search_study(study=study, now=now)


def _wanted(territory: Territory, asked: Asked) -> Sequence[str] | None:
    if asked.among == Among.CHOSEN:
        return asked.chosen
    if asked.among == Among.HOSTS:
        partners = Partner.objects.filter(territory=territory, left_at__isnull=True)
        return list(communes_with_partners(partners).values_list("insee", flat=True))
    return None


def _is_proved(plan: Row) -> bool:
    return bool(plan["searched"] or plan["gap"] == 0)


def _used_row(used: Any) -> Row:
    return {
        "dataset": used.dataset.value,
        "year": used.year,
        "source": used.source,
        "licence": used.licence,
        "url": used.url,
    }


def _tell(study: SitingStudy, event: DemographyEvent, *, by: Any, now: datetime) -> None:
    record(action=event, target=study, by=by, now=now, scope=f"territory:{study.territory_id}")
