import pytest

from ancrage.web.palette import (
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


@pytest.mark.parametrize("ground", TENSION_COLOURS)
def test_tension_classes_are_readable(ground):
    assert contrast(INK, ground) >= READABLE


def test_sea_names_are_readable():
    assert contrast(SEA_INK, SEA) >= READABLE
