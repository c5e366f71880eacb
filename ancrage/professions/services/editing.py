"""What administrators correct in a profession, and what they take out of the lists."""

from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ancrage.kit.audit import differences, record
from ancrage.kit.refusals import Refusal
from ancrage.professions.enums import ProfessionEvent
from ancrage.professions.models import Profession, Specialty
from ancrage.professions.queries.trials import Clash, try_wordings
from ancrage.professions.services.renewing import renew
from ancrage.professions.spelling import Kind, Wording

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


class LabelMeansAnother(ValidationError):
    """A label would change how the writings of other professions are read."""

    def __init__(self, label: str, clash: Clash) -> None:
        super().__init__(
            _(
                "Avec « %(label)s », l’écriture « %(text)s » ne désignerait plus sûrement"
                " « %(profession)s ». Choisissez un libellé plus précis."
            ),
            code="means_another",
            params={
                "label": label,
                "text": clash.text,
                "profession": clash.profession.label,
            },
        )


class ProfessionChangedMeanwhile(Exception):
    """Somebody saved the profession after the form was opened; `profession` is as it is now."""

    def __init__(self, profession: Profession) -> None:
        super().__init__(profession.code)
        self.profession = profession


class AlreadyRetired(Refusal):
    """The row had left the lists before."""

    sentence = gettext_lazy("Déjà retiré des listes.")
    known_as = "retired"


class NotRetired(Refusal):
    """The row is in the lists."""

    sentence = gettext_lazy("Déjà dans les listes.")
    known_as = "not_retired"


@transaction.atomic
def edit_profession(
    *, profession: Profession, by: Any, now: datetime, revision: str = "", **changes: Any
) -> Profession:
    """Change the labels or the rules of a profession; the next load keeps them.

    `revision` is that of the form, when the change comes from one.

    Raises:
        ProfessionChangedMeanwhile: the profession is no longer as the form showed it.
        LabelMeansAnother: a French label would make another profession doubtful, or mistaken.
    """
    unknown = set(changes) - EDITABLE
    if unknown:
        message = f"not editable: {', '.join(sorted(unknown))}"
        raise TypeError(message)
    profession = Profession.objects.select_for_update().get(pk=profession.pk)
    if revision and profession.revision != revision:
        raise ProfessionChangedMeanwhile(profession)
    before = {field: getattr(profession, field) for field in changes}
    found = differences(before, changes)
    if not found:
        return profession
    for field, value in changes.items():
        setattr(profession, field, value)
    profession.full_clean()
    _refuse_other_meanings(profession, before)
    profession.save(update_fields=list(changes))
    renew([profession])
    record(action=ProfessionEvent.EDITED, target=profession, by=by, now=now, changes=found)
    return profession


@transaction.atomic
def retire_profession(*, profession: Profession, by: Any, now: datetime) -> Profession:
    """Stop offering and recognising a profession; what refers to it stays as it is.

    Raises:
        AlreadyRetired: somebody did it before.
    """
    _retire(profession, now)
    renew([profession])
    record(action=ProfessionEvent.RETIRED, target=profession, by=by, now=now)
    return profession


@transaction.atomic
def reinstate_profession(*, profession: Profession, by: Any, now: datetime) -> Profession:
    """Offer and recognise a profession again.

    Raises:
        NotRetired: it is in the lists.
    """
    _reinstate(profession)
    renew([profession])
    record(action=ProfessionEvent.REINSTATED, target=profession, by=by, now=now)
    return profession


@transaction.atomic
def retire_specialty(*, specialty: Specialty, by: Any, now: datetime) -> Specialty:
    """Stop offering and recognising a specialty; what refers to it stays as it is.

    Raises:
        AlreadyRetired: somebody did it before.
    """
    _retire(specialty, now)
    _renew_owner(specialty)
    record(action=ProfessionEvent.SPECIALTY_RETIRED, target=specialty, by=by, now=now)
    return specialty


@transaction.atomic
def reinstate_specialty(*, specialty: Specialty, by: Any, now: datetime) -> Specialty:
    """Offer and recognise a specialty again.

    Raises:
        NotRetired: it is in the lists.
    """
    _reinstate(specialty)
    _renew_owner(specialty)
    record(action=ProfessionEvent.SPECIALTY_REINSTATED, target=specialty, by=by, now=now)
    return specialty


def _refuse_other_meanings(profession: Profession, before: dict[str, Any]) -> None:
    labels = [field for field in ("label_fr", "plural_fr") if field in before]
    changed = [field for field in labels if before[field] != getattr(profession, field)]
    if not changed or profession.valid_to is not None:
        return
    old = [Wording(before[field], profession.code, Kind.LABEL) for field in changed]
    new = [Wording(getattr(profession, field), profession.code, Kind.LABEL) for field in changed]
    others = [
        clash for clash in try_wordings(new, removed=old).clashes if clash.profession != profession
    ]
    if others:
        raise LabelMeansAnother(new[0].text, others[0])


def _retire(row: Profession | Specialty, now: datetime) -> None:
    # Lists include the last day of validity: a row retired today was last valid yesterday.
    last: date = timezone.localtime(now).date() - timedelta(days=1)
    if row.valid_from is not None:
        last = max(last, row.valid_from)
    rows = type(row)._default_manager.filter(pk=row.pk, valid_to__isnull=True)
    if not rows.update(valid_to=last):
        raise AlreadyRetired
    row.valid_to = last


def _reinstate(row: Profession | Specialty) -> None:
    rows = type(row)._default_manager.filter(pk=row.pk, valid_to__isnull=False)
    if not rows.update(valid_to=None):
        raise NotRetired
    row.valid_to = None


def _renew_owner(specialty: Specialty) -> None:
    if specialty.profession is not None:
        renew([specialty.profession])
