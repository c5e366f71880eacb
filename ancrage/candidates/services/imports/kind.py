"""People from a spreadsheet: what a line would do, and how planned lines are written.

A file completes what is known of somebody and never replaces it: the person's own word stands.
Nothing of a known profile is shown that the file did not say.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ancrage.candidates.models import Candidate
from ancrage.candidates.queries.directory import Directory, directory_of
from ancrage.candidates.services.entering import enter_candidates
from ancrage.candidates.services.facts import checked, checked_whole, facts_of
from ancrage.candidates.services.imports.columns import COLUMNS
from ancrage.candidates.services.imports.known import Identity, KnownPeople, Resemblance
from ancrage.candidates.services.imports.marks import IMPORT_KIND
from ancrage.candidates.services.imports.places import Places
from ancrage.candidates.services.imports.reading import Reader
from ancrage.candidates.services.imports.shown import name_of, shown_facts
from ancrage.candidates.services.profiles import change_profile
from ancrage.kit.imports import (
    ImportKind,
    ImportRow,
    ImportRun,
    Outcome,
    Plan,
    PlannedRow,
    RowRefused,
    register,
)
from ancrage.kit.imports.services import ImportProblem
from ancrage.kit.tabular.limits import MEBIBYTE, Limits
from ancrage.kit.tabular.parsers import ASAP
from ancrage.professions.queries import profession_reader
from ancrage.territory.models import Territory

PROOF = "information_proof"
"""The option of an import that says when and how the people of the file were told."""

_COLUMN_OF = {
    "fte_min_hundredths": "fte",
    "fte_max_hundredths": "fte",
    "reach_km": "reach",
    "reach_minutes": "reach",
    "note": "remark",
    "professions": "profession",
}
_REASONS = {
    "email": _("même adresse électronique"),
    "phone": _("même téléphone"),
    "rpps": _("même numéro RPPS"),
    "name": _("même nom et même métier"),
}
_BLANK: tuple[Any, ...] = (None, "", [], False)


class TerritoryGone(ImportProblem):
    """The territory of an import does not exist any more."""

    sentence = _("Le territoire de cet import n’existe plus.")


@dataclass(slots=True)
class Context:
    """For which territory the lines are read, and the people that they may be about."""

    run: ImportRun
    territory: Territory
    reader: Reader
    known: KnownPeople
    profession_labels: tuple[str, ...]
    identities: dict[int, Identity] = field(default_factory=dict)
    directory: Directory = field(default_factory=lambda: Directory({}, is_loaded=False))

    @property
    def proof(self) -> str:
        return str(self.run.options.get(PROOF, ""))


@dataclass(frozen=True, slots=True)
class Template:
    """What the template to fill in offers."""

    profession_labels: tuple[str, ...]


def owner_of(territory: Territory) -> str:
    """Return the owner key of the imports of a territory."""
    return f"territory:{territory.pk}"


def territory_of(owner_key: str) -> Territory:
    """Return the territory that an owner key names. Raises TerritoryGone."""
    kind, _colon, pk = owner_key.partition(":")
    found = None
    if kind == "territory" and pk.isdecimal():
        found = Territory.objects.filter(pk=int(pk)).first()
    if found is None:
        raise TerritoryGone
    return found


@register
class CandidatesImport(ImportKind):
    """The people whom a coordination follows in a file of its own, each then asked to agree."""

    key = IMPORT_KIND
    label = _("Profils")
    columns = COLUMNS
    limits = Limits(file_bytes=20 * MEBIBYTE)
    instructions = (
        _(
            "Une ligne par personne : un nom, un métier, une adresse ou un téléphone. Vos "
            "en-têtes habituels conviennent aussi."
        ),
        _(
            "Chaque personne doit avoir été informée avant l’import. Elle reçoit un lien, accepte "
            "ou refuse ; sans réponse dans le mois, son profil est effacé."
        ),
        _(
            "Quelqu’un de déjà connu n’est jamais doublé ni réécrit : la ligne complète ce qui "
            "manque, après votre accord."
        ),
        _("Ni santé, ni famille, ni nationalité, ni numéro de sécurité sociale."),
    )

    def prepare(self, run: ImportRun) -> Context:
        """Load the territory, its communes and the professions."""
        territory = territory_of(run.owner_key)
        professions = profession_reader()
        today = timezone.localdate(run.now)
        return Context(
            run=run,
            territory=territory,
            reader=Reader(professions, Places.of(territory), today),
            known=KnownPeople.of(territory),
            profession_labels=tuple(
                profession.label_fr for profession in professions.professions.values()
            ),
        )

    def template_context(self, run: ImportRun) -> Template:
        """Return what the lists of the template offer: nothing of it depends on a territory."""
        labels = (one.label_fr for one in profession_reader().professions.values())
        return Template(tuple(labels))

    def prepare_batch(self, rows: Sequence[ImportRow], context: Context) -> None:
        """Load who these lines may be about, their communes, their numbers."""
        context.identities = {row.line: context.reader.identity(row) for row in rows}
        context.known.load(context.identities.values())
        context.directory = directory_of(one.rpps for one in context.identities.values())
        context.reader.places.load(row.values["commune"] or "" for row in rows)

    def marks(self, row: ImportRow, context: Context) -> Iterable[str]:
        """Return the signs by which another line may be the same person."""
        return context.identities[row.line].marks()

    def resolve(self, row: ImportRow, context: Context) -> Plan:
        """Say whom the line is about, what it would write, and every doubt about it."""
        identity = context.identities[row.line]
        facts = context.reader.facts(row, identity, context.directory)
        found = context.known.resembling(identity)
        _ask_for_essentials(row, facts)
        if found.person is not None:
            return self._about_known(row, found.person, facts, context)
        if not row.failed:
            _check(row, facts, context, whole=True)
        if row.failed or not facts.get("professions"):
            return Plan.none()
        if _is_another_line(row, identity) or found.several or "rpps" in found.reasons:
            _hold(row, identity, found)
            return Plan.none()
        _doubt(row, identity, found)
        # The cells tell the rest: what was made of the two that are interpreted is enough.
        read: dict[str, Any] = {
            name: facts[name] for name in ("professions", "commune") if name in facts
        }
        return Plan.create(identity.key(), shown_facts(read), data=(None, facts))

    def _about_known(
        self, row: ImportRow, person: Candidate, facts: dict[str, Any], context: Context
    ) -> Plan:
        before = facts_of(person)
        new, kept = _completing(before, facts)
        if row.values["available_from"] is ASAP:
            kept.discard("available_from")
        if new and not row.failed:
            _check(row, new, context, whole=False)
        if row.failed:
            return Plan.none()
        if kept:
            row.note(
                "",
                _(
                    "Cette personne a déjà un profil, qui dit autre chose (%(fields)s) : il garde "
                    "ce qu’il dit."
                ),
                code="kept",
                fields=sorted(name_of(name) for name in kept),
            )
        if new:
            row.check(
                "",
                _(
                    "Cette personne a déjà un profil. Acceptez la ligne pour y ajouter ce qui "
                    "manque ; rien de ce qu’il dit n’est remplacé."
                ),
                code="known",
            )
        return Plan.update(f"profile:{person.pk}", {}, shown_facts(new), data=(person, new))

    def apply(self, rows: Sequence[PlannedRow], context: Context) -> None:
        """Write these lines through the services of profiles."""
        how: dict[str, Any] = {"by": context.run.by, "now": context.run.now}
        created = [item for item in rows if item.plan.outcome is Outcome.CREATED]
        try:
            if created:
                enter_candidates(
                    territory=context.territory,
                    information_proof=context.proof,
                    people=[item.plan.data[1] for item in created],
                    **how,
                )
        except ValidationError as refused:
            raise RowRefused(created[0].row.line, " ".join(refused.messages)) from refused
        for item in rows:
            person, facts = item.plan.data
            if person is not None:
                try:
                    change_profile(candidate=person, revision=person.revision, **how, **facts)
                except ValidationError as refused:
                    sentence = " ".join(refused.messages)
                    raise RowRefused(item.row.line, sentence) from refused


def _completing(
    before: Mapping[str, Any], facts: Mapping[str, Any]
) -> tuple[dict[str, Any], set[str]]:
    """Return what the facts add to a profile, and the names of what it says otherwise."""
    new: dict[str, Any] = {}
    kept: set[str] = set()
    for name, value in facts.items():
        if name == "professions":
            known = {row["profession"].pk for row in before[name]}
            added = [row for row in value if row["profession"].pk not in known]
            if added:
                new[name] = [*before[name], *added]
        elif before[name] in _BLANK:
            new[name] = value
        elif before[name] != value and name not in ("first_name", "last_name"):
            kept.add(name)
    return new, kept


def _ask_for_essentials(row: ImportRow, facts: Mapping[str, Any]) -> None:
    blamed = {column for column, _problem in row.problems}
    if not facts.get("last_name") and not blamed & {"last_name", "full_name"}:
        row.error("last_name", _("Indiquez le nom."), code="required")
    reachable = facts.get("email") or facts.get("phone")
    if not reachable and not blamed & {"email", "phone"}:
        row.error(
            "email",
            _("Indiquez une adresse électronique ou un téléphone, pour que l’on vous réponde."),
            code="unreachable",
        )


def _check(row: ImportRow, facts: Mapping[str, Any], context: Context, *, whole: bool) -> None:
    """Refuse what a profile may not say, by the same rules as the pages."""
    today = context.reader.today
    try:
        if whole:
            checked_whole(facts, on=today)
        else:
            checked(facts, on=today)
    except ValidationError as refused:
        blamed = {column for column, _problem in row.problems}
        for name, errors in refused.error_dict.items():
            column = _COLUMN_OF.get(name, name)
            for one in errors:
                if column not in blamed:
                    told = dict(one.params or {})
                    row.error(column, one.message, code=one.code or "", **told)


def _is_another_line(row: ImportRow, identity: Identity) -> bool:
    """Say whether one earlier line shares both the name and a way to reach the person."""
    alike = _alike(row, identity)
    return bool(alike["name"] & (alike["email"] | alike["phone"] | alike["rpps"]))


def _alike(row: ImportRow, identity: Identity) -> dict[str, set[int]]:
    """{sign: earlier lines that share it}."""
    found: dict[str, set[int]] = {sign: set() for sign in _REASONS}
    for sign, mark in identity.named_marks():
        if mark in row.alike:
            found[sign].add(row.alike[mark])
    return found


def _hold(row: ImportRow, identity: Identity, found: Resemblance) -> None:
    """Say why a line cannot go through, whatever somebody accepts."""
    lines = set().union(*_alike(row, identity).values())
    if lines:
        row.check(
            "",
            _("C’est la même personne qu’à la ligne %(line)s : réunissez les deux lignes."),
            code="same_person",
            line=min(lines),
        )
    elif found.several:
        row.check(
            "",
            _(
                "Plusieurs profils suivis sont ceux de cette personne : réunissez-les d’abord "
                "(Profils, Doublons), puis importez de nouveau le fichier."
            ),
            code="several_profiles",
        )
    else:
        row.check(
            "rpps",
            _(
                "Ce numéro RPPS est celui d’un profil suivi sous un autre nom : corrigez le "
                "numéro, ou complétez ce profil."
            ),
            code="rpps_taken",
        )


def _doubt(row: ImportRow, identity: Identity, found: Resemblance) -> None:
    """Hold back whoever may be somebody known: never merged blindly, never doubled unseen."""
    if found.reasons:
        row.check(
            "",
            _(
                "Un profil suivi ressemble à cette personne (%(reasons)s). Acceptez la ligne s’il "
                "s’agit de quelqu’un d’autre."
            ),
            code="alike",
            reasons=[_REASONS[sign] for sign in found.reasons],
        )
    for sign, lines in _alike(row, identity).items():
        if lines:
            row.check(
                "",
                _(
                    "La ligne %(line)s ressemble à celle-ci (%(reasons)s). Acceptez-la s’il "
                    "s’agit de deux personnes."
                ),
                code="alike_line",
                line=min(lines),
                reasons=_REASONS[sign],
            )
            break
    if found.is_withheld:
        row.check(
            "",
            _(
                "Avant d’importer cette personne, demandez-lui si elle le souhaite toujours : "
                "acceptez la ligne si elle vous l’a dit."
            ),
            code="ask_first",
        )
