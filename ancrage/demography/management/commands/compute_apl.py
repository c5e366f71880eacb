"""`compute_apl --communes FILE --supply FILE --out FILE`: accessibility, commune by commune."""

from collections.abc import Mapping
from typing import Any

from ancrage.demography.management.command import AccessCommand, Case, called, write_rows


class Command(AccessCommand):
    help = "Calcule l’accessibilité potentielle de chaque commune, de fichiers à fichier."

    def run(self, case: Case, options: Mapping[str, Any]) -> None:
        state = case.state()
        access = state.access * case.parameters.people
        write_rows(
            options["out"],
            ("code", "nom", "population", "population_standardisee", "offre", "accessibilite"),
            (
                (
                    case.communes.codes[rank],
                    case.communes.names[rank],
                    float(case.communes.people[rank]),
                    float(case.demand[rank]),
                    float(state.supply[rank]),
                    repr(float(access[rank])),
                )
                for rank in case.territory
            ),
        )
        inside = list(case.territory)
        people = case.demand[inside].sum()
        mean = float(case.demand[inside] @ access[inside] / people) if people > 0 else 0.0
        lines = [
            f"Communes : {len(inside)}, sur {len(case.communes.codes)} lues.",
            f"Moyenne par habitant : {mean:.4g} (paramètres « {called(case.parameters)} »).",
        ]
        if threshold := case.parameters.threshold:
            low = access[inside] < threshold
            share = case.communes.people[inside][low].sum() / case.communes.people[inside].sum()
            lines.append(f"Sous {threshold:g} : {share:.1%} des habitants.")
        if len(state.unreached):
            codes = ", ".join(case.communes.codes[rank] for rank in state.unreached)
            lines.append(f"Offre que personne ne peut rejoindre : {codes}.")
        lines.append("Simulation, non opposable.")
        self.stdout.write("\n".join(lines))
