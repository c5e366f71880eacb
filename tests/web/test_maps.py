import json

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import Point, box, mapping

from ancrage.territory.queries import communes_in, mapped_communes
from ancrage.territory.reference import pays_de_retz
from ancrage.territory.services import create_reference_territory
from ancrage.web.maps import (
    Backdrop,
    Figure,
    NothingToDraw,
    Place,
    Tint,
    WaterName,
    base_map,
    draw_map,
    territory_base,
)
from ancrage.web.maps.cells import cells_of, centre_of, voronoi
from ancrage.web.maps.labels import Anchor, Box, Spot, place_labels, text_width
from ancrage.web.maps.projection import Projection, fit, path
from tests.factories import CommuneFactory, TerritoryFactory
from tests.factories.moments import NOW

FLAT = Projection(scale=100.0, squeeze=1.0, shift_x=0.0, shift_y=0.0)
"""A hundred pixels per degree both ways: one can check by hand."""


def square(west: float, south: float, side: float) -> str:
    return json.dumps(mapping(box(west, south, west + side, south + side)))


def pays_de_retz_places() -> tuple[Place, ...]:
    return tuple(
        Place(
            fact.insee,
            fact.name,
            fact.latitude,
            fact.longitude,
            hamlets=pays_de_retz.HAMLETS.get(fact.insee, ()),
        )
        for fact in pays_de_retz.COMMUNES
    )


def pays_de_retz_base():
    around = tuple((fact.latitude, fact.longitude) for fact in pays_de_retz.NEIGHBOURS)
    backdrop = Backdrop.from_geojson(pays_de_retz.backdrop(), credit="tracé illustratif")
    return base_map(pays_de_retz_places(), around=around, backdrop=backdrop)


# --- Projection ----------------------------------------------------------------------------------


def test_fit_centres_the_area_in_its_view():
    frame = fit((-2.2, 47.0, -1.8, 47.3), width=760, padding=60)

    assert frame.projection.point(47.15, -2.0) == (380.0, pytest.approx(frame.height / 2, abs=1))
    assert frame.projection.point(47.15, -2.2)[0] == pytest.approx(60)


def test_fit_of_a_tall_area_is_bounded_by_its_height():
    frame = fit((-2.0, 40.0, -1.9, 44.0), width=760, padding=60, tallest=1.1)

    assert frame.height == 836


def test_fit_of_a_single_point_shows_some_land_around():
    frame = fit((-2.0, 47.0, -2.0, 47.0), width=760, padding=60)

    assert frame.projection.point(47.0, -2.0) == (380.0, pytest.approx(frame.height / 2, abs=1))


@given(st.floats(-60, 60), st.floats(-170, 170))
def test_projection_comes_back(latitude, longitude):
    projection = fit((-2.2, 47.0, -1.8, 47.3), width=760, padding=60).projection

    back = projection.place(*projection.point(latitude, longitude))

    assert back == (pytest.approx(latitude), pytest.approx(longitude))


def test_path_of_a_polygon_with_a_hole_to_a_tenth_of_a_pixel():
    ring = shapely.Polygon([(0, 0), (10, 0), (10, 10.06)], [[(7, 2), (8.54, 2), (8, 3)]])

    assert path(ring) == "M0,0L10,0L10,10.1ZM7,2L8.5,2L8,3Z"


def test_path_of_a_line_stays_open():
    assert path(shapely.LineString([(0, 0), (3, 4)])) == "M0,0L3,4"


def test_path_of_a_point_or_of_nothing_is_empty():
    assert path(Point(1, 2)) == path(shapely.Polygon()) == ""


# --- Cells ---------------------------------------------------------------------------------------


@given(st.lists(st.tuples(st.floats(5, 95), st.floats(5, 95)), min_size=1, max_size=40))
def test_voronoi_covers_its_outline_once_and_each_cell_holds_its_point(points):
    outline = box(0, 0, 100, 100)

    cells = voronoi(points, outline)

    assert len(cells) == len(points)
    assert all(cell.is_valid for cell in cells)
    assert shapely.coverage_is_valid(cells)
    assert sum(cell.area for cell in cells) == pytest.approx(outline.area)
    if len({(round(x), round(y)) for x, y in points}) == len(points):
        assert all(
            cell.buffer(0.01).contains(Point(point))
            for cell, point in zip(cells, points, strict=True)
        )


