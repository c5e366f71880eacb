"""`plan_meetings INSTANCE --out PLAN`: who meets whom, when and where, from a file to a file."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from ancrage.core.meetings.breaks import rested
from ancrage.core.meetings.compact.judge import flaws
from ancrage.core.meetings.compact.solve import plan_compactly
from ancrage.core.meetings.compact.values import Infeasible, InvalidAppointments
from ancrage.core.meetings.judge import violations
from ancrage.core.meetings.plan import plan
from ancrage.core.meetings.problem import check
from ancrage.core.meetings.replan import replan
from ancrage.core.meetings.values import InvalidInstance, Plan, Proof
from ancrage.core.meetings.walking import shorten_walks
from ancrage.events.management.dzn import read_dzn
from ancrage.events.management.plan_files import (
    Request,
    compact_plan_as_json,
    plan_as_json,
    read_json,
    read_pairs,
    said,
)
from ancrage.kit.management.planning import OutOfTime, PlanCommand, refuse
from ancrage.kit.management.reading import BadFile

PROOFS = {
    Proof.OPTIMAL: "le meilleur plan, prouvé par ses prix",
    Proof.SEARCHED: "le meilleur plan, prouvé par une recherche complète",
    Proof.FAIR: "équité prouvée ; il manque au plus {gap:.4%} de la note",
    Proof.BOUNDED: "ni équité ni note prouvées ; il manque au plus {gap:.4%} de la note",
}


class Command(PlanCommand):
    help = (
        "Calcule qui rencontre qui, à quel tour et à quelle table : instance en JSON, paires en "
        "CSV, ou rencontres déjà décidées à serrer le plus possible (.dzn)."
    )
    takes = "INSTANCE.json, PAIRS.csv or DATA.dzn"

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--guarantee", type=int, help="meetings guaranteed to people without « min » (3)"
        )
        parser.add_argument(
            "--price",
            type=int,
            help="what a promise is worth, in points of score (default: none is broken)",
        )
        parser.add_argument(
            "--most-in-a-row", type=int, help="visitors rest after so many meetings in a row"
        )
        parser.add_argument(
            "--walk-less", action="store_true", help="shorten the way from table to table"
        )
        parser.add_argument(
            "--compact", action="store_true", help="fewest breaks, for a .dzn (which implies it)"
        )
        parser.add_argument("--rounds", type=int, help="for a CSV: how many rounds")
        parser.add_argument("--tables", type=int, help="for a CSV: how many tables")

    def planned(self, text: str, out_of_time: OutOfTime, **options: Any) -> tuple[str, str]:
        """Return the plan as JSON and its summary. Raises `BadFile`."""
        if options["instance"].suffix.lower() == ".dzn":
            return _compact(text, out_of_time)
        if options["compact"]:
            raise BadFile("« --compact » serre des rencontres déjà décidées : un fichier .dzn.")
        try:
            request = _read(text, options)
            self.tell_ignored(request.ignored)
            found = _solve(request, options, out_of_time)
        except InvalidInstance as error:
            raise BadFile(said(error)) from error
        return plan_as_json(request, found), _summary(found)


def _compact(text: str, out_of_time: OutOfTime) -> tuple[str, str]:
    instance = read_dzn(text)
    try:
        found = plan_compactly(instance, out_of_time=out_of_time)
    except Infeasible as error:
        raise CommandError("Aucune grille ne respecte ce qui est demandé.") from error
    except InvalidAppointments as error:
        raise BadFile(f"Une rencontre n’a pas de sens : {error}.") from error
    refuse(flaws(instance, found))
    said_of_it = f"Pauses : {found.breaks} ; aucune grille n’en a moins de {found.bound}."
    return compact_plan_as_json(instance, found), said_of_it


def _read(text: str, options: dict[str, Any]) -> Request:
    guarantee = options["guarantee"]
    if guarantee is not None and guarantee < 0:
        raise BadFile("« --guarantee » ne peut pas être négatif.")
    if options["instance"].suffix.lower() != ".csv":
        return read_json(text, guarantee=guarantee)
    if options["rounds"] is None:
        raise BadFile(
            "Un CSV de paires ne dit pas combien il y a de tours : ajoutez « --rounds »."
        )
    return read_pairs(
        text, rounds=options["rounds"], tables=options["tables"], guarantee=guarantee
    )


def _solve(request: Request, options: dict[str, Any], out_of_time: OutOfTime) -> Plan:
    instance, price, run = request.instance, options["price"], options["most_in_a_row"]
    if run is not None:
        if run < 1:
            raise BadFile("« --most-in-a-row » doit être d’au moins 1.")
        check(instance)
        instance = rested(instance, run)
    if instance.promised:
        worth = None if price is None else price * request.unit
        found = replan(instance, price=worth, out_of_time=out_of_time)
    else:
        found = plan(instance, out_of_time=out_of_time)
    if options["walk_less"]:
        found = shorten_walks(instance, found, out_of_time=out_of_time)
    refuse(violations(instance, found))
    return found


def _summary(found: Plan) -> str:
    proof = PROOFS[found.proof].format(gap=float(found.gap))
    lines = [
        f"Rencontres : {len(found.meetings)}.",
        f"Preuve : {proof}.",
        *(
            f"Personnes qui en ont au moins {level} : {count}."
            for level, count in enumerate(found.levels, start=1)
        ),
    ]
    if found.changed:
        lines.append(f"Rencontres promises qui changent : {len(found.changed)}.")
    return "\n".join(lines)
