from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ancrage.web.charts import (
    Column,
    HeatCell,
    HeatLine,
    HeatMap,
    HeatRow,
    LinearScale,
    Series,
    Sparkline,
    Tension,
    Tone,
    area_path,
    band_path,
    cell_columns,
    heat_map,
    length_of,
    line_chart,
    line_path,
    linear_levels,
    nice_ticks,
    px,
    quantile_levels,
    sparkline,
    staircase,
    step_path,
    tension,
)

counts = st.integers(0, 100_000)
finite = st.floats(-1e6, 1e6)


# --- Scales and ticks ----------------------------------------------------------------------------


def test_px_rounds_to_a_tenth_and_knows_no_negative_zero():
    assert [str(px(v)) for v in (12.34, 12.35001, -0.04, 7)] == ["12.3", "12.4", "0.0", "7.0"]


def test_linear_scale_upwards():
    scale = LinearScale(0, 10, 200, 20)

    assert [scale(value) for value in (0, 5, 10, 20)] == [200, 110, 20, -160]


def test_linear_scale_of_a_single_value_stays_at_its_start():
    assert LinearScale(3, 3, 10, 90)(3) == 10


@given(finite, finite, st.floats(0, 1))
def test_linear_scale_keeps_values_between_its_ends(low, high, share):
    scale = LinearScale(low, high, 0, 100)

    assert -1e-6 <= scale(low + share * (high - low)) <= 100 + 1e-6


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [
        (0, 31, (0, 10, 20, 30, 40)),
        (0, 4, (0, 1, 2, 3, 4)),
        (0, 100, (0, 20, 40, 60, 80, 100)),
        (0, 0.5, (0, 0.1, 0.2, 0.3, 0.4, 0.5)),
        (-12, 12, (-15, -10, -5, 0, 5, 10, 15)),
        (2014, 2026, (2010, 2015, 2020, 2025, 2030)),
        (0, 0, (0, 0.2, 0.4, 0.6, 0.8, 1)),
        (7, 7, (0, 2, 4, 6, 8)),
        (-7, -7, (-8, -6, -4, -2, 0)),
    ],
)
def test_nice_ticks(low, high, ticks):
    assert nice_ticks(low, high) == ticks


def test_nice_ticks_of_counts_never_fall_between_two_integers():
    assert nice_ticks(0, 2, whole=True) == (0, 1, 2)


def test_nice_ticks_of_counts_that_differ_by_a_rounding():
    assert nice_ticks(3, 3 + 1e-12, whole=True) == (3, 4)


def test_nice_ticks_backwards():
    with pytest.raises(ValueError, match="exceed"):
        nice_ticks(2, 1)


def test_nice_ticks_without_interval():
    with pytest.raises(ValueError, match="target"):
        nice_ticks(0, 1, target=0)


@given(st.floats(-1e9, 1e9), st.floats(1e-3, 1e9), st.integers(1, 10))
def test_nice_ticks_cover_the_values_with_few_even_steps(low, span, target):
    high = low + span

    ticks = nice_ticks(low, high, target=target)

    steps = [after - before for before, after in pairwise(ticks)]
    slack = 1e-6 * max(abs(low), abs(high), span)
    assert ticks[0] <= low + slack
    assert ticks[-1] >= high - slack
    assert 1 <= len(steps) <= target + 2
    assert max(steps) - min(steps) <= slack + 1e-8


# --- Columns ------------------------------------------------------------------------------------


def test_length_of_is_proportional():
    assert [length_of(v, 40, 100) for v in (0, 10, 40)] == [0.0, 25.0, 100.0]


def test_length_of_something_tiny_is_still_visible():
    assert length_of(1, 100_000, 90) == 2.0


@pytest.mark.parametrize(("value", "maximum"), [(-1, 5), (6, 5), (1, 0)])
def test_length_of_a_value_out_of_scale(value, maximum):
    with pytest.raises(ValueError, match="not between"):
        length_of(value, maximum, 90)


@given(st.lists(counts, min_size=1))
def test_columns_keep_the_order_of_the_values(values):
    lengths = [column.height for column in cell_columns(values)]

    by_value = sorted(zip(values, lengths, strict=True))
    assert [length for _, length in by_value] == sorted(lengths)
    assert all((length == 0) == (value == 0) for value, length in by_value)
    assert max(lengths) == (48 if max(values) else 0)