def test_voronoi_of_coinciding_points_gives_each_a_cell():
    cells = voronoi([(50, 50), (50, 50), (10, 10)], box(0, 0, 100, 100))

    assert all(cell.area > 0 for cell in cells)


def test_voronoi_of_one_point_is_the_outline():
    outline = box(0, 0, 100, 100)

    assert voronoi([(3, 4)], outline) == [outline]


def test_cells_of_places_with_contours_are_their_contours():
    places = [
        Place("1", "Ouest", contour=square(0, 0, 1)),
        Place("2", "Est", contour=square(1, 0, 1)),
    ]

    west, east = cells_of(places, projection=FLAT)

    assert west.surface.equals(box(0, -100, 100, 0))
    assert east.surface.equals(box(100, -100, 200, 0))
    assert (west.approximate, east.approximate) == (False, False)


def test_cells_of_a_place_without_contour_fills_what_the_others_leave():
    # A ring of eight squares around a commune of which only the centre is known.
    ring = [(x, y) for x in range(3) for y in range(3) if (x, y) != (1, 1)]
    places = [Place(f"{x}{y}", "Autour", y + 0.5, x + 0.5, square(x, y, 1)) for x, y in ring] + [
        Place("11", "Milieu", 1.5, 1.5)
    ]

    middle = cells_of(places, projection=FLAT)[-1]

    assert middle.approximate
    assert middle.surface.symmetric_difference(box(100, -200, 200, -100)).area < 30


def test_cells_of_a_place_inside_the_contour_of_another_is_empty():
    # A merged commune keeps its point while its land belongs to another in the newer file.
    places = [
        Place("1", "Nouvelle", 0.5, 0.5, square(-5, -5, 10)),
        Place("2", "Ancienne", 0.6, 0.6),
    ]

    assert cells_of(places, projection=FLAT)[1].surface.is_empty


def test_cells_of_a_place_with_neither_contour_nor_point_is_empty():
    cells = cells_of(
        [Place("1", "A", 0, 0), Place("2", "B", 1, 1), Place("3", "C")], projection=FLAT
    )

    assert [cell.surface.is_empty for cell in cells] == [False, False, True]


def test_cells_never_cover_the_water():
    water = box(-1000, -1000, -20, 1000)

    cells = cells_of([Place("1", "A", 0, 0), Place("2", "B", 1, 1)], projection=FLAT, water=water)

    assert [cell.surface.intersection(water).area for cell in cells] == [0, 0]


def test_cells_of_places_drowned_in_a_coarse_drawing_are_drawn_all_the_same():
    everything = box(-1000, -1000, 1000, 1000)
    places = [Place("1", "A", 0, 0), Place("2", "B", 1, 1)]

    cells = cells_of(places, projection=FLAT, water=everything)

    assert all(cell.surface.area > 0 for cell in cells)


def test_cells_leave_a_hole_that_touches_none_of_them():
    frame = [(x, y) for x in range(3) for y in range(3) if (x, y) != (1, 1)]
    places = [Place(f"{x}{y}", "Autour", contour=square(x, y, 1)) for x, y in frame]
    places.append(Place("9", "Loin", 1.5, 6.5))

    far = cells_of(places, projection=FLAT)[-1]

    assert not far.surface.intersects(Point(150, -150))


def test_cells_take_no_account_of_neighbours_across_the_water():
    river = box(-1000, -60, 1000, -50)
    places = [Place("1", "A", 0, 0), Place("2", "B", 0, 1), Place("3", "C", -1, 0.5)]
    other_bank, same_bank = (0.7, 0.5), (0.4, 0.3)
    spot = Point(40, -35)

    beside_river = cells_of(places, projection=FLAT, water=river, around=[other_bank])
    beside_neighbour = cells_of(places, projection=FLAT, water=river, around=[same_bank])

    assert spot.within(beside_river[0].surface)
    assert not spot.within(beside_neighbour[0].surface)


