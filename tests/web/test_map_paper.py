"""Maps on paper: the drawing alone, its legend beside it; marks that carry their number."""

from ancrage.web.maps import Figure, Place, Tint, base_map, draw_map, printed_map

PLACES = tuple(Place(str(n), f"Lieu {n}", 47.0 + n / 50, -2.0 + n % 3 / 20) for n in range(6))
STEPS = ("moins de 2", "de 2 à 3, tout près du seuil", "3", "4", "5 et plus")


def drawing(**options):
    figures = [Figure("1", 12, level=0), Figure("4", 1, level=4)]
    return draw_map(
        base_map(PLACES),
        figures,
        key="k",
        title="Titre",
        description="Lecture.",
        tint=Tint.BALANCE,
        tint_label="Accès",
        tint_steps=STEPS,
        **options,
    )


def test_a_printed_map_says_its_legend_apart():
    printed = printed_map(drawing())

    assert printed["alt"] == "Titre. Lecture."
    assert [label for _colour, label in printed["steps"]] == list(STEPS)
    assert [value for value, _share in printed["circles"]] == ["10", "4", "1"]
    assert "Accès" not in printed["svg"]
    assert "Limites approchées" not in printed["svg"]
    assert printed["notes"].startswith("Limites approchées")


def test_marks_have_one_size_and_their_number_and_no_legend():
    marked = drawing(marks=True)

    assert [(one.code, one.text, one.large) for one in marked.circles] == [
        ("1", "12", True),
        ("4", "1", True),
    ]
    assert len({one.radius for one in marked.circles}) == 1
    assert marked.legend is None
