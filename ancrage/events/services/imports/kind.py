"""Registrations of one side from a spreadsheet: what a line would do, how it is written.

Somebody registered already is never doubled nor rewritten: a line completes what is missing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from ancrage.candidates.services.imports.marks import mark_of
from ancrage.candidates.services.imports.places import Places
from ancrage.candidates.services.imports.reading import names_of
from ancrage.events.enums import Meaning, RegistrationOrigin, RegistrationState
from ancrage.events.models import Answer, Participant, Side
from ancrage.events.services.imports.answers import AnswerReader
from ancrage.events.services.imports.columns import COLUMNS
from ancrage.events.services.registering import Answered, Person, register
from ancrage.kit.imports import (
    ImportKind,
    ImportRow,
    ImportRun,
    Plan,
    PlannedRow,
    RowRefused,
)
from ancrage.kit.imports import register as registered
from ancrage.kit.imports.services import ImportProblem, forget_marked
from ancrage.kit.refusals import Refusal
from ancrage.kit.tabular.limits import MEBIBYTE, Limits
from ancrage.kit.text import fold
from ancrage.privacy.detectors import detect_forbidden
from ancrage.professions.queries import ProfessionReader, profession_reader

IMPORT_KIND = "registrations"
_COMPLETED = ("first_name", "phone", "organisation", "remark", "email", "profession")


class SideGone(ImportProblem):
    """The side of an import does not exist any more."""

    sentence = _("L’événement de cet import n’existe plus.")


class ChangedSinceRead(Refusal):
    """The registration that a line completes changed, or the address it adds is another's."""

    sentence = _(
        "Cette inscription, ou une autre à la même adresse, vient de changer : rien n’a"
        " été complété. Envoyez à nouveau le fichier."
    )
    known_as = "changed_meanwhile"


@dataclass(frozen=True)
class Identity:
    """By what a line is recognised. `phone` is in E.164, the others folded."""

    email: str
    phone: str
    name: str

    def named_marks(self) -> list[tuple[str, str]]:
        """Return (sign, digest) of all by which another line may be the same person."""
        told = {"email": self.email, "phone": self.phone, "name": self.name}
        return [(sign, mark_of(sign, value)) for sign, value in told.items() if value]

    def key(self) -> str:
        """Return what names the person in every file."""
        return mark_of("registration", f"{self.email}|{self.phone}|{self.name}")


@dataclass(slots=True)
class Context:
    """The side that the lines are for, and who is registered before they are."""

    run: ImportRun
    side: Side
    professions: ProfessionReader
    answers: AnswerReader
    by_email: dict[str, Participant] = field(default_factory=dict)
    by_name: dict[str, list[Participant]] = field(default_factory=dict)
    identities: dict[int, Identity] = field(default_factory=dict)


def owner_of(side: Side) -> str:
    """Return the owner key of the imports of a side."""
    return f"side:{side.pk}"


def side_of(owner_key: str) -> Side:
    """Return the side that an owner key names, with its event. Raises `SideGone`."""
    kind, _colon, key = owner_key.partition(":")
    rows = Side.objects.select_related("event__territory")
    found = rows.filter(pk=int(key)).first() if kind == "side" and key.isdecimal() else None
    if found is None:
        raise SideGone
    return found