def test_cells_of_a_place_with_hamlets_join_what_is_near_each():
    places = [Place("1", "Longue", 0, 0, hamlets=((0, 1), (0, 2))), Place("2", "Autre", 1, 1)]

    long, other = cells_of(places, projection=FLAT)

    assert all(Point(x, 0).within(long.surface) for x in (0, 100, 200))
    assert Point(100, -100).within(other.surface)


def test_centre_of_a_surface_is_that_of_its_largest_disc():
    x, y = centre_of(shapely.union_all([box(0, 0, 100, 100), box(100, 45, 300, 55)]), (0, 0))

    assert (x, y) == (pytest.approx(50, abs=1.5), pytest.approx(50, abs=1.5))


def test_centre_of_nothing_is_the_fallback():
    assert centre_of(shapely.Polygon(), (3, 4)) == (3, 4)


# --- Labels --------------------------------------------------------------------------------------


def test_text_width_grows_with_letters_and_size():
    assert text_width("Vue", 13) < text_width("Pornic", 13) < text_width("Pornic", 26)


def test_place_labels_prefers_the_right_of_the_circle():
    (label,) = place_labels([Spot("Vue", 100, 100, 10)], width=400, height=200, size=10, limit=9)

    assert (label.x, label.y, label.anchor) == (114.5, 103.4, Anchor.START)


@pytest.mark.parametrize(
    ("x", "taken", "anchor", "y"),
    [
        (390, [], Anchor.MIDDLE, None),
        (100, [Box(105, 90, 180, 110)], Anchor.MIDDLE, 85.5),
        (100, [Box(105, 60, 180, 110), Box(60, 70, 140, 89)], Anchor.MIDDLE, 122.3),
        (
            100,
            [Box(60, 60, 180, 89), Box(111, 90, 180, 110), Box(60, 111, 180, 140)],
            Anchor.END,
            103.4,
        ),
    ],
)
def test_place_labels_tries_above_then_below_then_left(x, taken, anchor, y):
    spot = Spot("Paimbœuf", x if y else 370, 100, 10)

    (label,) = place_labels([spot], width=400, height=200, size=10, limit=9, taken=taken)

    assert label.anchor == anchor
    assert y is None or label.y == y


def test_place_labels_leaves_out_what_would_cover():
    wall = Box(0, 0, 400, 200)

    labels = place_labels(
        [Spot("Vue", 100, 100, 10)], width=400, height=200, size=10, limit=9, taken=[wall]
    )

    assert labels == ()


@given(
    st.lists(
        st.builds(
            Spot,
            st.sampled_from(["Vue", "Pornic", "Saint-Brevin-les-Pins"]),
            st.floats(0, 400),
            st.floats(0, 300),
            st.floats(0, 34),
        ),
        max_size=25,
    ),
    st.integers(0, 9),
)
def test_place_labels_never_cover_one_another_nor_a_circle(spots, limit):
    labels = place_labels(spots, width=400, height=300, size=13, limit=limit)

    assert len(labels) <= limit
    for index, label in enumerate(labels):
        assert label.box.inside(400, 300)
        assert not any(label.box.meets(other.box) for other in labels[:index])
        covered = [spot for spot in spots if label.box.meets(spot.box)]
        assert all(spot.text == label.text for spot in covered)


# --- Backdrop and whole maps ---------------------------------------------------------------------


def test_backdrop_reads_its_three_kinds_and_leaves_the_rest():
    collection = {
        "type": "FeatureCollection",
        "features": [
            {"properties": {"kind": "road"}, "geometry": None},
            {"properties": None, "geometry": None},
            {"properties": {"kind": "water"}, "geometry": {"type": "Polygon", "coordinates": []}},
            {
                "properties": {"kind": "name", "name": "Baie"},
                "geometry": {"type": "Point", "coordinates": [-2.1, 47.0]},
            },
            {
                "properties": {"kind": "hamlets", "insee": "44131"},
                "geometry": {"type": "MultiPoint", "coordinates": [[-2.1, 47.1]]},
            },
        ],
    }

    assert Backdrop.from_geojson(collection, credit="Source") == Backdrop(
        water='{"type": "Polygon", "coordinates": []}',
        names=(WaterName("Baie", 47.0, -2.1),),
        hamlets=(("44131", ((47.1, -2.1),)),),
        credit="Source",
    )


