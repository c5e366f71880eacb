"""Resources from a spreadsheet: the columns, what a line would do, how lines are written."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
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
from ancrage.kit.tabular.wording import key_of, tidied
from ancrage.partners.models import Partner
from ancrage.partners.services.declaring import PUBLISH, partner_of, withdrawn_by_import
from ancrage.professions.queries import profession_reader
from ancrage.resources.enums import CLOSED_STATUSES, ResourceKind, ResourceStatus
from ancrage.resources.models import Resource
from ancrage.resources.services import editing, lifecycle
from ancrage.resources.services.facts import facts_of
from ancrage.resources.services.imports.columns import COLUMNS
from ancrage.resources.services.life import LIFE
from ancrage.resources.validators import validate_facts
from ancrage.territory.models import Commune
from ancrage.territory.queries import communes_in, current_communes

_GIVEN = "import-"
_UNREFERENCED = "ressource-"
_STATE = source_text(_("État"))
_COLUMN_OF = {"fte_hundredths": "fte"}
_TEXTS = ("title", "days", "description")
# More digits than a key has.
_LONGEST_KEY = 18


@dataclass(slots=True)
class Context:
    """For whom the lines are read, and the resources and communes that they may be about."""

    run: ImportRun
    partner: Partner
    professions: Any
    today: date
    home: dict[str, Commune]
    communes: dict[str, Commune] = field(default_factory=dict)
    existing: dict[str, Resource] = field(default_factory=dict)

    @property
    def publish(self) -> bool:
        return bool(self.run.options.get(PUBLISH, True))


@register
class ResourcesImport(ImportKind):
    """What one structure shares, as its own file tells it."""

    key = "resources"
    label = _("Ressources")
    columns = COLUMNS
    limits = Limits(file_bytes=20 * MEBIBYTE)
    instructions = (
        _("Une ligne par ressource : sa nature, un intitulé, un lieu, une période."),
        _(
            "La même référence interne modifie la ressource, une nouvelle en crée une. Une "
            "cellule vide ne change rien, et une ressource absente du fichier reste en place, "
            "sauf si vous cochez « liste complète » au moment de l’import."
        ),
        _("Aucun nom de personne : donnez la boîte d’un service comme contact."),
    )

    def prepare(self, run: ImportRun) -> Context:
        """Load the structure, the communes of its territory and the professions."""
        partner = partner_of(run.owner_key)
        return Context(
            run=run,
            partner=partner,
            professions=profession_reader(),
            today=timezone.localdate(run.now),
            home=_known(communes_in(partner.territory)),
        )

    def template_context(self, run: ImportRun) -> None:
        """Nothing: the lists of the template depend on no structure."""

    def prepare_batch(self, rows: Sequence[ImportRow], context: Context) -> None:
        """Load the resources and the communes that these lines name: two queries."""
        keys = {_reference_of(row) for row in rows}
        context.existing = _resources_called(
            keys, Resource.objects.filter(partner=context.partner)
        )
        texts = {row.values["commune"] for row in rows if row.values["commune"]}
        away = [text for text in texts if key_of(text) not in context.home]
        named = current_communes().filter(search_name__in=[key_of(text) for text in away])
        coded = current_communes().filter(insee__in=away)
        context.communes = _known((named | coded).order_by("insee")) | context.home

    def resolve(self, row: ImportRow, context: Context) -> Plan:
        """Say what the line would do to which resource, and every doubt about it."""
        key = _reference_of(row)
        resource = context.existing.get(key)
        if resource is None and row.values["status"] in CLOSED_STATUSES:
            return _closed_already(row)
        before = facts_of(resource or Resource())
        facts = {
            **_facts(row, context, is_new=resource is None),
            "reference": resource.reference if resource else key,
        }
        for name in _TEXTS:
            # Blanks that a spreadsheet takes away are no change.
            if name in facts and facts[name] == tidied(before[name]):
                facts[name] = before[name]
        whole = {**before, **facts}
        says_more = any(before[name] != value for name, value in facts.items())
        if says_more and not row.failed and whole["commune"] is not None:
            _check(row, whole, resource, context)
        if row.failed or whole["commune"] is None:
            # Its own reference says which resource a line means, even when it is refused.
            return Plan.none(key if row.values["reference"] else "")
        publish = context.publish and row.values["status"] != ResourceStatus.DRAFT
        if resource is None:
            return Plan.create(key, _shown(facts), data=(None, facts, publish))
        old, new = _shown({name: before[name] for name in facts}), _shown(facts)
        if resource.status == ResourceStatus.DRAFT and publish:
            old[_STATE] = source_text(ResourceStatus.DRAFT.label)
            new[_STATE] = source_text(ResourceStatus.PUBLISHED.label)
        plan = Plan.update(key, old, new, data=(resource, facts, publish))
        if resource.status in CLOSED_STATUSES and plan.outcome is Outcome.CHANGED:
            row.check(
                "reference",
                _(
                    "Cette ressource n’est plus proposée (%(status)s). Donnez une autre référence "
                    "s’il s’agit d’une nouvelle ; acceptez la ligne pour la partager de nouveau."
                ),
                code="closed",
                status=ResourceStatus(resource.status).label,
            )
        return plan

    def apply(self, rows: Sequence[PlannedRow], context: Context) -> None:
        """Write these lines through the services of resources."""
        for item in rows:
            resource, facts, publish = item.plan.data
            try:
                _write(resource, facts, context, publish=publish)
            except ValidationError as refused:
                raise RowRefused(item.row.line, " ".join(refused.messages)) from refused

    def existing_keys(self, context: Context) -> Iterable[str]:
        """Return the resources of the structure that are still offered."""
        rows = _open_resources(context.partner).only("pk", "reference").order_by("pk")
        return [name_of(resource) for resource in rows]

    def describe_missing(self, keys: Sequence[str], context: Context) -> Mapping[str, Changes]:
        """Say which resources a complete list would withdraw."""
        return {
            name_of(resource): {
                f"{resource.title}, {resource.commune.name}": (
                    ResourceStatus(resource.status).label,
                    ResourceStatus.WITHDRAWN.label,
                )
            }
            for resource in _called(keys, context.partner)
        }

    def close_missing(self, keys: Sequence[str], context: Context) -> None:
        """Withdraw the resources that a complete list does not name."""
        for resource in _called(keys, context.partner):
            lifecycle.withdraw_resource(
                resource=resource,
                by=context.run.by,
                now=context.run.now,
                source=ChangeSource.IMPORT,
            )

    def closed_at(self, owner_key: str, moment: datetime) -> QuerySet[Resource]:
        """Return the resources that an import withdrew at that moment and that still are."""
        return withdrawn_by_import(LIFE, owner_key, moment)

    def put_back(self, target: Resource, *, by: Any, now: datetime) -> None:
        """Offer again what an import withdrew. Raises ValidationError."""
        lifecycle.undo_last_change(resource=target, by=by, now=now)


def name_of(resource: Resource) -> str:
    """Return what files call a resource: its reference, or « ressource-12 » without one."""
    return resource.reference or f"{_UNREFERENCED}{resource.pk}"


def _known(communes: Any) -> dict[str, Commune]:
    """By name and by code; where two share a name, the first."""
    known: dict[str, Commune] = {}
    for commune in communes:
        known.setdefault(commune.search_name, commune)
        known[commune.insee.lower()] = commune
    return known


def _reference_of(row: ImportRow) -> str:
    """The reference of a line, else a digest of what it shares and where."""
    if row.values["reference"]:
        return str(row.values["reference"])
    said = "|".join(key_of(row.raw[code]) for code in ("kind", "title", "commune", "profession"))
    digest = hashlib.blake2b(said.encode(), digest_size=5).hexdigest()
    return f"{_GIVEN}{digest}" + (f"-{row.occurrence}" if row.occurrence > 1 else "")


def _facts(row: ImportRow, context: Context, *, is_new: bool) -> dict[str, Any]:
    same = (
        "kind",
        "title",
        "quantity",
        "days",
        "available_from",
        "available_to",
        "description",
        "contact_email",
    )
    facts = {name: row.values[name] for name in same if row.values[name] is not None}
    if row.values["fte"] is not None:
        facts["fte_hundredths"] = row.values["fte"]
    if is_new:
        facts.setdefault("available_from", context.today)
    commune = _commune(row, context, is_new=is_new)
    if commune is not None:
        facts["commune"] = commune
    if row.values["profession"]:
        facts["profession"] = _profession(row, context)
    return facts


def _commune(row: ImportRow, context: Context, *, is_new: bool) -> Commune | None:
    text = row.values["commune"]
    if text is None:
        if is_new and context.partner.commune is None:
            row.error("commune", _("Indiquez la commune de cette ressource."), code="required")
        return context.partner.commune if is_new else None
    found = context.communes.get(key_of(text))
    if found is None:
        names = [commune.name for commune in context.home.values()]
        close = get_close_matches(text, names, n=1, cutoff=0.6)
        row.error(
            "commune",
            _("Commune inconnue : « %(text)s ». Écrivez son nom ou son code INSEE."),
            close[0] if close else "",
            code="unknown_commune",
            text=text,
        )
    return found


def _profession(row: ImportRow, context: Context) -> Any:
    match = context.professions.find(row.values["profession"])
    if match.profession is None:
        nearest = [source_text(one.profession.label_fr) for one in match.suggestions]
        row.error(
            "profession",
            _("Métier inconnu : « %(text)s »."),
            nearest[0] if nearest else "",
            code="unknown_profession",
            text=row.values["profession"],
        )
    return match.profession


def _check(
    row: ImportRow, whole: Mapping[str, Any], resource: Resource | None, context: Context
) -> None:
    """Refuse what a resource may not say, by the same rules as the form."""
    try:
        validate_facts(whole, on=context.today)
    except ValidationError as refused:
        for name, errors in refused.error_dict.items():
            for one in errors:
                facts = dict(one.params or {})
                row.error(_COLUMN_OF.get(name, name), one.message, code=one.code or "", **facts)
    opens = context.publish or (resource and resource.status == ResourceStatus.PUBLISHED)
    end = whole["available_to"]
    if opens and end is not None and end < context.today:
        row.error(
            "available_to",
            _("La fin est déjà passée : cette ressource ne peut pas être partagée."),
            code="over",
        )


def _closed_already(row: ImportRow) -> Plan:
    row.note(
        "status",
        _("Cette ressource est close d’après le fichier (%(status)s) : elle n’est pas créée."),
        code="closed_in_file",
        status=ResourceStatus(row.values["status"]).label,
    )
    return Plan.ignore()


def _shown(facts: Mapping[str, Any]) -> dict[Any, Any]:
    """The facts as the report names them."""
    return {
        Resource._meta.get_field(name).verbose_name: _worded(name, value)  # type: ignore[union-attr]
        for name, value in facts.items()
        if name != "reference"
    }


def _worded(name: str, value: Any) -> Any:
    if name == "kind":
        return ResourceKind(value).label
    if isinstance(value, Commune):
        return value.name
    return getattr(value, "label_fr", value)


def _write(
    resource: Resource | None, facts: dict[str, Any], context: Context, *, publish: bool
) -> None:
    how: dict[str, Any] = {
        "by": context.run.by,
        "now": context.run.now,
        "source": ChangeSource.IMPORT,
    }
    if resource is None:
        editing.create_resource(partner=context.partner, publish=publish, **how, **facts)
        return
    changed = editing.edit_resource(resource=resource, revision=resource.revision, **how, **facts)
    if changed.status in CLOSED_STATUSES:
        lifecycle.reopen_resource(resource=changed, **how)
    elif changed.status == ResourceStatus.DRAFT and publish:
        lifecycle.publish_resource(resource=changed, **how)


def _open_resources(partner: Partner) -> QuerySet[Resource]:
    return Resource.objects.filter(
        partner=partner, status__in=[ResourceStatus.PUBLISHED, ResourceStatus.PAUSED]
    )


def _called(keys: Sequence[str], partner: Partner) -> list[Resource]:
    found = _resources_called(keys, _open_resources(partner))
    return sorted(found.values(), key=lambda resource: resource.pk)


def _resources_called(names: Iterable[str], resources: QuerySet[Resource]) -> dict[str, Resource]:
    """Return those that files call by these names, whole. A reference comes first."""
    names = list(names)
    given = [
        int(digits)
        for name in names
        if name.startswith(_UNREFERENCED)
        and (digits := name.removeprefix(_UNREFERENCED)).isdecimal()
        and len(digits) <= _LONGEST_KEY
    ]
    named = Q(reference__in=[name for name in names if name]) | Q(pk__in=given, reference="")
    found: dict[str, Resource] = {}
    for resource in LIFE.with_all(resources.filter(named)).order_by("-reference", "pk"):
        found.setdefault(name_of(resource), resource)
    return found
