"""The writings of professions that administrators teach, and those they have forgotten."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ancrage.kit.audit import record
from ancrage.kit.refusals import Refusal
from ancrage.kit.text import fold
from ancrage.professions.enums import AliasKind, ProfessionEvent
from ancrage.professions.models import Profession, ProfessionAlias, Specialty
from ancrage.professions.queries.spellings import find_profession
from ancrage.professions.queries.trials import Clash, Trial, only_common_words, try_wordings
from ancrage.professions.services.renewing import renew
from ancrage.professions.spelling import Kind, Outcome, Wording


class AliasMeansAnother(ValidationError):
    """A writing said to be sure already designates another profession."""

    def __init__(self, text: str, profession: Profession) -> None:
        super().__init__(
            _(
                "« %(text)s » désigne déjà le métier « %(profession)s ». Enregistrez l’écriture"
                " comme « à préciser », ou fermez d’abord l’autre."
            ),
            code="means_another",
            params={"text": text, "profession": profession.label},
        )


class AliasHarms(ValidationError):
    """Once learnt, the writing would change how others are read."""

    def __init__(self, text: str, clash: Clash) -> None:
        if clash.instead is not None:
            message = _(
                "Avec « %(text)s », l’écriture « %(known)s » serait prise pour « %(instead)s »"
                " alors qu’elle peut désigner « %(profession)s ». Enregistrez-la comme"
                " « à préciser »."
            )
        else:
            message = _(
                "Avec « %(text)s », l’écriture « %(known)s » ne désignerait plus sûrement"
                " « %(profession)s ». Choisissez une écriture plus précise."
            )
        super().__init__(
            message,
            code="harms",
            params={
                "text": text,
                "known": clash.text,
                "profession": clash.profession.label,
                "instead": clash.instead.label if clash.instead else "",
            },
        )


class AliasTooCommon(ValidationError):
    """The words stand beside any profession: « nuit », « équipe mobile », « cadre »."""

    def __init__(self, text: str) -> None:
        super().__init__(
            _(
                "« %(text)s » accompagne bien des métiers et n’en désigne aucun. Ajoutez le mot"
                " qui nomme le métier."
            ),
            code="too_common",
            params={"text": text},
        )


class AliasNotRead(ValidationError):
    """Even once learnt, the writing would not be understood."""

    def __init__(self, trial: Trial) -> None:
        super().__init__(
            _("Même apprise, cette écriture ne serait pas comprise. %(reason)s"),
            code="not_read",
            params={"reason": trial.reason},
        )


class AliasKnown(Refusal):
    """The writing is already recorded for that profession."""

    sentence = gettext_lazy("Cette écriture est déjà connue pour ce métier.")
    known_as = "known"


class AliasClosed(Refusal):
    """The writing is no longer recognised: it cannot be closed again."""

    sentence = gettext_lazy("Cette écriture est déjà fermée.")
    known_as = "closed"


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

    A writing said to be sure is tried first: every known writing is read again beside it.

    Raises:
        AliasKnown: the profession already has it.
        AliasTooCommon: nothing in it names a profession.
        AliasMeansAnother: it surely designates another profession.
        AliasHarms: a known writing would be read wrongly, or no longer surely.
        AliasNotRead: it would not be understood even then.
    """
    text = " ".join(text.split())
    folded = fold(text)
    known = ProfessionAlias.objects.filter(
        profession=profession, specialty=specialty, folded=folded
    ).first()
    if known is not None and known.valid_to is None:
        raise AliasKnown
    kind = AliasKind.PRACTITIONER if specialty else AliasKind.WORDING
    if is_certain:
        _refuse_another_meaning(profession, text)
    _refuse_harm(profession, specialty, text, Kind(kind), is_certain=is_certain)
    alias = known or ProfessionAlias(
        profession=profession,
        specialty=specialty,
        folded=folded,
        kind=kind,
        valid_from=timezone.localtime(now).date(),
    )
    alias.text, alias.is_certain, alias.valid_to = text, is_certain, None
    alias.full_clean(exclude=["profession", "specialty"])
    alias.save()
    renew([profession])
    record(
        action=ProfessionEvent.ALIAS_ADDED,
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
    renew([alias.profession])
    record(
        action=ProfessionEvent.ALIAS_CLOSED,
        target=alias.profession,
        by=by,
        now=now,
        changes={"alias": (alias.text, None)},
    )
    return alias


def _refuse_another_meaning(profession: Profession, text: str) -> None:
    meant = find_profession(text).profession
    if meant is not None and meant != profession:
        raise AliasMeansAnother(text, meant)


def _refuse_harm(
    profession: Profession, specialty: Specialty | None, text: str, kind: Kind, *, is_certain: bool
) -> None:
    if only_common_words(text):
        raise AliasTooCommon(text)
    wording = Wording(text, profession.code, kind, specialty.code if specialty else "", is_certain)
    trial = try_wordings([wording])
    if is_certain and trial.clashes:
        raise AliasHarms(text, trial.clashes[0])
    read = trial.reading
    if is_certain and (read.outcome, read.profession) != (Outcome.CERTAIN, profession.code):
        raise AliasNotRead(trial)
    if not is_certain and read.outcome == Outcome.UNKNOWN:
        raise AliasNotRead(trial)
