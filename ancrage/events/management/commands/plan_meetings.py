"""`plan_meetings INSTANCE --out PLAN`: who meets whom, when and where, from a file to a file."""

import time
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ancrage.core.meetings.breaks import rested
from ancrage.core.meetings.compact.judge import flaws
from ancrage.core.meetings.compact.solve import plan_compactly
from ancrage.core.meetings.compact.values import Infeasible, InvalidAppointments
from ancrage.core.meetings.judge import violations
from ancrage.core.meetings.plan import always, plan
from ancrage.core.meetings.problem import check
from ancrage.core.meetings.replan import replan
from ancrage.core.meetings.values import InvalidInstance, Plan, Proof
from ancrage.core.meetings.walking import shorten_walks
from ancrage.events.management.dzn import read_dzn
from ancrage.events.management.plan_files import (
    BadFile,
    Request,
    compact_plan_as_json,
    plan_as_json,
    read_json,
    read_pairs,
    said,
)

# What the file says may be wrong: like a wrong option, that is not a failure of the program.
BAD_INPUT = 2
PROOFS = {
    Proof.OPTIMAL: "le meilleur plan, prouvé par ses prix",
    Proof.SEARCHED: "le meilleur plan, prouvé par une recherche complète",
    Proof.FAIR: "équité prouvée ; il manque au plus {gap:.4%} de la note",
    Proof.BOUNDED: "ni équité ni note prouvées ; il manque au plus {gap:.4%} de la note",
}


class Command(BaseCommand):
    help = (
        "Calcule qui rencontre qui, à quel tour et à quelle table : instance en JSON, paires en "
        "CSV, ou rencontres déjà décidées à serrer le plus possible (.dzn)."
    )
    # It reads a file and writes another: no database, no settings to check.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("instance", type=Path, help="INSTANCE.json, PAIRS.csv or DATA.dzn")
        parser.add_argument("--out", type=Path, help="where to write the plan (default: print it)")
        parser.add_argument(
            "--guarantee", type=int, help="meetings guaranteed to people without « min » (3)"
        )
        parser.add_argument(
            "--price",
            type=int,
            help="what a promise is worth, in points of score (default: none is broken)",
        )
        parser.add_argument("--seconds", type=float, help="how long the search may last")
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

    def handle(self, *_args: str, **options: Any) -> None:
        stop = _clock(options["seconds"])
        compact = options["instance"].suffix.lower() == ".dzn"
        try:
            if options["compact"] and not compact:
                raise BadFile(
                    "« --compact » serre des rencontres déjà décidées : un fichier .dzn."
                )
            text, summary = (self._compact if compact else self._fair)(options, stop)
            if options["out"] is not None:
                _write(options["out"], text)
        except BadFile as error:
            raise CommandError(str(error), returncode=BAD_INPUT) from error
        except InvalidInstance as error:
            raise CommandError(said(error), returncode=BAD_INPUT) from error
        self.stdout.write(text if options["out"] is None else summary)

    def _fair(self, options: dict[str, Any], stop: Callable[[], bool]) -> tuple[str, str]:
        request = _read(options)
        if request.ignored:
            self.stderr.write(f"Clés ignorées : {', '.join(sorted(request.ignored))}.")
        found = _solve(request, options, stop)
        return plan_as_json(request, found), _summary(found)

    def _compact(self, options: dict[str, Any], stop: Callable[[], bool]) -> tuple[str, str]:
        instance = read_dzn(_text(options["instance"]))
        try:
            found = plan_compactly(instance, out_of_time=stop)
        except Infeasible as error:
            raise CommandError("Aucune grille ne respecte ce qui est demandé.") from error
        except InvalidAppointments as error:
            raise BadFile(f"Une rencontre n’a pas de sens : {error}.") from error
        wrong = flaws(instance, found)
        if wrong:
            raise AssertionError(f"the judge refuses this timetable: {wrong[:5]}")
        said_of_it = f"Pauses : {found.breaks} ; aucune grille n’en a moins de {found.bound}."
        return compact_plan_as_json(instance, found), said_of_it


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise BadFile(f"Impossible de lire « {path} » : {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise BadFile(f"« {path} » n’est pas un texte en UTF-8.") from error


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise BadFile(f"Impossible d’écrire « {path} » : {error.strerror}.") from error


def _read(options: dict[str, Any]) -> Request:
    path: Path = options["instance"]
    text = _text(path)
    guarantee = options["guarantee"]
    if guarantee is not None and guarantee < 0:
        raise BadFile("« --guarantee » ne peut pas être négatif.")
    if path.suffix.lower() != ".csv":
        return read_json(text, guarantee=guarantee)
    if options["rounds"] is None:
        raise BadFile(
            "Un CSV de paires ne dit pas combien il y a de tours : ajoutez « --rounds »."
        )
    return read_pairs(
        text, rounds=options["rounds"], tables=options["tables"], guarantee=guarantee
    )


def _solve(request: Request, options: dict[str, Any], stop: Callable[[], bool]) -> Plan:
    instance, price, run = request.instance, options["price"], options["most_in_a_row"]
    if run is not None:
        if run < 1:
            raise BadFile("« --most-in-a-row » doit être d’au moins 1.")
        check(instance)
        instance = rested(instance, run)
    if instance.promised:
        worth = None if price is None else price * request.unit
        found = replan(instance, price=worth, out_of_time=stop)
    else:
        found = plan(instance, out_of_time=stop)
    if options["walk_less"]:
        found = shorten_walks(instance, found, out_of_time=stop)
    wrong = violations(instance, found)
    if wrong:  # never announced: a plan that the judge refuses is a defect of ours
        raise AssertionError(f"the judge refuses this plan: {wrong[:5]}")
    return found


def _clock(seconds: float | None) -> Callable[[], bool]:
    if seconds is None:
        return always
    end = time.monotonic() + seconds
    return lambda: time.monotonic() >= end


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
