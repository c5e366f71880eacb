"""`plan_runs INSTANCE --out PLAN`: which training runs open, from a file to a file."""

import time
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ancrage.core.runs.judge import violations
from ancrage.core.runs.reasons import Reasons, WhyNotSent, explain
from ancrage.core.runs.solve import plan
from ancrage.core.runs.values import InvalidInstance, Plan, Proof
from ancrage.matching.management.reading import BadFile, text_of, write
from ancrage.matching.management.run_files import plan_as_json, read_runs, said

# What the file says may be wrong: like a wrong option, that is not a failure of the program.
BAD_INPUT = 2
PROOFS = {
    Proof.OPTIMAL: "le meilleur plan, prouvé par ses prix",
    Proof.SEARCHED: "le meilleur plan, prouvé par une recherche complète",
    Proof.BOUNDED: "aucun plan n’a plus de {bound} points ; il en manque au plus {gap:.2%}",
}
WHY = {
    WhyNotSent.ELSEWHERE: "la personne suit une autre formation",
    WhyNotSent.NO_RUN: "aucune session possible sur ces sites à ces mois",
    WhyNotSent.CLOSED: "aucune session qui convienne n’ouvre",
    WhyNotSent.FULL: "les sessions qui conviennent sont pleines",
}


class Command(BaseCommand):
    help = "Choisit les sessions de formation à ouvrir, et qui y va (instance en JSON)."
    # It reads a file and writes another: no database, no settings to check.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("instance", type=Path, help="INSTANCE.json")
        parser.add_argument("--out", type=Path, help="where to write the plan (default: print it)")
        parser.add_argument("--seconds", type=float, help="when to stop searching")

    def handle(self, *_args: str, **options: Any) -> None:
        try:
            request = read_runs(text_of(options["instance"]))
            if request.ignored:
                self.stderr.write(f"Clés ignorées : {', '.join(sorted(request.ignored))}.")
            seconds = options["seconds"]
            end = None if seconds is None else time.monotonic() + seconds
            found = plan(
                request.instance, out_of_time=lambda: end is not None and time.monotonic() >= end
            )
            wrong = violations(request.instance, found)
            if wrong:  # never announced: a plan that the judge refuses is a defect of ours
                raise AssertionError(f"the judge refuses this plan: {wrong[:5]}")
            reasons = explain(request.instance, found)
            text = plan_as_json(request.instance, found, reasons)
            if options["out"] is not None:
                write(options["out"], text)
        except BadFile as error:
            raise CommandError(str(error), returncode=BAD_INPUT) from error
        except InvalidInstance as error:
            raise CommandError(said(error), returncode=BAD_INPUT) from error
        self.stdout.write(text if options["out"] is None else _summary(found, reasons))


def _summary(found: Plan, reasons: Reasons) -> str:
    proof = PROOFS[found.proof].format(bound=found.bound.points, gap=float(found.gap))
    causes = Counter(one.why for one in reasons.not_sent)
    return "\n".join(
        [
            f"Sessions ouvertes : {len(found.runs)}, pour {found.worth.cost} €.",
            f"Vœux servis : {sum(len(one.people) for one in found.runs)}.",
            f"Besoins couverts : {sum(one.people for one in found.covers)}.",
            f"Preuve : {proof}.",
            f"Vœux non servis : {len(reasons.not_sent)}.",
            *(f"  {WHY[why]} : {causes[why]}" for why in WhyNotSent if causes[why]),
        ]
    )
