import pytest
from django.template import Context, Engine, RequestContext
from django.test import RequestFactory
from lucide import IconDoesNotExist


def drawn(source: str, **values: object) -> str:
    """Render a template of one line that loads the components."""
    template = Engine.get_default().from_string("{% load ui %}" + source)
    return template.render(Context(values)).strip()


def drawn_for_a_request(source: str, **values: object) -> str:
    request = RequestFactory().get("/besoins/", {"tri": "-postes", "metier": "infirmier"})
    template = Engine.get_default().from_string("{% load ui %}" + source)
    return template.render(RequestContext(request, {"request": request, **values})).strip()


def test_button_submits():
    assert drawn('{% button "Publier" %}') == (
        '<button class="button" type="submit">Publier</button>'
    )


def test_button_with_an_address_is_a_link():
    assert drawn('{% button "Voir" href="/x" variant="secondary" small=True %}') == (
        '<a class="button button--secondary button--small" href="/x">Voir</a>'
    )


def test_button_writes_its_attributes():
    html = drawn(
        '{% button "Voir" type="button" data_hx_get=address disabled=True %}', address="/x?a=1&b=2"
    )

    assert html == (
        '<button class="button" type="button" data-hx-get="/x?a=1&amp;b=2" disabled>Voir</button>'
    )


def test_button_without_a_word_is_still_named():
    html = drawn('{% button "Imprimer" icon="printer" icon_only=True %}')

    assert '<span class="visually-hidden">Imprimer</span>' in html
    assert 'aria-hidden="true"' in html


def test_button_escapes_its_label():
    assert "&lt;b&gt;" in drawn("{% button label %}", label="<b>")


def test_unknown_icon_is_refused():
    with pytest.raises(IconDoesNotExist):
        drawn('{% icon "no-such-icon" %}')


def test_tag_of_tension_is_a_number():
    assert drawn('{% tag "2,9" tone="tension-2" %}') == (
        '<span class="tag tag--number tension-2">2,9</span>'
    )


def test_count_says_what_it_counts():
    assert drawn('{% count 3 "postes" %}') == (
        '<span class="count">3<span class="visually-hidden"> postes</span></span>'
    )
    assert drawn("{% count 3 %}") == '<span class="count">3</span>'


def test_act_of_a_menu_is_a_form_with_its_token():
    html = drawn_for_a_request(
        '{% menu "Actions" %}{% menu_item "Retirer" post="/x" %}{% endmenu %}'
    )

    assert '<form method="post" action="/x">' in html
    assert 'name="csrfmiddlewaretoken"' in html


def test_button_that_changes_something_carries_its_token_and_value():
    html = drawn_for_a_request('{% post_button "Retirer" "/x" name="version" value=3 %}')

    assert 'name="csrfmiddlewaretoken"' in html
    assert '<input type="hidden" name="version" value="3">' in html


def test_undo_offers_to_cancel_by_default():
    html = drawn_for_a_request('{% undo "Besoin retiré." "/besoins/3/annuler/" %}')

    assert '<form method="post" action="/besoins/3/annuler/">' in html
    assert '<button class="undo__act" type="submit">Annuler</button>' in html


def test_current_tab_is_said():
    html = drawn('{% tabs "Vues" %}{% tab "Carte" "/c" current=True count=4 %}{% endtabs %}')

    assert '<a href="/c" aria-current="page">Carte <span class="count">4</span></a>' in html


def test_contents_name_themselves_and_lead_to_headings_that_take_the_focus():
    html = drawn(
        '{% contents "Sommaire" %}{% contents_part "Axe 1" "#axe-1" inner=True %}{% endcontents %}'
        '{% card "Axe 1" heading="axe-1" %}{% endcard %}'
    )

    assert '<nav class="contents" aria-label="Sommaire" data-contents>' in html
    assert '<li class="contents__inner"><a href="#axe-1">Axe 1</a></li>' in html
    assert '<h2 id="axe-1" tabindex="-1">Axe 1</h2>' in html
