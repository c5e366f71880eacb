"""`plan_shared_posts INSTANCE --out PLAN`: fractions put together, from a file to a file."""

from collections import Counter
from typing import Any

from ancrage.core.posts.judge import violations
from ancrage.core.posts.reasons import Reasons, Why, explain
from ancrage.core.posts.solve import plan
from ancrage.core.posts.values import InvalidInstance, Plan, Proof
from ancrage.kit.management.planning import OutOfTime, PlanCommand, refuse
from ancrage.kit.management.reading import BadFile
from ancrage.matching.management.post_files import plan_as_json, read_posts, said

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


class Command(PlanCommand):
    help = "Compose des postes partagés à partir de fractions de postes (instance en JSON)."

    def planned(self, text: str, out_of_time: OutOfTime, **options: Any) -> tuple[str, str]:
        """Return the plan as JSON and its summary. Raises `BadFile`."""
        try:
            request = read_posts(text)
            self.tell_ignored(request.ignored)
            found = plan(request.instance, out_of_time=out_of_time)
        except InvalidInstance as error:
            raise BadFile(said(error)) from error
        refuse(violations(request.instance, found))
        reasons = explain(request.instance, found)
        return plan_as_json(request.instance, found, reasons), _summary(found, reasons)


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
