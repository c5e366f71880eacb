"""Changes to the reference: loaded from the tables, completed and corrected by administrators."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ancrage.kit.audit import differences, record
from ancrage.kit.reference import Difference, load_rows
from ancrage.kit.text import fold, words
from ancrage.professions.enums import AliasKind
from ancrage.professions.models import Profession, ProfessionAlias, Specialty
from ancrage.professions.reference import PROFESSIONS, SOURCE, SPECIALTIES, VERSION
from ancrage.professions.reference.catalogue import rome_codes, writings

# What an administrator may change; codes, families and ranks belong to the reference.
EDITABLE = frozenset(
    {
        "label_fr",
        "plural_fr",
        "label_en",
        "plural_en",
        "registration",
        "registration_note",
        "has_practice_sheet",
    }
)


class AliasMeansAnother(ValidationError):
    """A writing said to be sure already designates another profession."""

    def __init__(self, alias: ProfessionAlias) -> None:
        super().__init__(
            _(
                "« %(text)s » désigne déjà le métier « %(profession)s ». Enregistrez l’écriture"
                " comme « à préciser », ou fermez d’abord l’autre."
            ),
            code="means_another",
            params={"text": alias.text, "profession": alias.profession.label},
        )


class AliasKnown(ValidationError):
    """The writing is already recorded for that profession."""

    def __init__(self) -> None:
        super().__init__(_("Cette écriture est déjà connue pour ce métier."), code="known")


class AliasClosed(ValidationError):
    """The writing is no longer recognised: it cannot be closed again."""

    def __init__(self) -> None:
        super().__init__(_("Cette écriture est déjà fermée."), code="closed")


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
        _renew(Profession.objects.order_by("pk"))
    # Installing changes nothing that was there; the rows themselves say where they come from.
    if any(found) and not is_first:
        record(
            action="professions.load",
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


@transaction.atomic
def edit_profession(
    *, profession: Profession, by: Any, now: datetime, **changes: Any
) -> Profession:
    """Change the labels or the rules of a profession; the next load keeps them."""
    unknown = set(changes) - EDITABLE
    if unknown:
        message = f"not editable: {', '.join(sorted(unknown))}"
        raise TypeError(message)
    before = {field: getattr(profession, field) for field in changes}
    for field, value in changes.items():
        setattr(profession, field, value)
    profession.full_clean()
    profession.save(update_fields=list(changes))
    _renew([profession])
    record(
        action="professions.edit",
        target=profession,
        by=by,
        now=now,
        changes=differences(before, changes),
    )
    return profession


@transaction.atomic
def add_alias(
    *,
    profession: Profession,
    text: str,
    by: Any,
    now: datetime,
    is_certain: bool = True,
    specialty: Specialty | None = None,
) -> ProfessionAlias:
    """Teach a writing of a profession. Closed by hand before, it is opened again.

    Raises AliasKnown if the profession already has it, and AliasMeansAnother if it is said to
    be sure although it surely designates another profession.
    """
    folded = fold(text)
    if is_certain:
        _refuse_another_meaning(profession, folded)
    alias, is_new = ProfessionAlias.objects.get_or_create(
        profession=profession,
        specialty=specialty,
        folded=folded,
        defaults={
            "text": text.strip(),
            "kind": AliasKind.PRACTITIONER if specialty else AliasKind.WORDING,
            "is_certain": is_certain,
            "valid_from": timezone.localtime(now).date(),
        },
    )
    if not is_new:
        if alias.valid_to is None:
            raise AliasKnown
        alias.text, alias.is_certain, alias.valid_to = text.strip(), is_certain, None
        alias.save(update_fields=["text", "is_certain", "valid_to"])
    _renew([profession])
    record(
        action="professions.add_alias",
        target=profession,
        by=by,
        now=now,
        changes={"alias": (None, alias.text), "is_certain": (None, is_certain)},
    )
    return alias


@transaction.atomic
def close_alias(*, alias: ProfessionAlias, by: Any, now: datetime) -> ProfessionAlias:
    """Stop recognising a writing; it stays recorded, and the next load leaves it closed."""
    closed = ProfessionAlias.objects.filter(pk=alias.pk, valid_to__isnull=True).update(
        valid_to=timezone.localtime(now).date()
    )
    if not closed:
        raise AliasClosed
    alias.refresh_from_db()
    _renew([alias.profession])
    record(
        action="professions.close_alias",
        target=alias.profession,
        by=by,
        now=now,
        changes={"alias": (alias.text, None)},
    )
    return alias


def _refuse_another_meaning(profession: Profession, folded: str) -> None:
    other = (
        ProfessionAlias.objects.filter(folded=folded, is_certain=True, valid_to__isnull=True)
        .exclude(profession=profession)
        .select_related("profession")
        .order_by("pk")
        .first()
    )
    if other is not None:
        raise AliasMeansAnother(other)


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


def _renew(professions: Iterable[Profession]) -> None:
    """Write again what is searched, and draw the revision that makes readers start anew."""
    touched: Sequence[Profession] = list(professions)
    sure: dict[int, list[str]] = {}
    of_specialty: dict[int, list[str]] = {}
    aliases = ProfessionAlias.objects.filter(
        profession__in=touched, is_certain=True, valid_to__isnull=True
    ).order_by("pk")
    for alias in aliases:
        if alias.specialty_id is None:
            sure.setdefault(alias.profession_id, []).append(alias.folded)
        else:
            of_specialty.setdefault(alias.specialty_id, []).append(alias.folded)
    for profession in touched:
        labels = (profession.label_fr, profession.plural_fr)
        english = (profession.label_en, profession.plural_en)
        texts = (*labels, *english, *profession.rome_codes, *sure.get(profession.pk, ()))
        profession.search = _searchable(texts)
        profession.revision = uuid4().hex
    Profession.objects.bulk_update(touched, ["search", "revision"])
    specialties = list(Specialty.objects.filter(profession__in=touched).order_by("pk"))
    for specialty in specialties:
        specialty.search = _searchable(
            (
                specialty.label_fr,
                specialty.label_en,
                specialty.code,
                *of_specialty.get(specialty.pk, ()),
            )
        )
    Specialty.objects.bulk_update(specialties, ["search"])


def _searchable(texts: Iterable[str]) -> str:
    return " ".join(dict.fromkeys(word for text in texts for word in words(text)))
