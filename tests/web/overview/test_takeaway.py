from hypothesis import given
from hypothesis import strategies as st

from ancrage.web.overview.takeaway import Peak, leading, peak_of, takeaway

MONTHS = (1, 2, 3, 4, 5, 6, 7, 8)


def test_takeaway_with_season_and_leaders_says_where_when_which():
    sentence = takeaway(
        communes=[("Pornic", 40), ("Saint-Brevin", 30), ("Vue", 20), ("Rouans", 10)],
        months=list(zip(MONTHS, (5, 5, 5, 5, 20, 30, 20, 10), strict=True)),
        professions=[("Aides-soignants", 60), ("Infirmiers", 40)],
        overdue=0,
    )

    assert sentence == (
        "Une commune, <strong>Pornic</strong>, porte <strong>40\u00a0%</strong> des besoins. "
        "Les prises de poste culminent <strong>de mai à juillet</strong>. "
        "Le premier métier recherché\u00a0: <strong>aides-soignants</strong>."
    )


def test_takeaway_with_two_leaders_names_both():
    sentence = takeaway(
        communes=[("Pornic", 30), ("Saint-Brevin", 25), ("Vue", 25), ("Rouans", 20)],
        months=[(month, 1) for month in MONTHS],
        professions=[("Infirmiers", 50), ("Aides-soignants", 50)],
        overdue=92,
    )

    assert sentence == (
        "Deux communes, <strong>Pornic</strong> et <strong>Saint-Brevin</strong>, portent "
        "<strong>55\u00a0%</strong> des besoins. "
        "Plus de la moitié sont <strong>attendus dès maintenant</strong>."
    )


def test_takeaway_with_few_posts_counts_them_only():
    sentence = takeaway(
        communes=[("Vue", 2), ("Rouans", 1)],
        months=[(5, 3)],
        professions=[("Infirmiers", 3)],
        overdue=0,
    )

    assert sentence == "<strong>3 postes</strong> sont à pourvoir, dans 2 communes."


def test_takeaway_without_need_says_so():
    sentence = takeaway(communes=[], months=[], professions=[], overdue=0)

    assert sentence == "Aucun poste à pourvoir n’est publié sur cette période."


def test_takeaway_escapes_names():
    sentence = takeaway(
        communes=[("<b>Vue</b>", 10), ("A", 5), ("B", 5)],
        months=[],
        professions=[],
        overdue=0,
    )

    assert "<b>" not in sentence


@given(st.lists(st.integers(0, 50), min_size=12, max_size=12))
def test_peak_is_a_run_of_months_above_average(values):
    peak = peak_of(values)

    if peak is not None:
        average = sum(values) / len(values)
        run = values[peak.first : peak.last + 1]
        assert all(value > average for value in run)
        assert 1 <= len(run) <= 6


def test_peak_of_flat_year_is_none():
    assert peak_of([5] * 12) is None


def test_peak_takes_the_fullest_run():
    assert peak_of([9, 0, 0, 0, 6, 6, 6, 0, 0, 0, 0, 0]) == Peak(4, 6)


def test_leading_of_even_communes_is_none():
    assert leading([10] * 21) == 0