@registered
class RegistrationsImport(ImportKind):
    """The answers of any form, one side of an event at a time."""

    key = IMPORT_KIND
    label = _("Inscriptions à un événement")
    columns = COLUMNS
    limits = Limits(file_bytes=20 * MEBIBYTE)
    instructions = (
        _(
            "Une ligne par personne, d’un seul côté de l’événement. Les en-têtes de votre"
            " formulaire conviennent aussi."
        ),
        _(
            "Si l’événement est ouvert, chaque personne reçoit la même confirmation que si elle"
            " s’était inscrite elle-même, et le lien de son inscription."
        ),
        _(
            "Les places sont données dans l’ordre du fichier ; ensuite, la liste d’attente."
            " Quelqu’un de déjà inscrit n’est jamais doublé : la ligne complète ce qui manque."
        ),
        _("Ni santé, ni famille, ni nationalité, ni numéro de sécurité sociale."),
    )

    def prepare(self, run: ImportRun) -> Context:
        """Load the side, its questions and who is registered: a few queries."""
        side = side_of(run.owner_key)
        asked = side.questions.exclude(meaning=Meaning.NONE).order_by("position", "pk")
        reader = AnswerReader(list(asked), Places.of(side.event.territory))
        context = Context(run=run, side=side, professions=profession_reader(), answers=reader)
        present = Participant.objects.filter(event=side.event_id).exclude(
            state=RegistrationState.CANCELLED
        )
        rows = present.select_related("party").prefetch_related("answers").order_by("pk")
        for one in rows:
            if one.email_key:
                context.by_email[one.email_key] = one
            if one.last_name:
                context.by_name.setdefault(_name_key(one.first_name, one.last_name), []).append(
                    one
                )
        return context

    def prepare_batch(self, rows: Sequence[ImportRow], context: Context) -> None:
        """Load the communes that these lines name."""
        context.identities = {row.line: _identity(row) for row in rows}
        context.answers.places.load(row.values["commune"] or "" for row in rows)

    def marks(self, row: ImportRow, context: Context) -> Iterable[str]:
        """Return the signs by which another line may be the same person."""
        return [mark for _sign, mark in context.identities[row.line].named_marks()]

    def resolve(self, row: ImportRow, context: Context) -> Plan:
        """Say whether the line registers somebody, completes them, or says them again."""
        identity = context.identities[row.line]
        facts = self._facts(row, context)
        if _says_again(row, identity):
            return Plan.ignore()
        known = self._known(row, identity, context)
        if row.failed:
            return Plan.none()
        if known is not None:
            new = _completing(known, facts)
            shown = {name: str(value) for name, value in new.items() if name != "answers"}
            if new.get("answers"):
                shown["answers"] = str(len(new["answers"]))
            return Plan.update(f"participant:{known.pk}", {}, shown, data=(known, new))
        _doubt(row, identity, context)
        return Plan.create(identity.key(), {}, data=(None, facts))

    def _facts(self, row: ImportRow, context: Context) -> dict[str, Any]:
        first_name, last_name = names_of(row)
        blamed = {column for column, _problem in row.problems}
        if not last_name and not blamed & {"last_name", "full_name"}:
            row.error("last_name", _("Indiquez le nom."), code="required")
        _check_texts(row)
        trade = context.professions.find(row.values["profession"] or "")
        return {
            "first_name": first_name,
            "last_name": last_name,
            "email": row.values["email"] or "",
            "phone": row.values["phone"] or "",
            "organisation": row.values["organisation"] or "",
            "remark": row.values["remark"] or "",
            "profession": trade.profession,
            "answers": context.answers.read(row),
        }

    def _known(self, row: ImportRow, identity: Identity, context: Context) -> Participant | None:
        """Return who is registered and surely is that person: by address, or name and number."""
        found = context.by_email.get(identity.email) if identity.email else None
        if found is None:
            alike = context.by_name.get(identity.name, ())
            same = [
                one
                for one in alike
                if (one.phone and one.phone == identity.phone)
                or (not identity.email and not identity.phone)
            ]
            found = same[0] if len(same) == 1 else None
        if found is not None and found.party.side_id != context.side.pk:
            row.error(
                "",
                _("Cette personne est déjà inscrite de l’autre côté de l’événement."),
                code="other_side",
            )
        return found

    def apply(self, rows: Sequence[PlannedRow], context: Context) -> None:
        """Register in the order of the file, and complete those who are registered."""
        how: dict[str, Any] = {"by": context.run.by, "now": context.run.now}
        for item in rows:
            participant, facts = item.plan.data
            try:
                if participant is None:
                    origin = RegistrationOrigin.IMPORT
                    register(side=context.side, people=[Person(**facts)], origin=origin, **how)
                else:
                    complete(participant, facts)
            except ValidationError as refused:
                raise RowRefused(item.row.line, " ".join(refused.messages)) from refused