def test_cell_columns_stand_on_the_bottom_of_their_cell():
    assert cell_columns([8, 31, 0]) == (
        Column("", 8, 5.0, 35.6, 34, 12.4),
        Column("", 31, 5.0, 0.0, 34, 48.0),
        Column("", 0, 5.0, 48.0, 34, 0.0),
    )


# --- Lines, steps, areas -------------------------------------------------------------------------


def test_line_path():
    assert line_path([(0, 10), (5.04, 2.26), (10, 10)]) == "M0,10L5,2.3L10,10"


def test_step_path_drops_at_the_event_and_not_before():
    assert step_path([(0, 0), (6, 0), (6, 10), (12, 30)]) == "M0,0H6V10H12V30"


def test_step_path_backwards():
    with pytest.raises(ValueError, match="backwards"):
        step_path([(5, 1), (3, 2)])


def test_area_path_closes_on_its_baseline():
    assert area_path([(0, 10), (10, 4)], 28) == "M0,28L0,10L10,4L10,28Z"


def test_band_path_goes_and_comes_back():
    assert band_path([(0, 1), (9, 2)], [(0, 5), (9, 6)]) == "M0,1L9,2L9,6L0,5Z"


@pytest.mark.parametrize(
    "path", [line_path([]), step_path([]), area_path([], 3), band_path([], [])]
)
def test_paths_of_nothing_are_empty(path):
    assert path == ""


def test_staircase_gives_the_corners_of_the_steps():
    assert staircase([(0, 0), (4, 2), (4, 3), (6, 3)]) == ((0, 0), (4, 0), (4, 2), (4, 3), (6, 3))


def test_sparkline_marks_its_peak():
    assert sparkline([0, 10, 5], width=126, height=26) == Sparkline(
        126, 26, "M3,23L63,3L123,13", "M3,23L3,23L63,3L123,13L123,23Z", 63.0, 3.0, 1
    )


def test_sparkline_marks_the_first_of_equal_peaks():
    assert sparkline([1, 7, 2, 7]).peak_index == 1


def test_sparkline_of_a_flat_series_has_no_peak():
    assert sparkline([4, 4, 4]).peak_index is None


def test_sparkline_of_one_value_is_a_level_line():
    assert sparkline([4]).line == "M3,3L117,3"


def test_sparkline_of_nothing_is_empty():
    assert sparkline([]) == Sparkline(120, 28, "", "", 3.0, 25.0, None)


@given(st.lists(counts, min_size=1, max_size=24))
def test_sparkline_stays_in_its_box(values):
    drawn = sparkline(values)

    corners = [pair.split(",") for pair in drawn.line.removeprefix("M").split("L")]
    assert all(3 <= float(x) <= 117 and 3 <= float(y) <= 25 for x, y in corners)
    assert (drawn.peak_index is None) == (len(set(values)) == 1)
    if drawn.peak_index is not None:
        assert values[drawn.peak_index] == max(values)


def test_line_chart_of_a_survival_curve():
    chart = line_chart(
        [
            Series(
                "Avec suivi",
                ((0, 100), (6, 90), (12, 80)),
                band=((100, 100), (80, 100), (70, 90)),
            ),
            Series("Sans suivi", ((0, 100), (12, 78)), tone=Tone.CORAL),
        ],
        key="maintien",
        title="Le suivi retient",
        description="Part encore en poste selon les mois écoulés.",
        steps=True,
        top_value=100,
        width=274,
        height=142,
    )

    assert [tick.value for tick in chart.y_ticks] == [0, 50, 100]
    assert [(tick.value, tick.position) for tick in chart.x_ticks] == [
        (0, 44.0),
        (2, 64.0),
        (4, 84.0),
        (6, 104.0),
        (8, 124.0),
        (10, 144.0),
        (12, 164.0),
    ]
    followed, alone = chart.series
    assert followed.line == "M44,12H104V22H164V32"
    assert followed.band == "M44,12L104,12L164,12L164,22L164,42L164,32L104,32L104,12L44,12Z"
    assert (followed.end_x, followed.end_y) == (170.0, 32.0)
    assert (alone.line, alone.tone, alone.end_y) == ("M44,12H164V34", Tone.CORAL, 48.0)


