"""`plan_runs INSTANCE --out PLAN`: which training runs open, from a file to a file."""

from collections import Counter
from typing import Any

from ancrage.core.runs.judge import violations
from ancrage.core.runs.reasons import Reasons, WhyNotSent, explain
from ancrage.core.runs.solve import plan
from ancrage.core.runs.values import InvalidInstance, Plan, Proof
from ancrage.kit.management.planning import OutOfTime, PlanCommand, refuse
from ancrage.kit.management.reading import BadFile
from ancrage.training.management.run_files import plan_as_json, read_runs, said

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


class Command(PlanCommand):
    help = "Choisit les sessions de formation à ouvrir, et qui y va (instance en JSON)."

    def planned(self, text: str, out_of_time: OutOfTime, **options: Any) -> tuple[str, str]:
        """Return the plan as JSON and its summary. Raises `BadFile`."""
        try:
            request = read_runs(text)
            self.tell_ignored(request.ignored)
            found = plan(request.instance, out_of_time=out_of_time)
        except InvalidInstance as error:
            raise BadFile(said(error)) from error
        refuse(violations(request.instance, found))
        reasons = explain(request.instance, found)
        return plan_as_json(request.instance, found, reasons), _summary(found, reasons)


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
