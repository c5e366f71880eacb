import re
from pathlib import Path

import pytest

from ancrage.web import palette
from ancrage.web.palette import (
    BALANCE_COLOURS,
    HEAT_COLOURS,
    HEAT_INKS,
    INK,
    MIST,
    NIGHT,
    OCEAN,
    READABLE,
    SEA,
    SEA_INK,
    TENSION_COLOURS,
    WHITE,
    contrast,
    ink_on,
)


def test_contrast_of_black_on_white():
    assert round(contrast("#000000", "#FFFFFF"), 2) == 21.0


def test_contrast_does_not_depend_on_the_order():
    assert contrast(OCEAN, WHITE) == contrast(WHITE, OCEAN)


def test_contrast_of_a_short_colour_is_refused():
    with pytest.raises(ValueError, match="#RRGGBB"):
        contrast("#fff", WHITE)


@pytest.mark.parametrize(
    ("colour", "ground", "expected"),
    [(INK, WHITE, 13.9), (MIST, WHITE, 6.5), (OCEAN, WHITE, 8.4), (NIGHT, WHITE, 13.3)],
)
def test_contrast_of_the_tokens(colour, ground, expected):
    assert round(contrast(colour, ground), 1) == expected


@pytest.mark.parametrize(("ground", "ink"), list(zip(HEAT_COLOURS, HEAT_INKS, strict=True)))
def test_heat_classes_are_readable(ground, ink):
    assert contrast(ink, ground) >= READABLE


def test_heat_inks_are_the_best_of_ink_and_white():
    dark_enough = [ink_on(ground) for ground in HEAT_COLOURS]

    assert dark_enough == [INK, INK, INK, INK, WHITE, WHITE]


@pytest.mark.parametrize("ground", [*TENSION_COLOURS, *BALANCE_COLOURS])
def test_tension_classes_are_readable(ground):
    assert contrast(INK, ground) >= READABLE


def test_sea_names_are_readable():
    assert contrast(SEA_INK, SEA) >= READABLE


# --- The tokens of the style sheets -----------------------------------------------------------

CSS = Path(__file__).resolve().parents[2] / "ancrage" / "static" / "css"
TOKENS = dict(
    re.findall(
        r"--([a-z0-9-]+): (#[0-9a-f]{6});", (CSS / "tokens.css").read_text(encoding="utf-8")
    )
)

# Text of ordinary size on the ground where it stands: WCAG 2.2, 1.4.3.
TEXT_PAIRS = [
    *[("encre", ground) for ground in ("blanc", "sable", "sable-2", "ecume-2", "terre")],
    *[("brume", ground) for ground in ("blanc", "sable", "sable-2", "ecume", "ecume-2")],
    *[("ocean", ground) for ground in ("blanc", "sable", "ecume", "ecume-2", "chaleur-2")],
    *[("nuit", ground) for ground in ("blanc", "ecume", "ecume-2", "chaleur-2")],
    *[("blanc", ground) for ground in ("ocean", "nuit", "corail", "corail-fonce")],
    *[(ink, "nuit") for ink in ("nuit-texte", "nuit-libelle", "nuit-surtitre")],
    ("corail", "peche"),
    ("corail", "blanc"),
    ("ambre", "miel"),
    ("algue", "menthe"),
    ("encre", "tension-0"),
    ("encre", "tension-1"),
    ("encre", "tension-2"),
    ("encre", "tension-3"),
    ("brume", "chaleur-0"),
    ("encre", "chaleur-1"),
    ("encre", "chaleur-2"),
    ("encre", "chaleur-3"),
    ("blanc", "chaleur-4"),
    ("blanc", "chaleur-5"),
    ("mer-nom", "mer"),
]

# Edges of fields, marks of a state and parts of a drawing: WCAG 2.2, 1.4.11.
GRAPHIC_PAIRS = [
    *[("bord", ground) for ground in ("blanc", "sable", "ecume-2")],
    *[("ocean", ground) for ground in ("blanc", "sable", "ecume")],
    ("corail", "blanc"),
    ("corail-vif", "blanc"),
    ("lagon", "blanc"),
    ("lagon", "ecume-2"),
    ("serie-femmes", "blanc"),
    ("serie-hommes", "blanc"),
    ("serie-2", "blanc"),
    ("nuit", "tension-3"),
    ("blanc", "nuit"),
]


@pytest.mark.parametrize(("ink", "ground"), TEXT_PAIRS)
def test_text_is_readable(ink, ground):
    assert contrast(TOKENS[ink], TOKENS[ground]) >= READABLE


@pytest.mark.parametrize(("mark", "ground"), GRAPHIC_PAIRS)
def test_marks_are_visible(mark, ground):
    assert contrast(TOKENS[mark], TOKENS[ground]) >= 3


def test_every_colour_used_by_a_sheet_is_a_token():
    defined = set(re.findall(r"(?<!\w)--([\w-]+):", "".join(map(_read, CSS.glob("*.css")))))
    used = set(re.findall(r"var\(--([\w-]+)\)", "".join(map(_read, CSS.glob("*.css")))))

    assert used - defined == set()


def test_python_and_the_sheets_share_their_colours():
    shared = {
        "INK": "encre",
        "MIST": "brume",
        "WHITE": "blanc",
        "OCEAN": "ocean",
        "NIGHT": "nuit",
        "LAGOON": "lagon",
        "SAND": "sable",
        "HAIRLINE": "trait",
        "CORAL": "corail",
        "BRIGHT_CORAL": "corail-vif",
        "SECOND_BAR": "serie-2",
        "SEA": "mer",
        "SEA_INK": "mer-nom",
        "OTHER_LAND": "terre",
        "OTHER_LAND_EDGE": "terre-bord",
        "DEPTH_LINE": "fond",
    }

    assert {name: getattr(palette, name).lower() for name in shared} == {
        name: TOKENS[token] for name, token in shared.items()
    }
    assert [colour.lower() for colour in HEAT_COLOURS] == [
        TOKENS[f"chaleur-{n}"] for n in range(6)
    ]
    assert [colour.lower() for colour in TENSION_COLOURS] == [
        TOKENS[f"tension-{n}"] for n in range(4)
    ]
    balance = ("tension-3", "tension-2", "chaleur-0", "chaleur-2", "chaleur-3")
    assert [colour.lower() for colour in BALANCE_COLOURS] == [TOKENS[one] for one in balance]


def _read(sheet: Path) -> str:
    return sheet.read_text(encoding="utf-8")


def test_plain_land_is_that_of_the_sheet_of_maps():
    sheet = Path(palette.__file__).parents[1] / "static" / "css" / "maps.css"

    assert f"--terre-nue: {palette.PLAIN_LAND.lower()};" in sheet.read_text()
    assert f"--terre-hachure: {palette.HATCH.lower()};" in sheet.read_text()


def test_names_are_readable_on_every_ground_of_the_map():
    grounds = (palette.PLAIN_LAND, palette.OTHER_LAND, SEA, *TENSION_COLOURS)

    assert [ground for ground in grounds if contrast(INK, ground) < READABLE] == []