def test_line_chart_of_nothing():
    with pytest.raises(ValueError, match="at least one series"):
        line_chart([], key="k", title="t", description="d")


def test_line_chart_with_a_band_of_another_length():
    with pytest.raises(ValueError, match="one interval per point"):
        line_chart(
            [Series("a", ((0, 1), (1, 2)), band=((0, 1),))], key="k", title="t", description="d"
        )


# --- Heat map and tension ------------------------------------------------------------------------


def test_linear_levels_keep_zero_apart():
    assert linear_levels([0, 1, 2, 4, 6, 8, 10]) == (0, 1, 1, 2, 3, 4, 5)


def test_linear_levels_of_small_counts_do_not_shout():
    assert linear_levels([0, 1, 2]) == (0, 1, 2)


def test_quantile_levels_share_the_classes_by_rank():
    assert quantile_levels([0, 1, 2, 3, 40, 500]) == (0, 1, 2, 3, 4, 5)


def test_quantile_levels_of_equal_values_are_equal():
    assert quantile_levels([3, 3, 0, 9]) == (4, 4, 0, 5)


@pytest.mark.parametrize("levels", [linear_levels, quantile_levels])
def test_levels_of_nothing(levels):
    assert levels([]) == ()


@pytest.mark.parametrize("levels", [linear_levels, quantile_levels])
def test_levels_of_a_negative_count(levels):
    with pytest.raises(ValueError, match="never negative"):
        levels([1, -1])


@given(st.sampled_from([linear_levels, quantile_levels]), st.lists(counts))
def test_levels_follow_the_values(levels, values):
    classes = levels(values)

    by_value = sorted(zip(values, classes, strict=True))
    assert [level for _, level in by_value] == sorted(classes)
    assert all(0 <= level <= 5 and (level == 0) == (value == 0) for value, level in by_value)


def test_heat_map():
    drawn = heat_map(
        [
            HeatLine("Aides-soignants", (3, 10), "/as/", ("/as/01/", "/as/02/")),
            HeatLine("Infirmiers", (0, 2)),
        ],
        columns=["janv.", "févr."],
    )

    assert drawn == HeatMap(
        columns=("janv.", "févr."),
        rows=(
            HeatRow(
                "Aides-soignants",
                "/as/",
                (HeatCell(3, 2, "/as/01/", "janv."), HeatCell(10, 5, "/as/02/", "févr.")),
                13,
            ),
            HeatRow(
                "Infirmiers", "", (HeatCell(0, 0, "", "janv."), HeatCell(2, 1, "", "févr.")), 2
            ),
        ),
        totals=(
            Column("janv.", 3, 5.0, 36.0, 34, 12.0),
            Column("févr.", 12, 5.0, 0.0, 34, 48.0),
        ),
        total=15,
    )


def test_heat_map_by_rank():
    drawn = heat_map([HeatLine("a", (1, 2, 900))], columns=["x", "y", "z"], by_rank=True)

    assert [cell.level for cell in drawn.rows[0].cells] == [2, 4, 5]


def test_heat_map_with_a_line_too_short():
    with pytest.raises(ValueError, match="one value per column"):
        heat_map([HeatLine("a", (1,))], columns=["x", "y"])


@pytest.mark.parametrize(
    ("posts", "profiles", "expected"),
    [
        (41, 15, Tension(2.7, 2)),
        (3, 2, Tension(1.5, 1)),
        (49, 20, Tension(2.5, 2)),  # 2.45 is printed as 2,5 and coloured as 2,5.
        (7, 2, Tension(3.5, 3)),
        (1, 4, Tension(0.3, 0)),
        (0, 4, Tension(0.0, 0)),
        (3, 0, Tension(None, 3)),
        (0, 0, Tension(None, None)),
        (5, None, Tension(None, None)),
    ],
)
def test_tension(posts, profiles, expected):
    assert tension(posts, profiles) == expected


def test_tension_of_a_negative_count():
    with pytest.raises(ValueError, match="never negative"):
        tension(-1, 3)