def test_backdrop_hamlets_of_an_unknown_commune():
    assert Backdrop().hamlets_of("44131") == ()


def test_base_map_of_places_known_by_name_only():
    with pytest.raises(NothingToDraw):
        base_map((Place("1", "A"),))


def test_base_map_of_one_point():
    base = base_map((Place("1", "A", 47.0, -2.0),))

    assert base.paths["1"].startswith("M")


def test_base_map_is_computed_once():
    places = (Place("1", "A", 47.0, -2.0), Place("2", "B", 47.1, -2.1))

    assert base_map(places) is base_map((*places[:1], *places[1:]))


def test_base_map_without_backdrop_has_no_sea():
    base = base_map((Place("1", "A", 47.0, -2.0), Place("2", "B", 47.1, -2.1)))

    assert (base.sea, base.coast, base.depths, base.water_names) == ("", "", (), ())


def test_base_map_of_the_pays_de_retz_draws_every_commune_on_land():
    base = pays_de_retz_base()

    surfaces = [cell.surface for cell in base.cells]
    assert len(surfaces) == 21
    assert all(surface.is_valid and surface.area > 400 for surface in surfaces)
    assert shapely.union_all(surfaces).area == pytest.approx(sum(s.area for s in surfaces))
    assert len(base.depths) == 4
    assert {name.text for name in base.water_names} == {"Océan", "Atlantique", "Baie de Bourgneuf"}


def test_base_map_leaves_out_a_name_that_does_not_fit_whole():
    places = (Place("1", "A", 47.0, -2.0), Place("2", "B", 47.1, -2.1))
    outside = Backdrop(names=(WaterName("Océan", 47.05, -2.9), WaterName("Baie", 47.05, -2.05)))

    base = base_map(places, backdrop=outside)

    assert [name.text for name in base.water_names] == ["Baie"]


def test_circle_of_a_commune_whose_land_is_another_s_stands_on_its_point():
    places = (Place("1", "Nouvelle", 0.5, 0.5, square(-5, -5, 10)), Place("2", "A", 0.6, 0.6))

    drawing = draw_map(base_map(places), [Figure("2", 5)], key="k", title="t", description="d")

    (circle,) = drawing.circles
    assert [area.code for area in drawing.areas] == ["1"]
    assert (circle.x, circle.y) == tuple(
        round(value, 1) for value in base_map(places).frame.projection.point(0.6, 0.6)
    )


def test_draw_map_of_the_pays_de_retz():
    figures = [
        Figure("44131", 41, level=2, title="Pornic : 41 postes", href="/besoins/?commune=44131"),
        Figure("44154", 33.4, level=3),
        Figure("44220", 2, text="2,0"),
        Figure("99999", 5),
    ]

    drawing = draw_map(
        pays_de_retz_base(), figures, key="carte", title="Où", description="Un rond par commune."
    )

    assert [(c.code, c.radius, c.text) for c in drawing.circles] == [
        ("44131", 34.0, "41"),
        ("44154", 30.7, "33"),
        ("44220", 7.5, ""),
    ]
    assert [label.text for label in drawing.labels] == ["Pornic", "Saint-Brevin-les-Pins", "Vue"]
    assert [label.size for label in drawing.phone_labels] == [26.0, 26.0, 26.0]
    pornic = next(area for area in drawing.areas if area.code == "44131")
    assert (pornic.level, pornic.title, pornic.href) == (
        2,
        "Pornic : 41 postes",
        "/besoins/?commune=44131",
    )
    corsept = next(area for area in drawing.areas if area.code == "44046")
    assert (corsept.level, corsept.title, corsept.href) == (None, "Corsept", "")
    assert (drawing.approximate, drawing.mixed, drawing.unplaced) == (True, False, ())
    assert (drawing.has_links, drawing.tinted) == (True, True)


