"""Invented names: each says « fictif » or « fictive », so that nobody takes it for somebody."""

from itertools import product
from random import Random

# Many more women than men work in care.
_SHARE_OF_WOMEN = 0.78

WOMEN = (
    "Maëlys", "Solène", "Inès", "Fatou", "Nolwenn", "Aïcha", "Rozenn", "Lina", "Bleuenn", "Awa",
    "Zélie", "Hélène", "Myriam", "Klervi", "Sandrine", "Assia", "Enora", "Coralie", "Mariama",
    "Jeanne", "Sabrina", "Émilie", "Thuy", "Gaëlle",
)  # fmt: skip
MEN = (
    "Titouan", "Youn", "Malo", "Erwan", "Samir", "Ilyes", "Corentin", "Mathis", "Bakary", "Loïc",
    "Florian", "Goulven",
)  # fmt: skip
LAST_NAMES = (
    "Bernard", "Guillou", "Traoré", "Lemaire", "Kerbrat", "Ouali", "Prigent", "Marchand", "Diallo",
    "Josselin", "Haddad", "Rousseau", "Le Bihan", "Legrand", "Morvan", "Sow", "Chauvin", "Nguyen",
    "Brossard", "Pasquier", "Cadoret", "Renaudin", "Belkacem", "Leroux",
)  # fmt: skip


def draw_names(count: int, draws: Random) -> list[tuple[str, str]]:
    """Draw `count` first and last names, no pair twice; at most a few hundred."""
    women = round(count * _SHARE_OF_WOMEN)
    pairs = [
        *_pairs(WOMEN, "fictive", women, draws),
        *_pairs(MEN, "fictif", count - women, draws),
    ]
    draws.shuffle(pairs)
    return pairs


def _pairs(
    first_names: tuple[str, ...], mark: str, count: int, draws: Random
) -> list[tuple[str, str]]:
    drawn = draws.sample(list(product(first_names, LAST_NAMES)), count)
    return [(first, f"{last} ({mark})") for first, last in drawn]
