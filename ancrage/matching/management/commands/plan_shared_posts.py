"""`plan_shared_posts INSTANCE --out PLAN`: fractions put together, from a file to a file."""

import time
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ancrage.core.posts.judge import violations
from ancrage.core.posts.reasons import Reasons, Why, explain
from ancrage.core.posts.solve import plan
from ancrage.core.posts.values import InvalidInstance, Plan, Proof
from ancrage.matching.management.post_files import plan_as_json, read_posts, said
from ancrage.matching.management.reading import BadFile, text_of, write

# What the file says may be wrong: like a wrong option, that is not a failure of the program.
BAD_INPUT = 2
PROOFS = {
    Proof.OPTIMAL: "le meilleur plan, prouvé par ses prix",
    Proof.SEARCHED: "le meilleur plan, prouvé par une recherche complète",
    Proof.BOUNDED: "aucun plan ne couvre plus de {bound} ETP ; il en manque au plus {gap:.2%}",
}
WHY = {
    Why.ALONE: "personne d’autre ne cherche ce métier",
    Why.FAR: "trop loin des autres",
    Why.START: "débuts trop éloignés",
    Why.CLASH: "jours ou horaires qui se chevauchent",
    Why.TOTAL: "aucun total supportable",
    Why.REFUSED: "déjà refusée",
    Why.OUTBID: "partenaires mieux employés ailleurs",
}


class Command(BaseCommand):
    help = "Compose des postes partagés à partir de fractions de postes (instance en JSON)."
    # It reads a file and writes another: no database, no settings to check.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("instance", type=Path, help="INSTANCE.json")
        parser.add_argument("--out", type=Path, help="where to write the plan (default: print it)")
        parser.add_argument("--seconds", type=float, help="when to stop searching")

    def handle(self, *_args: str, **options: Any) -> None:
        try:
            request = read_posts(text_of(options["instance"]))
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
    proof = PROOFS[found.proof].format(bound=_fte(found.bound.fte), gap=float(found.gap))
    causes = Counter(one.why for one in reasons.left_out)
    return "\n".join(
        [
            f"Postes partagés : {len(found.posts)}, soit {_fte(found.worth.fte)} ETP.",
            f"Trajets entre leurs sites : {found.worth.travel} minutes en tout.",
            f"Preuve : {proof}.",
            f"Fractions laissées seules : {len(reasons.left_out)}.",
            *(f"  {WHY[why]} : {causes[why]}" for why in Why if causes[why]),
        ]
    )


def _fte(hundredths: int) -> str:
    return f"{hundredths // 100},{hundredths % 100:02}"
