"""What the commands on accessibility have in common: files in, communes and supply out."""

import csv
from argparse import ArgumentParser
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ancrage.core.accessibility.parameters import SETS, Parameters
from ancrage.core.accessibility.potential import Catchments, Potential, potential
from ancrage.core.accessibility.travel import CrowFly, Floats, Pairs, crow_fly
from ancrage.demography.services.reading.lines import FileRefused, some
from ancrage.demography.services.reading.plain import (
    Communes,
    Supply,
    read_communes,
    read_minutes,
    read_supply,
)
from ancrage.demography.services.sets import read_sheet

# What a file says may be wrong: like a wrong option, that is not a failure of the program.
BAD_INPUT = 2
_NAMED = 10
# Two catchments: what surrounds a territory counts up to there.
RING_MINUTES = 40


def called(parameters: Parameters) -> str:
    """Return what people call a set."""
    return parameters.title or parameters.name


def refused(sentence: str) -> CommandError:
    """Return why nothing is computed, as commands say it."""
    return CommandError(sentence, returncode=BAD_INPUT)


@dataclass(frozen=True)
class Case:
    """What the files say, ready to be computed."""

    communes: Communes
    supply: Supply
    parameters: Parameters
    pairs: Pairs
    demand: Floats
    territory: tuple[int, ...]

    def state(self) -> Potential:
        """Return what each commune can reach."""
        return potential(
            Catchments(self.pairs, self.parameters.decay), self.demand, self.supply.by_place
        )


class AccessCommand(BaseCommand):
    """Reads communes, supply and minutes; says what it noticed."""

    # It reads files and writes another: no database, no settings to check.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--communes", type=Path, required=True, metavar="FICHIER")
        parser.add_argument("--supply", type=Path, required=True, metavar="FICHIER")
        parser.add_argument("--minutes", type=Path, metavar="FICHIER")
        parser.add_argument(
            "--parameters",
            default="proche-2015",
            metavar="NOM|FICHIER",
            help=f"{', '.join(sorted(SETS))}, ou le fichier d’un jeu de paramètres",
        )
        parser.add_argument(
            "--territory",
            default="",
            metavar="CODES",
            help="départements ou communes, séparés par des virgules (tout, sinon)",
        )
        parser.add_argument(
            "--steady",
            action="store_true",
            help="sans fichier de minutes : 50 km/h partout, au lieu de vitesses selon la route",
        )
        parser.add_argument("--out", type=Path, required=True, metavar="FICHIER")

    def handle(self, *_args: str, **options: Any) -> None:
        try:
            self.run(self.case(options), options)
        except FileRefused as error:
            raise refused(str(error)) from error

    def run(self, case: Case, options: Mapping[str, Any]) -> None:
        """Compute, write and tell. Raises `CommandError`."""
        raise NotImplementedError

    def case(self, options: Mapping[str, Any]) -> Case:
        """Return what the files say. Raises `FileRefused`, `CommandError`."""
        parameters = _parameters(options["parameters"])
        communes = read_communes(options["communes"], parameters.age_weights)
        supply = read_supply(options["supply"], communes, parameters)
        pairs = self._pairs(communes, parameters, options)
        territory = _territory(communes, options["territory"])
        demand = communes.people
        if parameters.age_weights is not None and communes.by_age is not None:
            demand = parameters.age_weights.standardised(communes.by_age)
        self._tell(communes, supply, parameters, territory)
        return Case(communes, supply, parameters, pairs, demand, territory)

    def _pairs(
        self, communes: Communes, parameters: Parameters, options: Mapping[str, Any]
    ) -> Pairs:
        most = parameters.decay.reach
        if options["minutes"] is not None:
            pairs, mended = read_minutes(options["minutes"], communes, most)
            if mended.one_way:
                self.stderr.write(
                    f"{some(mended.one_way, 'trajet donné', 'trajets donnés')} dans un seul sens :"
                    " le retour prend le même temps."
                )
            if mended.twice:
                twice = some(mended.twice, "trajet", "trajets")
                self.stderr.write(f"{twice} en double : le plus court est gardé.")
            return pairs
        if len(unknown := communes.without_point()):
            named = _named([communes.codes[rank] for rank in unknown])
            raise refused(
                f"Sans fichier de minutes, il faut les coordonnées de chaque commune."
                f" Il en manque : {named}."
            )
        self.stderr.write(
            "Minutes estimées à vol d’oiseau, par-dessus l’eau et la montagne : donnez un fichier"
            " de minutes pour de vrais trajets."
        )
        return crow_fly(
            communes.latitudes,
            communes.longitudes,
            most=most,
            people=communes.people,
            roads=CrowFly(slow=50, fast=50, jam=0) if options["steady"] else CrowFly(),
        )

    def _tell(
        self,
        communes: Communes,
        supply: Supply,
        parameters: Parameters,
        territory: Sequence[int],
    ) -> None:
        for note in (*communes.notes, *supply.notes):
            self.stderr.write(note)
        if parameters.approximate:
            self.stderr.write(f"Paramètres approchés : {parameters.source}.")
        if parameters.age_weights is not None and communes.by_age is None:
            self.stderr.write("Sans population par âge, tout le monde compte autant.")
        if supply.too_old:
            self.stderr.write(
                f"{some(supply.too_old, 'ligne laissée', 'lignes laissées')} de côté : plus de"
                f" {parameters.age_cap} ans."
            )
        if supply.elsewhere:
            self.stderr.write(f"Offre hors des communes données : {_named(supply.elsewhere)}.")
        if len(territory) == len(communes.codes):
            self.stderr.write(
                f"Au bord, il manque les voisines : donnez aussi les communes à moins de"
                f" {RING_MINUTES} minutes, et le territoire avec --territory."
            )


def _parameters(asked: str) -> Parameters:
    """The set of that name, or the one that a file holds. Raises `FileRefused`."""
    if asked in SETS:
        return SETS[asked]
    path = Path(asked)
    try:
        with path.open("rb") as stream:
            return read_sheet(stream, filename=path.name).sheet.values
    except OSError as error:
        raise refused(
            f"--parameters : « {asked} » n’est ni un jeu connu ({', '.join(sorted(SETS))}), ni un"
            f" fichier que l’on peut lire ({error.strerror})."
        ) from error


def write_rows(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a table with commas and points, for other programs. Raises `CommandError`."""
    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(header)
            writer.writerows(rows)
    except OSError as error:
        raise refused(f"Impossible d’écrire « {path} » : {error.strerror}.") from error


def _territory(communes: Communes, asked: str) -> tuple[int, ...]:
    prefixes = tuple(code.strip().upper() for code in asked.split(",") if code.strip())
    if not prefixes:
        return tuple(range(len(communes.codes)))
    for prefix in prefixes:
        if not any(code.startswith(prefix) for code in communes.codes):
            raise refused(f"--territory : aucune commune ne commence par « {prefix} ».")
    return tuple(rank for rank, code in enumerate(communes.codes) if code.startswith(prefixes))


def _named(codes: Sequence[str]) -> str:
    unique = list(dict.fromkeys(codes))
    more = f" et {len(unique) - _NAMED} autres" if len(unique) > _NAMED else ""
    return ", ".join(unique[:_NAMED]) + more
