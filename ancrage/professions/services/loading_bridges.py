"""The bridges of the reference tables, brought to the database."""

from collections.abc import Hashable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ancrage.kit.audit import record
from ancrage.kit.reference import Difference, load_rows
from ancrage.professions.enums import ProfessionEvent
from ancrage.professions.models import (
    BridgeFunding,
    Profession,
    ProfessionBridge,
    Qualification,
)
from ancrage.professions.reference import PROFESSIONS
from ancrage.professions.reference.bridges import BRIDGES, CHECKED_ON, FUNDINGS, TITLES


@transaction.atomic
def load_bridges(*, by: Any, now: datetime, overwrite: bool = False) -> list[Difference]:
    """Bring titles, fundings and bridges to the tables; return what differs.

    Idempotent; deletes nothing; keeps and reports what an operator changed, unless `overwrite`.
    The professions must be there (`load_professions`).
    """
    is_first = not ProfessionBridge.objects.exists()
    today = timezone.localtime(now).date()
    since = None if is_first else today
    dates: dict[str, Any] = {"today": today, "since": since, "overwrite": overwrite}
    found = [
        load_rows(
            title=_("Titres des passerelles"),
            held=Qualification.objects.order_by("pk"),
            key_of=lambda title: title.code,
            wanted=_title_values(),
            new=Qualification,
            **dates,
        ),
        load_rows(
            title=_("Financements des passerelles"),
            held=BridgeFunding.objects.order_by("pk"),
            key_of=lambda funding: funding.code,
            wanted=_funding_values(),
            new=BridgeFunding,
            **dates,
        ),
    ]
    titles = dict(Qualification.objects.order_by("pk").values_list("code", "pk"))
    found.append(
        load_rows(
            title=_("Passerelles entre métiers"),
            held=ProfessionBridge.objects.order_by("pk"),
            key_of=lambda bridge: bridge.code,
            wanted=_bridge_values(titles),
            new=ProfessionBridge,
            **dates,
        )
    )
    if any(found) and not is_first:
        record(
            action=ProfessionEvent.BRIDGES_LOADED,
            target=Profession(pk=0, label_fr=_("Passerelles entre métiers")),
            by=by,
            now=now,
            changes={
                difference.title: (
                    difference.unchanged,
                    f"+{len(difference.created)} ~{len(difference.changed)} "
                    f"−{len(difference.closed)} ↑{len(difference.reopened)}",
                )
                for difference in found
                if difference
            },
        )
    return found


def _title_values() -> dict[Hashable, Mapping[str, Any]]:
    used = {code for row in BRIDGES for code in (row.origin, row.target)}
    professions = dict(Profession.objects.order_by("pk").values_list("code", "pk"))
    of_professions: dict[Hashable, Mapping[str, Any]] = {
        row.code: {
            "code": row.code,
            "label_fr": row.label_fr,
            "label_en": row.label_en,
            "profession_id": professions[row.code],
        }
        for row in PROFESSIONS
        if row.code in used
    }
    others: dict[Hashable, Mapping[str, Any]] = {
        row.code: {
            "code": row.code,
            "label_fr": row.label_fr,
            "label_en": row.label_en,
            "profession_id": None,
        }
        for row in TITLES
    }
    return {**of_professions, **others}


def _funding_values() -> dict[Hashable, Mapping[str, Any]]:
    return {
        row.code: {
            "code": row.code,
            "label_fr": row.label_fr,
            "label_en": row.label_en,
            "sectors": [sector.value for sector in row.sectors],
            "conditions": list(row.conditions),
            "kept_percent": row.kept,
            "rest_cents": row.rest,
            "owed_times": row.owed_times,
            "owed_most_months": row.owed_most,
            "in_force_from": row.in_force_from,
            "in_force_to": row.in_force_to,
            "note_fr": row.note_fr,
            "note_en": row.note_en,
            "source": row.source,
            "checked_on": CHECKED_ON,
        }
        for row in FUNDINGS
    }


def _bridge_values(titles: Mapping[str, int]) -> dict[Hashable, Mapping[str, Any]]:
    return {
        row.code: {
            "code": row.code,
            "origin_id": titles[row.origin] if row.origin else None,
            "target_id": titles[row.target],
            "kind": row.kind,
            "rhythm": row.rhythm,
            "months": row.months,
            "months_at_most": row.at_most,
            "hours": row.hours,
            "conditions": list(row.conditions),
            "fundings": list(row.fundings),
            "intakes": list(row.intakes),
            "kept_alone_percent": row.kept_alone,
            "in_force_from": row.in_force_from,
            "in_force_to": row.in_force_to,
            "note_fr": row.note_fr,
            "note_en": row.note_en,
            "source": row.source,
            "checked_on": CHECKED_ON,
        }
        for row in BRIDGES
    }
