"""`plan_meetings INSTANCE --out PLAN`: who meets whom, when and where, from a file to a file."""

import time
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ancrage.core.meetings.judge import violations
from ancrage.core.meetings.plan import always, plan
from ancrage.core.meetings.replan import replan
from ancrage.core.meetings.values import InvalidInstance, Plan, Proof
from ancrage.events.management.plan_files import (
    BadFile,
    Request,
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
    help = "Calcule qui rencontre qui, à quel tour et à quelle table (JSON, ou CSV de paires)."
    # It reads a file and writes another: no database, no settings to check.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("instance", type=Path, help="INSTANCE.json, or PAIRS.csv")
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
        parser.add_argument("--rounds", type=int, help="for a CSV: how many rounds")
        parser.add_argument("--tables", type=int, help="for a CSV: how many tables")

    def handle(self, *_args: str, **options: Any) -> None:
        stop = _clock(options["seconds"])
        try:
            request = _read(options)
            found = _solve(request, options["price"], stop)
        except BadFile as error:
            raise CommandError(str(error), returncode=BAD_INPUT) from error
        except InvalidInstance as error:
            raise CommandError(said(error), returncode=BAD_INPUT) from error
        if request.ignored:
            self.stderr.write(f"Clés ignorées : {', '.join(sorted(request.ignored))}.")
        text = plan_as_json(request, found)
        if options["out"] is None:
            self.stdout.write(text)
            return
        try:
            options["out"].write_text(text, encoding="utf-8")
        except OSError as error:
            raise CommandError(
                f"Impossible d’écrire « {options['out']} » : {error.strerror}.",
                returncode=BAD_INPUT,
            ) from error
        self.stdout.write(_summary(found))


def _read(options: dict[str, Any]) -> Request:
    path: Path = options["instance"]
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise BadFile(f"Impossible de lire « {path} » : {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise BadFile(f"« {path} » n’est pas un texte en UTF-8.") from error
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


def _solve(request: Request, price: int | None, stop: Callable[[], bool]) -> Plan:
    if request.replans:
        worth = None if price is None else price * request.unit
        found = replan(request.instance, price=worth, out_of_time=stop)
    else:
        found = plan(request.instance, out_of_time=stop)
    wrong = violations(request.instance, found)
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
