import pytest
from django.core.paginator import Paginator
from django.template import Context, Engine, RequestContext
from django.test import RequestFactory


def drawn(source: str, address: str = "/besoins/", **values: object) -> str:
    request = RequestFactory().get(address)
    template = Engine.get_default().from_string("{% load ui %}" + source)
    return template.render(RequestContext(request, {"request": request, **values})).strip()


@pytest.mark.parametrize(
    ("address", "number", "href", "direction"),
    [
        ("/?metier=ide", False, "?metier=ide&amp;tri=nom", ""),
        ("/", True, "?tri=-nom", ""),
        ("/?tri=nom", False, "?tri=-nom", "ascending"),
        ("/?tri=-nom", False, "?tri=nom", "descending"),
        ("/?tri=autre&page=3", False, "?tri=nom", ""),
    ],
)
def test_sort_header_turns(address: str, number: bool, href: str, direction: str):
    html = drawn('{% sort_header "Nom" "nom" number=number %}', address, number=number)

    assert f'href="{href}"' in html
    assert (f'aria-sort="{direction}"' in html) is bool(direction)


def test_order_that_the_view_chose_is_shown():
    html = drawn('{% sort_header "Postes" "postes" number=True %}', "/", sort="-postes")

    assert 'aria-sort="descending"' in html
    assert 'href="?tri=postes"' in html


def test_head_may_be_sorted_in_place():
    html = drawn('{% sort_header "Nom" "nom" target="results" %}')

    assert 'data-hx-get="?tri=nom" data-hx-target="#results"' in html


def test_pages_keep_the_rest_of_the_address():
    page = Paginator(range(95), 20).get_page(2)

    html = drawn("{% pagination page %}", "/?metier=ide&page=2", page=page)

    assert '<a rel="prev" href="?metier=ide">' in html
    assert '<a rel="next" href="?metier=ide&amp;page=3">' in html
    assert "21 à 40 sur 95" in html
    assert '<span aria-current="page">' in html


def test_single_page_shows_no_pagination():
    page = Paginator(range(5), 20).get_page(1)

    assert drawn("{% pagination page %}", page=page) == ""


def test_long_list_leaves_pages_out():
    page = Paginator(range(2000), 20).get_page(50)

    assert drawn("{% pagination page %}", page=page).count("pagination__gap") == 2


def test_table_that_scrolls_takes_the_focus():
    html = drawn('{% table "Besoins" %}<tbody></tbody>{% endtable %}')

    assert 'tabindex="0" role="region" aria-label="Besoins"' in html


def test_table_that_folds_needs_no_scrolling():
    html = drawn('{% table "Besoins" stack=True hide_caption=True %}<tbody></tbody>{% endtable %}')

    assert "tabindex" not in html
    assert '<caption class="visually-hidden">Besoins</caption>' in html


def test_nothing_found_without_a_button_has_no_row_of_buttons():
    template = '{% empty "Rien" "Tout est à jour." drawing=False level=3 %}\n{% endempty %}'

    html = " ".join(drawn(template).split())

    assert html == (
        '<div class="empty"> <h3 class="empty__title">Rien</h3>'
        ' <p class="empty__text">Tout est à jour.</p> </div>'
    )


def test_lists_work_without_a_request():
    template = Engine.get_default().from_string('{% load ui %}{% sort_header "Nom" "nom" %}')

    assert 'href="?tri=nom"' in template.render(Context())