def test_draw_map_without_figures_is_a_plain_map():
    drawing = draw_map(pays_de_retz_base(), [], key="k", title="t", description="d")

    assert (drawing.circles, drawing.legend, drawing.blanks) == ((), None, ())
    assert (drawing.has_links, drawing.tinted) == (False, False)
    # Nothing takes the room of names: the largest communes have theirs, on them.
    first, *others = drawing.labels
    assert (first.text, first.anchor, len(others)) == ("Villeneuve-en-Retz", Anchor.MIDDLE, 13)


def test_commune_without_a_colour_is_hatched_where_that_has_a_meaning():
    base = base_map((Place("1", "A", 0.5, 0.5), Place("2", "B", 0.5, 1.5)))
    figures = [Figure("1", level=2)]
    same = {"key": "k", "title": "t", "description": "d"}

    told = draw_map(base, figures, blank_label="sans valeur", **same)

    assert [area.code for area in told.blanks] == ["2"]
    assert draw_map(base, figures, **same).blanks == ()


def test_draw_map_names_the_communes_it_cannot_place():
    base = base_map((Place("1", "Connue", 47.0, -2.0), Place("2", "Sans coordonnées")))

    drawing = draw_map(base, [Figure("2", 5)], key="k", title="t", description="d")

    assert drawing.unplaced == ("Sans coordonnées",)
    assert [area.code for area in drawing.areas] == ["1"]
    assert drawing.circles == ()


def test_draw_map_of_contours_and_cells_side_by_side_is_mixed():
    base = base_map((Place("1", "A", 0.5, 0.5, square(0, 0, 1)), Place("2", "B", 0.5, 1.5)))

    drawing = draw_map(base, [], key="k", title="t", description="d")

    assert [(area.code, area.approximate) for area in drawing.areas] == [("1", False), ("2", True)]
    assert drawing.mixed


def test_draw_map_on_the_heat_scale_has_six_levels():
    drawing = draw_map(
        pays_de_retz_base(), [], key="k", title="t", description="d", tint=Tint.HEAT
    )

    assert [(step.level, step.label) for step in drawing.scale] == [
        (0, "moins"),
        (1, ""),
        (2, ""),
        (3, ""),
        (4, ""),
        (5, "plus"),
    ]


# --- Communes of the database --------------------------------------------------------------------


@pytest.mark.django_db
def test_territory_base_draws_the_reference_territory(django_assert_num_queries):
    territory = create_reference_territory(slug="pays-de-retz", by=None, now=NOW)
    communes = mapped_communes(communes_in(territory))

    with django_assert_num_queries(1):
        base = territory_base(territory, communes)

    assert len(base.cells) == 21
    assert all(cell.approximate and not cell.surface.is_empty for cell in base.cells)
    assert base.credit == "tracé illustratif"
    with django_assert_num_queries(1):
        assert territory_base(territory, communes) is base


@pytest.mark.django_db
def test_territory_base_prefers_contours_and_says_their_vintage():
    geometry = mapping(box(-2.1, 47.0, -2.0, 47.1))
    commune = CommuneFactory(
        insee="44920", contour=json.dumps(geometry), contour_vintage="IGN 2025"
    )
    territory = TerritoryFactory(communes=[commune])

    base = territory_base(territory, mapped_communes(territory.communes.all()))

    drawing = draw_map(base, [], key="k", title="t", description="d")
    assert drawing.notes == ("Contours : IGN 2025, simplifiés.",)
    assert not drawing.approximate


@pytest.mark.django_db
def test_territory_base_of_unplaced_communes():
    commune = CommuneFactory(insee="44920", latitude=None, longitude=None)
    territory = TerritoryFactory(communes=[commune])

    with pytest.raises(NothingToDraw):
        territory_base(territory, mapped_communes(territory.communes.all()))


def test_notes_say_what_is_approximate_and_what_is_missing():
    backdrop = Backdrop(credit="à la main")
    base = base_map(
        (
            Place("1", "A", 0.5, 0.5, square(0, 0, 1)),
            Place("2", "B", 0.5, 1.5),
            Place("3", "Perdue"),
        ),
        backdrop=backdrop,
    )

    drawing = draw_map(base, [], key="k", title="t", description="d")

    assert drawing.notes == (
        "Bord en tirets : limite approchée, faute de contour officiel.",
        "Non placées sur la carte, faute de coordonnées : Perdue.",
        "Fond de carte : à la main.",
    )
