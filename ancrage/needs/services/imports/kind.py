"""Needs from a spreadsheet: what a line would do, and how planned lines are written."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ancrage.kit.changes import ChangeSource
from ancrage.kit.imports import (
    ImportKind,
    ImportRow,
    ImportRun,
    Plan,
    PlannedRow,
    RowRefused,
    register,
)
from ancrage.kit.imports.kinds import Changes, Outcome
from ancrage.kit.tabular.limits import MEBIBYTE, Limits
from ancrage.kit.tabular.problems import source_text
from ancrage.needs.enums import CLOSED_STATUSES, NeedStatus, WithdrawReason
from ancrage.needs.models import Need
from ancrage.needs.services import editing, lifecycle
from ancrage.needs.services.facts import PRACTICE, facts_of
from ancrage.needs.services.imports.columns import COLUMNS
from ancrage.needs.services.imports.places import Places
from ancrage.needs.services.imports.reading import Reader, ReadNeed
from ancrage.needs.services.imports.shown import PUBLISHED, shown_facts
from ancrage.needs.services.imports.targets import (
    keep_what_is_known,
    name_of,
    needs_called,
    open_needs,
    open_needs_called,
    reference_of,
)
from ancrage.needs.services.imports.working_time import complete_working_time
from ancrage.needs.services.life import LIFE
from ancrage.needs.validators import remarks_on, validate_facts, validate_practice
from ancrage.partners.models import Partner
from ancrage.partners.services.declaring import PUBLISH, partner_of, withdrawn_by_import
from ancrage.professions.queries import profession_reader

_COLUMN_OF = {
    "positions": "posts",
    "fte_hundredths": "fte",
    "pay_min_cents": "pay",
    "pay_max_cents": "pay",
    "pay_note": "pay",
    "pay_period": "pay",
    "retrocession_percent": "retrocession",
    "software": "software",
}


@dataclass(slots=True)
class Context:
    """For whom the lines are read, and the needs that they may be about."""

    run: ImportRun
    partner: Partner
    reader: Reader
    profession_labels: tuple[str, ...]
    blank: Mapping[str, Any]
    existing: dict[str, Need] = field(default_factory=dict)

    @property
    def publish(self) -> bool:
        return bool(self.run.options.get(PUBLISH, True))


@dataclass(frozen=True, slots=True)
class Template:
    """What the template to fill in offers."""

    profession_labels: tuple[str, ...]


@register
class NeedsImport(ImportKind):
    """The needs of one structure, as its own file tells them."""

    key = "needs"
    label = _("Besoins")
    columns = COLUMNS
    limits = Limits(file_bytes=20 * MEBIBYTE)
    instructions = (
        _(
            "Une ligne par besoin : un métier, un lieu, une date. Vos en-têtes habituels "
            "conviennent aussi."
        ),
        _(
            "La référence interne permet de retrouver le besoin au prochain import : la même "
            "référence modifie le besoin, une nouvelle en crée un. Sans référence, une ligne "
            "identique est reconnue, et une ligne modifiée crée un nouveau besoin."
        ),
        _(
            "Une cellule vide ne change rien. Un besoin absent du fichier reste ouvert, sauf si "
            "vous cochez « liste complète » au moment de l’import."
        ),
        _("Aucun nom de personne : donnez la boîte d’un service comme contact."),
    )

    def prepare(self, run: ImportRun) -> Context:
        """Load the structure, its sites, the communes around it and the professions."""
        partner = partner_of(run.owner_key)
        professions = profession_reader()
        return Context(
            run=run,
            partner=partner,
            reader=Reader(professions, Places.of(partner), timezone.localdate(run.now)),
            profession_labels=tuple(
                profession.label_fr for profession in professions.professions.values()
            ),
            blank=facts_of(Need()),
        )

    def template_context(self, run: ImportRun) -> Template:
        """Return what the lists of the template offer: nothing of it depends on a structure."""
        labels = (one.label_fr for one in profession_reader().professions.values())
        return Template(tuple(labels))

    def prepare_batch(self, rows: Sequence[ImportRow], context: Context) -> None:
        """Load the needs that these lines name, and their communes."""
        names = {reference_of(row) for row in rows}
        context.existing = needs_called(names, Need.objects.filter(partner=context.partner))
        context.reader.places.load(row.values["commune"] or "" for row in rows)

    def resolve(self, row: ImportRow, context: Context) -> Plan:
        """Say what the line would do to which need, and every doubt about it."""
        key = reference_of(row)
        need = context.existing.get(key)
        if need is None and row.values["status"] in CLOSED_STATUSES:
            return _closed_already(row)
        read = context.reader.read(row, known=need)
        facts = {**read.facts, "reference": key if need is None else need.reference}
        before = facts_of(need) if need is not None else dict(context.blank)
        keep_what_is_known(need, facts)
        if need is None:
            complete_working_time(row, facts)
        needed = ("profession", "commune", "contract", "starts_on")
        if any(facts.get(name) is None for name in needed):
            self._remark(row, facts, before)
            return Plan.none()
        plan = self._planned(row, key, need, before, facts, read, context)
        if plan.outcome is not Outcome.UNCHANGED:
            self._check(row, {**before, **facts}, before, need, context)
            self._check_practice(row, read)
        self._remark(row, facts, before)
        if row.failed:
            return Plan.none()
        return plan if need is None else self._about_closed(row, need, plan)

    def _planned(
        self,
        row: ImportRow,
        key: str,
        need: Need | None,
        before: Mapping[str, Any],
        facts: dict[str, Any],
        read: ReadNeed,
        context: Context,
    ) -> Plan:
        publish = context.publish and row.values["status"] != NeedStatus.DRAFT
        new = shown_facts({**facts, **read.practice})
        data = (need, facts, read.practice, publish)
        if need is None:
            return Plan.create(key, new, data=data)
        old = shown_facts({name: before[name] for name in facts} | _practice_of(need, read))
        if need.status == NeedStatus.DRAFT and publish:
            old[PUBLISHED] = source_text(NeedStatus.DRAFT.label)
            new[PUBLISHED] = source_text(NeedStatus.PUBLISHED.label)
        return Plan.update(key, old, new, data=data)

    def apply(self, rows: Sequence[PlannedRow], context: Context) -> None:
        """Write these lines through the services of needs."""
        try:
            self._create([row for row in rows if row.plan.outcome is Outcome.CREATED], context)
            self._change([row for row in rows if row.plan.outcome is Outcome.CHANGED], context)
        except ValidationError as refused:
            raise RowRefused(rows[0].row.line, " ".join(refused.messages)) from refused

    def existing_keys(self, context: Context) -> Iterable[str]:
        """Return the needs of the structure that are still looked for."""
        rows = open_needs(context.partner).only("pk", "reference").order_by("pk")
        return [name_of(need) for need in rows]

    def describe_missing(self, keys: Sequence[str], context: Context) -> Mapping[str, Changes]:
        """Say which needs a complete list would withdraw."""
        return {
            name_of(need): {
                f"{need.profession.label_fr}, {need.commune.name}": (
                    need.get_status_display(),
                    _("Retiré"),
                )
            }
            for need in open_needs_called(keys, context.partner)
        }

    def close_missing(self, keys: Sequence[str], context: Context) -> None:
        """Withdraw the needs that a complete list does not name."""
        for need in open_needs_called(keys, context.partner):
            lifecycle.withdraw_need(
                need=need,
                reason=WithdrawReason.OTHER,
                note="Absent de la liste complète importée.",
                by=context.run.by,
                now=context.run.now,
                source=ChangeSource.IMPORT,
            )

    def closed_at(self, owner_key: str, moment: datetime) -> QuerySet[Need]:
        """Return the needs that an import withdrew at that moment and that still are."""
        return withdrawn_by_import(LIFE, owner_key, moment)

    def put_back(self, target: Need, *, by: Any, now: datetime) -> None:
        """Look again for what an import withdrew. Raises ValidationError."""
        lifecycle.undo_last_change(need=target, by=by, now=now)

    def _create(self, rows: Sequence[PlannedRow], context: Context) -> None:
        actor: dict[str, Any] = {
            "by": context.run.by,
            "now": context.run.now,
            "source": ChangeSource.IMPORT,
        }
        for publish in (True, False):
            plain = [
                facts
                for _need, facts, practice, published in (item.plan.data for item in rows)
                if not practice and published is publish
            ]
            if plain:
                editing.create_needs(
                    partner=context.partner, drafts=plain, publish=publish, **actor
                )
        for item in rows:
            _need, facts, practice, publish = item.plan.data
            if practice:
                editing.create_need(
                    partner=context.partner,
                    practice=practice,
                    publish=publish,
                    **actor,
                    **facts,
                )

    def _change(self, rows: Sequence[PlannedRow], context: Context) -> None:
        actor: dict[str, Any] = {"by": context.run.by, "now": context.run.now}
        source = ChangeSource.IMPORT
        plain = [
            (need, facts)
            for need, facts, practice, _publish in (item.plan.data for item in rows)
            if not practice
        ]
        changed = editing.edit_needs(edits=plain, source=source, **actor) if plain else []
        for need, facts, practice, _publish in (item.plan.data for item in rows):
            if practice:
                changed.append(
                    editing.edit_need(
                        need=need,
                        revision=need.revision,
                        practice=practice,
                        source=source,
                        **actor,
                        **facts,
                    )
                )
        published = {item.plan.data[0].pk for item in rows if item.plan.data[3]}
        for need in changed:
            if need.status in CLOSED_STATUSES:
                lifecycle.reopen_need(need=need, **actor)
            elif need.status == NeedStatus.DRAFT and need.pk in published:
                lifecycle.publish_need(need=need, source=source, **actor)

    def _check(
        self,
        row: ImportRow,
        whole: Mapping[str, Any],
        before: Mapping[str, Any],
        need: Need | None,
        context: Context,
    ) -> None:
        """Refuse what a need may not say, by the same rules as the form."""
        today = context.reader.today
        try:
            validate_facts(
                whole,
                on=today,
                start_is_new=need is None or whole["starts_on"] != before["starts_on"],
            )
        except ValidationError as refused:
            _refuse(row, refused)
        will_open = context.publish or (need is not None and need.status == NeedStatus.PUBLISHED)
        end = whole["ends_on"]
        if will_open and end is not None and end < today and not row.failed:
            row.error(
                "ends_on" if row.raw["ends_on"] else "contract",
                _("La fin est déjà passée : ce besoin ne peut pas être publié."),
                code="over",
            )
        if (
            need is not None
            and need.reference.isdecimal()
            and whole["profession"] != need.profession
        ):
            row.check(
                "reference",
                _(
                    "La référence « %(reference)s » désigne déjà un besoin d’un autre métier "
                    "(%(profession)s). Donnez-en une autre s’il s’agit d’un nouveau besoin ; "
                    "acceptez la ligne pour modifier l’ancien."
                ),
                code="other_profession",
                reference=need.reference,
                profession=need.profession.label_fr,
            )

    def _check_practice(self, row: ImportRow, read: ReadNeed) -> None:
        if read.practice:
            try:
                validate_practice(read.practice)
            except ValidationError as refused:
                _refuse(row, refused)

    def _remark(self, row: ImportRow, facts: Mapping[str, Any], before: Mapping[str, Any]) -> None:
        """Say what a careful colleague would point out; the line goes through."""
        for remark in remarks_on({**before, **facts}):
            if remark.field not in facts:
                continue
            if remark.quote:
                row.note(
                    _COLUMN_OF.get(remark.field, remark.field),
                    _("« %(quote)s » : %(reason)s"),
                    code=remark.code,
                    quote=remark.quote,
                    reason=remark.message,
                )
            else:
                row.note(
                    _COLUMN_OF.get(remark.field, remark.field), remark.message, code=remark.code
                )

    @staticmethod
    def _about_closed(row: ImportRow, need: Need, plan: Plan) -> Plan:
        if need.status not in CLOSED_STATUSES:
            return plan
        if plan.outcome is Outcome.UNCHANGED:
            row.note(
                "",
                _("Ce besoin est clos (%(status)s) : il le reste."),
                code="closed",
                status=NeedStatus(need.status).label,
            )
            return plan
        row.check(
            "reference",
            _(
                "La référence « %(reference)s » est celle d’un besoin clos (%(status)s). "
                "Donnez-en une autre s’il s’agit d’un nouveau besoin ; acceptez la ligne pour "
                "rouvrir l’ancien avec ces informations."
            ),
            code="closed",
            reference=need.reference,
            status=NeedStatus(need.status).label,
        )
        return plan


def _closed_already(row: ImportRow) -> Plan:
    row.note(
        "status",
        _("Ce besoin est clos d’après le fichier (%(status)s) : il n’est pas créé."),
        code="closed_in_file",
        status=NeedStatus(row.values["status"]).label,
    )
    return Plan.ignore()


def _practice_of(need: Need, read: ReadNeed) -> dict[str, Any]:
    if not read.practice:
        return {}
    sheet = getattr(need, "practice_sheet", None)
    known = facts_of(sheet, PRACTICE) if sheet is not None else {}
    return {name: known.get(name) for name in read.practice}


def _refuse(row: ImportRow, refused: ValidationError) -> None:
    known = {column.code for column in COLUMNS}
    blamed = {column for column, _problem in row.problems}
    for name, errors in refused.error_dict.items():
        column = _COLUMN_OF.get(name, name)
        column = column if column in known else ""
        for one in errors:
            facts = dict(one.params or {})
            if not (column in blamed and one.code == "required"):
                row.error(column, one.message, code=one.code or "", **facts)
