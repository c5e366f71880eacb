"""A kind of import for the tests: little orders, kept as tasks of the outbox."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError

from ancrage.kit.imports import (
    Column,
    ImportKind,
    ImportRow,
    ImportRun,
    Plan,
    PlannedRow,
    RowRefused,
    register,
)
from ancrage.kit.models import OutboxTask
from ancrage.kit.tabular.parsers import (
    ASAP,
    Choices,
    choice_parser,
    date_parser,
    fte_parser,
    identifier_parser,
    integer_parser,
    text_parser,
)

CONTRACTS = Choices.build(
    [
        ("permanent", "Titulaire", ["PH", "mutation"]),
        ("cdi", "CDI", []),
        ("cdd", "CDD", ["contractuel"]),
    ]
)
PROFESSIONS = Choices.build(
    [
        ("nurse", "Infirmier", ["IDE", "infirmière", "infirmier(e)", "Infirmière coordinatrice"]),
        ("care_assistant", "Aide-soignant", ["AS", "aide soignante", "aide-soignant(e) de nuit"]),
        ("hospital_orderly", "Agent de service hospitalier", ["ASH"]),
        ("geriatrician", "Gériatre", ["médecin gériatre"]),
        ("physiotherapist", "Masseur-kinésithérapeute", ["kiné"]),
        ("health_manager", "Cadre de santé", []),
        ("home_help", "Assistant de vie", ["auxiliaire de vie"]),
    ]
)


@dataclass
class Context:
    """The orders of one owner, as they are."""

    run: ImportRun
    known: dict[str, OutboxTask] = field(default_factory=dict)


@register
class Orders(ImportKind):
    key = "toy-orders"
    label = "Commandes"
    columns = (
        Column(
            "reference",
            "Référence interne",
            identifier_parser(),
            synonyms=("N°", "réf"),
            identifier=True,
        ),
        Column(
            "profession",
            "Métier",
            text_parser(200),
            synonyms=("Emploi", "Poste"),
            required=True,
            choices=tuple(str(label) for label in PROFESSIONS.labels),
            example="Infirmier",
        ),
        Column("posts", "Nombre de postes", integer_parser(minimum=1), synonyms=("Nb postes",)),
        Column("fte", "ETP par poste", fte_parser(), synonyms=("ETP", "Quotité")),
        Column("contract", "Contrat", choice_parser(CONTRACTS), ("Statut", "Type de contrat")),
        Column(
            "starts_on",
            "Date de début",
            date_parser(asap=True),
            synonyms=("Début", "Date de prise de poste"),
        ),
        Column("description", "Commentaire", free_text=True, synonyms=("Observations",)),
    )
    instructions = ("Une ligne par commande.",)

    def prepare(self, run: ImportRun) -> Context:
        return Context(run)

    def prepare_batch(self, rows: Sequence[ImportRow], context: Context) -> None:
        keys = [f"{context.run.owner_key}|{key_of(row)}" for row in rows]
        found = OutboxTask.objects.filter(key__in=keys)
        context.known = {task.key.split("|", 1)[1]: task for task in found}

    def resolve(self, row: ImportRow, context: Context) -> Plan:
        profession = None
        if row.values["profession"]:
            found = choice_parser(PROFESSIONS)(row.values["profession"])
            if isinstance(found, str):
                profession = found
            else:
                nearest = PROFESSIONS.nearest(row.values["profession"])
                row.error(
                    "profession",
                    "Métier inconnu : « %(text)s ».",
                    PROFESSIONS.label(nearest[0]) if nearest else "",
                    code="unknown_profession",
                    text=row.raw["profession"],
                )
        if row.failed:
            return Plan.none()
        starts_on = row.values["starts_on"]
        new = {
            "profession": profession,
            "posts": row.values["posts"] or 1,
            "fte": row.values["fte"] or 100,
            "contract": row.values["contract"],
            "starts_on": "asap" if starts_on is ASAP else str(starts_on) if starts_on else None,
            "description": row.values["description"],
        }
        key = key_of(row)
        task = context.known.get(key)
        if task is None:
            return Plan.create(key, new, data=new)
        return Plan.update(key, task.payload, new, data=new)

    def apply(self, rows: Sequence[PlannedRow], context: Context) -> None:
        new: list[OutboxTask] = []
        for item in rows:
            if item.plan.data["description"] == "refusez-moi":
                raise RowRefused(item.row.line, "Cette ligne est refusée par les tests.")
            known = context.known.get(item.plan.key)
            if known is not None:
                known.payload = item.plan.data
                known.save(update_fields=["payload"])
            else:
                new.append(
                    OutboxTask(
                        key=f"{context.run.owner_key}|{item.plan.key}",
                        kind="toy",
                        payload=item.plan.data,
                        created_at=context.run.now,
                        run_at=context.run.now,
                    )
                )
        OutboxTask.objects.bulk_create(new)

    def existing_keys(self, context: Context) -> Iterable[str]:
        start = f"{context.run.owner_key}|"
        tasks = OutboxTask.objects.filter(key__startswith=start, abandoned_at=None)
        for key in tasks.order_by("key").values_list("key", flat=True).iterator():
            yield key.removeprefix(start)

    def describe_missing(
        self, keys: Sequence[str], context: Context
    ) -> Mapping[str, Mapping[str, tuple[Any, Any]]]:
        return {key: {"état": ("ouvert", "clos")} for key in keys}

    def close_missing(self, keys: Sequence[str], context: Context) -> None:
        OutboxTask.objects.filter(
            key__in=[f"{context.run.owner_key}|{key}" for key in keys]
        ).update(abandoned_at=context.run.now)

    def closed_at(self, owner_key: str, moment: datetime) -> Iterable[OutboxTask]:
        closed = OutboxTask.objects.filter(key__startswith=f"{owner_key}|", abandoned_at=moment)
        return closed.order_by("key")

    def put_back(self, target: OutboxTask, *, by: Any, now: datetime) -> None:
        if target.payload["description"] == "laissez-moi":
            raise ValidationError("Cette commande est trop vieille.")
        target.abandoned_at = None
        target.save(update_fields=["abandoned_at"])


def key_of(row: ImportRow) -> str:
    """The reference of an order, or what stands for it."""
    reference = row.values["reference"]
    if reference:
        return str(reference)
    content = "/".join(
        str(row.raw[code]) for code in ("profession", "posts", "fte", "contract", "starts_on")
    )
    return f"sans référence/{content}/{row.occurrence}"


def stored_orders(owner_key: str) -> dict[str, dict[str, Any]]:
    """What the platform holds for an owner: {key: values}."""
    start = f"{owner_key}|"
    tasks = OutboxTask.objects.filter(key__startswith=start, abandoned_at=None).order_by("key")
    return {task.key.removeprefix(start): task.payload for task in tasks}
