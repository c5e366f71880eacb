"""The reference tables of the project, brought to the database."""

from collections.abc import Hashable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ancrage.kit.audit import record
from ancrage.kit.reference import Difference, load_rows
from ancrage.kit.text import fold
from ancrage.professions.enums import AliasKind, ProfessionEvent
from ancrage.professions.models import Profession, ProfessionAlias, Specialty
from ancrage.professions.reference import PROFESSIONS, SOURCE, SPECIALTIES, VERSION
from ancrage.professions.reference.catalogue import rome_codes, writings
from ancrage.professions.services.renewing import renew


@transaction.atomic
def load_professions(
    *, by: Any, now: datetime, dry_run: bool = False, overwrite: bool = False
) -> list[Difference]:
    """Bring professions, specialties and writings to the tables; return what differs.

    Idempotent; deletes nothing; keeps and reports what an operator changed, unless
    `overwrite`. On a dry run everything is undone once compared.
    """
    savepoint = transaction.savepoint()
    is_first = not Profession.objects.exists()
    today = timezone.localtime(now).date()
    # What is installed was valid before the platform was: only later rows have a first day.
    since = None if is_first else today
    found = [
        load_rows(
            title=_("Métiers"),
            held=Profession.objects.order_by("pk"),
            key_of=lambda profession: profession.code,
            wanted=_profession_values(),
            new=Profession,
            today=today,
            since=since,
            overwrite=overwrite,
        )
    ]
    professions = dict(Profession.objects.order_by("pk").values_list("code", "pk"))
    found.append(
        load_rows(
            title=_("Spécialités"),
            held=Specialty.objects.order_by("pk"),
            key_of=lambda specialty: specialty.code,
            wanted=_specialty_values(professions),
            new=Specialty,
            today=today,
            since=since,
            overwrite=overwrite,
        )
    )
    specialties = dict(Specialty.objects.order_by("pk").values_list("code", "pk"))
    found.append(
        load_rows(
            title=_("Écritures des métiers"),
            held=ProfessionAlias.objects.select_related("profession", "specialty").order_by("pk"),
            key_of=_alias_key,
            wanted=_alias_values(professions, specialties),
            new=ProfessionAlias,
            today=today,
            since=since,
            overwrite=overwrite,
        )
    )
    if any(found):
        renew(Profession.objects.order_by("pk"))
    # Installing changes nothing that was there; the rows themselves say where they come from.
    if any(found) and not is_first:
        record(
            action=ProfessionEvent.LOADED,
            target=Profession(pk=0, label_fr=_("Référentiel des métiers")),
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
    if dry_run:
        transaction.savepoint_rollback(savepoint)
    return found


def _profession_values() -> dict[Hashable, Mapping[str, Any]]:
    return {
        row.code: {
            "code": row.code,
            "label_fr": row.label_fr,
            "plural_fr": row.plural_fr,
            "label_en": row.label_en,
            "plural_en": row.plural_en,
            "family": row.family,
            # The line of the list of professions to carry, then the job on that line.
            "rank": row.row * 10
            + [r.code for r in PROFESSIONS if r.row == row.row].index(row.code),
            "rome_codes": rome_codes(row.code),
            "ans_codes": list(row.ans_codes),
            "pcs_codes": list(row.pcs_codes),
            "fap_code": row.fap_code,
            "registration": row.registration,
            "registration_note": row.registration_note,
            "is_doctor": row.is_doctor,
            "has_practice_sheet": row.has_practice_sheet,
            "source": SOURCE,
            "version": VERSION,
        }
        for row in PROFESSIONS
    }


def _specialty_values(professions: Mapping[str, int]) -> dict[Hashable, Mapping[str, Any]]:
    # A row of the database may only point to one that is there before it.
    ordered = sorted(SPECIALTIES, key=lambda row: bool(row.parent))
    return {
        row.code: {
            "code": row.code,
            "label_fr": row.label_fr,
            "label_en": row.label_en,
            "profession_id": professions[row.profession],
            "parent_id": row.parent or None,
            "group": row.group,
            "source": SOURCE,
            "version": VERSION,
        }
        for row in ordered
    }


def _alias_key(alias: ProfessionAlias) -> tuple[str, str, str]:
    specialty = alias.specialty
    return alias.profession.code, specialty.code if specialty else "", alias.folded


def _alias_values(
    professions: Mapping[str, int], specialties: Mapping[str, int]
) -> dict[Hashable, Mapping[str, Any]]:
    found: dict[Hashable, Mapping[str, Any]] = {}
    for writing in writings():
        folded = fold(writing.text)
        found.setdefault(
            (writing.profession, writing.specialty, folded),
            {
                "profession_id": professions[writing.profession],
                "specialty_id": specialties.get(writing.specialty),
                "text": writing.text,
                "folded": folded,
                "kind": AliasKind(writing.kind.value),
                "is_certain": writing.certain,
            },
        )
    return found