def forget_file_lines(participant: Participant) -> None:
    """Empty the lines of the files that brought this person in."""
    name = _name_key(participant.first_name, participant.last_name)
    identity = Identity(participant.email_key, participant.phone, name)
    marks = [mark for sign, mark in identity.named_marks() if sign != "name"]
    owner_key = f"side:{participant.party.side_id}"
    forget_marked(kind=IMPORT_KIND, owner_key=owner_key, marks=marks)


def _identity(row: ImportRow) -> Identity:
    first_name, last_name = names_of(row)
    return Identity(
        email=fold(row.values["email"] or ""),
        phone=row.values["phone"] or "",
        name=_name_key(first_name, last_name) if last_name else "",
    )


def _name_key(first_name: str, last_name: str) -> str:
    return fold(f"{last_name} {first_name}".replace("-", " "))


def _says_again(row: ImportRow, identity: Identity) -> bool:
    """Leave out a line of somebody whom an earlier line registers: people send forms twice."""
    lines = {sign: row.alike[mark] for sign, mark in identity.named_marks() if mark in row.alike}
    same = lines.get("email")
    if same is None and "name" in lines and (lines.get("phone") == lines["name"]):
        same = lines["name"]
    if same is None:
        return False
    row.note(
        "",
        _("C’est la même personne qu’à la ligne %(line)s : la première est gardée."),
        code="said_again",
        line=same,
    )
    return True


def _doubt(row: ImportRow, identity: Identity, context: Context) -> None:
    """Hold back whoever bears the name of somebody registered, or of another line."""
    lines = {sign: row.alike[mark] for sign, mark in identity.named_marks() if mark in row.alike}
    if context.by_name.get(identity.name):
        row.check(
            "",
            _(
                "Quelqu’un du même nom est déjà inscrit. Acceptez la ligne s’il s’agit d’une autre"
                " personne."
            ),
            code="same_name",
        )
    elif lines.get("name"):
        row.check(
            "",
            _(
                "La ligne %(line)s porte le même nom. Acceptez celle-ci s’il s’agit de deux"
                " personnes."
            ),
            code="alike_line",
            line=lines["name"],
        )


def _check_texts(row: ImportRow) -> None:
    """Hold back a remark that says what has no place in a registration."""
    for finding in detect_forbidden(row.values["remark"] or ""):
        row.check("remark", finding.advice, code=finding.kind)


def _completing(known: Participant, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the facts add to a registration; nothing it says is replaced."""
    new = {name: facts[name] for name in _COMPLETED if facts[name] and not getattr(known, name)}
    answered = {answer.question_id for answer in known.answers.all()}
    answers = {key: value for key, value in facts["answers"].items() if key not in answered}
    return {**new, "answers": answers} if answers else new


def complete(known: Participant, new: Mapping[str, Any]) -> None:
    """Write what a line adds to a registration. Raises `ChangedSinceRead`."""
    # Another line of the file may have completed the same person.
    names = [name for name in _COMPLETED if name in new and not getattr(known, name)]
    facts = {name: new[name] for name in names}
    if "email" in facts:
        facts["email_key"] = fold(facts["email"])
    answered = {*known.answers.order_by("pk").values_list("question", flat=True)}
    told: Mapping[int, Answered] = new.get("answers", {})
    told = {key: value for key, value in told.items() if key not in answered}
    row = Participant.objects.filter(pk=known.pk, revision=known.revision)
    try:
        with transaction.atomic():
            changed = row.update(**facts, revision=F("revision") + 1)
            _answer(known, told)
    except IntegrityError:
        raise ChangedSinceRead from None
    if not changed:
        raise ChangedSinceRead
    for name, value in facts.items():
        setattr(known, name, value)
    known.revision += 1


def _answer(known: Participant, told: Mapping[int, Answered]) -> None:
    Answer.objects.bulk_create(
        Answer(
            participant=known,
            question_id=question,
            text=answered.text.strip(),
            codes=list(answered.codes),
        )
        for question, answered in sorted(told.items())
    )
