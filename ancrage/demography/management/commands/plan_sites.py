"""`plan_sites … --posts K --out FILE.csv`: where to put k more posts, and how good that is."""

from argparse import ArgumentParser
from collections.abc import Mapping
from typing import Any

from ancrage.core.accessibility.parameters import Steps
from ancrage.core.accessibility.potential import Catchments
from ancrage.core.accessibility.siting.cover import by_cover
from ancrage.core.accessibility.siting.lack import by_deficit, by_worst_off
from ancrage.core.accessibility.siting.programs import SECONDS
from ancrage.core.accessibility.siting.values import Objective, Request, Search, Siting
from ancrage.demography.management.command import AccessCommand, Case, refused, write_rows

SAID = {
    Objective.DEFICIT: "Ce qui manque sous le seuil",
    Objective.WORST_OFF: "La commune la moins bien servie",
    Objective.COVER: "Habitants qui ont quelqu’un tout près",
}


class Command(AccessCommand):
    help = "Place k postes de plus sur un territoire, avec la preuve ou l’écart."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--posts", type=int, required=True, metavar="K")
        parser.add_argument(
            "--objective", default="deficit", choices=[one.value for one in Objective]
        )
        parser.add_argument("--threshold", type=float, help="celui des paramètres, sinon")
        parser.add_argument(
            "--near", type=float, default=10, metavar="MINUTES", help="pour l’objectif « cover »"
        )
        parser.add_argument(
            "--most", type=int, metavar="N", help="postes dans une même commune, au plus"
        )
        parser.add_argument("--search", default="exact", choices=[one.value for one in Search])
        parser.add_argument("--seconds", type=float, default=SECONDS)

    def run(self, case: Case, options: Mapping[str, Any]) -> None:
        found = _placed(case, options)
        write_rows(
            options["out"],
            ("code", "nom", "postes"),
            (
                (case.communes.codes[rank], case.communes.names[rank], count)
                for rank, count in found.posts
            ),
        )
        self.stdout.write("\n".join(_summary(case, found)))


def _placed(case: Case, options: Mapping[str, Any]) -> Siting:
    posts, search, seconds = options["posts"], Search(options["search"]), options["seconds"]
    objective, parameters = Objective(options["objective"]), case.parameters
    most = posts if options["most"] is None else options["most"]
    for name, count in (("posts", posts), ("most", most)):
        if count < 1:
            raise refused(f"--{name} : au moins un poste.")
    request = Request(
        territory=case.territory,
        candidates=case.territory,
        posts=posts,
        post=parameters.post,
        most=most,
    )
    if objective is Objective.COVER:
        near, people = _near(case, options["near"]), case.communes.people
        supply = case.supply.by_place
        return by_cover(near, people, supply, request, search=search, seconds=seconds)
    place = by_deficit if objective is Objective.DEFICIT else by_worst_off
    threshold = _threshold(case, options["threshold"])
    return place(case.state(), request, threshold, search=search, seconds=seconds)


def _threshold(case: Case, asked: float | None) -> float:
    """The threshold, by person."""
    threshold = case.parameters.threshold if asked is None else asked
    if threshold is None:
        raise refused("Ces paramètres n’ont pas de seuil : donnez-en un avec --threshold.")
    if not threshold > 0:
        raise refused("--threshold : un nombre au-dessus de 0.")
    return threshold / case.parameters.people


def _near(case: Case, minutes: float) -> Catchments:
    reach = case.parameters.decay.reach
    if not 0 < minutes <= reach:
        raise refused(f"--near : entre 1 et {reach:g} minutes, la portée de ces paramètres.")
    return Catchments(case.pairs, Steps((minutes,), (1.0,), closed=True))


def _summary(case: Case, found: Siting) -> list[str]:
    shown = case.parameters.people if found.objective is Objective.WORST_OFF else 1
    posts = [
        f"  {case.communes.names[rank]} ({case.communes.codes[rank]}) : {count}"
        for rank, count in found.posts
    ]
    lines = [
        f"Postes placés : {sum(count for _rank, count in found.posts)}.",
        *posts,
        f"{SAID[found.objective]} : {found.before * shown:.5g} avant,"
        f" {found.value * shown:.5g} après.",
        f"Preuve : {_proof(found)}.",
    ]
    if found.stuck:
        named = ", ".join(case.communes.codes[rank] for rank in found.stuck)
        lines.append(f"Communes qu’aucun poste ne peut aider : {named}.")
    lines.append("Simulation, non opposable.")
    return lines


def _proof(found: Siting) -> str:
    if found.searched:
        return "toutes les façons de placer ces postes ont été écartées ; aucune n’est meilleure"
    if found.gap is None:
        return "non cherchée : le meilleur poste a été pris, un à la fois"
    if found.proved:
        return "aucune façon de placer ces postes n’est meilleure"
    return f"il manque à celle-ci au plus {found.gap:.1%} de ce que gagne la meilleure"
