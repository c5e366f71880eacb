from collections.abc import Mapping

import pytest
from bs4 import BeautifulSoup
from django import forms
from django.template import Context, Engine, RequestContext
from django.test import RequestFactory

from ancrage.territory.models import Commune
from ancrage.web.widgets import (
    ComboboxInput,
    DateInput,
    DateTimeInput,
    FileDrop,
    MonthInput,
    RangeInput,
    SearchInput,
    TimeInput,
)
from tests.factories import CommuneFactory


class NeedForm(forms.Form):
    title = forms.CharField(label="Intitulé", help_text="Court <b>et</b> clair")
    hours = forms.ChoiceField(
        label="Horaires", widget=forms.RadioSelect, choices=[("j", "Jour"), ("n", "Nuit")]
    )
    skills = forms.MultipleChoiceField(
        label="Compétences",
        widget=forms.CheckboxSelectMultiple,
        choices=[("Soins", [("p", "Soins palliatifs")]), ("x", "Autre")],
    )
    housing = forms.BooleanField(label="Logement", required=False)
    version = forms.CharField(widget=forms.HiddenInput)


class FilterForm(forms.Form):
    q = forms.CharField(label="Rechercher", required=False)
    metier = forms.MultipleChoiceField(
        label="Métier", required=False, choices=[("ide", "Infirmier"), ("as", "Aide-soignant")]
    )
    depuis = forms.DateField(label="Depuis le", required=False, widget=DateInput)
    public = forms.BooleanField(label="Offres publiques", required=False)
    km = forms.IntegerField(label="Distance en km", required=False)
    commune = forms.ModelChoiceField(
        Commune.objects.order_by("pk"), label="Commune", required=False, to_field_name="insee"
    )


def drawn(source: str, address: str = "/besoins/", **values: object) -> str:
    request = RequestFactory().get(address)
    template = Engine.get_default().from_string("{% load ui %}" + source)
    return template.render(RequestContext(request, {"request": request, **values})).strip()


def need(data: Mapping[str, object] | None = None) -> NeedForm:
    return NeedForm(data)


def test_field_ties_its_label_help_and_control():
    html = drawn("{% field form.title %}", form=need())

    assert '<label for="id_title">Intitulé <span class="field__required"' in html
    assert 'class="field__help" id="id_title_helptext"' in html
    assert 'aria-describedby="id_title_helptext"' in html
    assert 'class="input"' in html


def test_help_of_a_field_is_escaped():
    assert "Court &lt;b&gt;et&lt;/b&gt; clair" in drawn("{% field form.title %}", form=need())


def test_help_given_by_the_page_is_named_by_the_control():
    html = drawn('{% field form.housing help="Chambre ou studio" %}', form=need())

    assert 'id="id_housing_helptext">Chambre ou studio</div>' in html
    assert 'aria-describedby="id_housing_helptext"' in html


def test_field_in_error_says_so():
    html = drawn("{% field form.title %}", form=need({}))

    assert 'class="field field--error"' in html
    assert 'class="field__errors" id="id_title_error"' in html
    assert 'aria-invalid="true" aria-describedby="id_title_helptext id_title_error"' in html


def test_group_of_boxes_is_a_fieldset_that_says_it_is_required():
    html = drawn("{% field form.skills %}", form=need({}))

    assert '<fieldset aria-describedby="id_skills_error">' in html
    assert "(obligatoire)" in html
    assert '<div role="group" aria-label="Soins">' in html


def test_hidden_field_is_only_its_control():
    assert drawn("{% field form.version %}", form=need()) == (
        '<input type="hidden" name="version" id="id_version">'
    )


def test_box_alone_has_its_label_after_it():
    html = drawn("{% field form.housing %}", form=need())

    assert html.index('type="checkbox"') < html.index('<label for="id_housing">')


def test_unit_follows_the_control():
    html = drawn('{% field form.title unit="jours" width="short" %}', form=need())

    assert '<span class="affix__unit">jours</span></div>' in html
    assert "field--short" in html


def test_summary_leads_to_each_control():
    html = drawn("{% error_summary form %}", form=need({"housing": "on"}))

    assert "4 points sont à corriger" in html
    assert 'href="#id_title">Intitulé\u00a0: Ce champ est obligatoire.</a>' in html
    assert 'href="#id_hours_0">' in html
    assert 'href="#id_skills_0">' in html
    # A hidden field has nowhere to go: its error is told all the same.
    assert "<li>Version\u00a0: Ce champ est obligatoire.</li>" in html


def test_summary_says_a_question_without_its_mark():
    class Asking(forms.Form):
        post = forms.CharField(label="Quel poste\u00a0?")

    html = drawn("{% error_summary form %}", form=Asking({}))

    assert 'href="#id_post">Quel poste\u00a0: Ce champ est obligatoire.</a>' in html


def test_summary_of_a_good_form_is_nothing():
    assert drawn("{% error_summary form other %}", form=need(), other=None) == ""


def test_summary_gathers_the_lines_of_a_formset():
    lines = forms.formset_factory(FilterForm, extra=0, min_num=1, validate_min=True)
    management = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-depuis": "hier"}

    html = drawn("{% error_summary lines %}", lines=lines(management))

    assert 'href="#id_form-0-depuis">' in html
    assert "Un point est à corriger" in html


def test_summary_tells_what_a_formset_lacks_as_a_whole():
    lines = forms.formset_factory(FilterForm, extra=0, min_num=1, validate_min=True)

    html = drawn(
        "{% error_summary lines %}",
        lines=lines({"form-TOTAL_FORMS": "0", "form-INITIAL_FORMS": "0"}),
    )

    assert "<li>Veuillez soumettre au moins 1 formulaire.</li>" in html


def test_whole_form_is_summary_note_and_fields():
    html = drawn("{{ form }}", form=need({}))

    assert html.startswith('<div class="error-summary"')
    assert "Les champs marqués d’un astérisque" in html
    assert html.count('class="field') > 4
    assert html.endswith('<input type="hidden" name="version" id="id_version">')


def test_filters_in_force_can_each_be_taken_away():
    address = "/besoins/?q=nuit&metier=ide&metier=as&depuis=2026-11-02&public=on&page=3"
    form = FilterForm(RequestFactory().get(address).GET)

    html = drawn('{% active_filters form total="12 besoins" %}', address, form=form)

    assert '<p class="active-filters__count" data-announce>12 besoins</p>' in html
    assert "Rechercher\u00a0: nuit" in html
    assert "Métier : Infirmier" in html
    assert "Depuis le\u00a0: 02/11/2026" in html
    assert "Offres publiques</span>" in html
    assert 'href="?q=nuit&amp;metier=as&amp;depuis=2026-11-02&amp;public=on"' in html
    assert '<a class="nowrap" href="/besoins/">Tout effacer</a>' in html


@pytest.mark.django_db
def test_filter_on_a_row_reads_that_row_only(django_assert_num_queries):
    commune = CommuneFactory(name="Pornic")
    address = f"/besoins/?commune={commune.insee}&km=0"
    form = FilterForm(RequestFactory().get(address).GET)

    with django_assert_num_queries(1):
        html = drawn("{% active_filters form %}", address, form=form)

    assert "Commune\u00a0: Pornic" in html
    assert "Distance en km\u00a0: 0" in html


@pytest.mark.parametrize("address", ["/besoins/", "/besoins/?q=", "/besoins/?depuis=hier"])
def test_no_filter_in_force_shows_no_chip(address: str):
    form = FilterForm(RequestFactory().get(address).GET or None)

    assert "chips" not in drawn("{% active_filters form %}", address, form=form)


class BarForm(forms.Form):
    metier = forms.CharField(required=False)
    q = forms.CharField(required=False, widget=SearchInput)
    etat = forms.CharField(required=False, widget=forms.HiddenInput)
    poids = forms.IntegerField(required=False, widget=RangeInput)


class OtherBarForm(forms.Form):
    annees = forms.IntegerField(required=False)


class SearchForm(forms.Form):
    q = forms.CharField(required=False, widget=SearchInput)
    etat = forms.CharField(required=False, widget=forms.HiddenInput)


def test_filter_bar_replaces_its_region():
    html = drawn('{% filters form target="results" %}{% endfilters %}', form=BarForm())

    assert 'data-hx-target="#results"' in html
    assert 'data-hx-push-url="true"' in html
    assert ">Actualiser</button>" in html


def test_filter_bar_asks_its_page_without_the_filters_in_force():
    html = drawn(
        '{% filters form target="results" %}{% endfilters %}',
        "/besoins/?metier=ide&page=2",
        form=BarForm(),
    )

    assert 'action="/besoins/" data-hx-get="/besoins/"' in html


def test_filter_bar_without_a_region_reloads_the_page():
    assert "data-hx" not in drawn("{% filters form %}{% endfilters %}", form=BarForm())


def test_filter_bar_opens_with_the_search_of_its_form():
    page = BeautifulSoup(
        drawn("{% filters form %}{% field form.metier %}{% endfilters %}", form=BarForm()),
        "html.parser",
    )

    opening = page.find(class_="filters__fields").find("div")
    assert opening["class"] == ["field", "filters__wide"]
    assert [control["name"] for control in page.find_all("input")] == ["q", "metier"]


@pytest.mark.parametrize(
    ("bar", "address", "expected"),
    [
        ([BarForm], "/besoins/?q=ide", (False, "0")),
        (
            [BarForm],
            "/besoins/?q=a&metier=ide&metier=as&metier=&etat=x&poids=3&page=2",
            (True, "2"),
        ),
        ([BarForm, OtherBarForm], "/besoins/?metier=ide&annees=3", (True, "2")),
        ([SearchForm], "/besoins/?q=ide", None),
        ([OtherBarForm], "/besoins/?annees=3", None),
    ],
)
def test_fields_fold_after_the_search(
    bar: list[type[forms.Form]], address: str, expected: tuple[bool, str] | None
):
    names = ["form", "other"][: len(bar)]
    source = "{% filters " + " ".join(names) + " %}<select name='metier'></select>{% endfilters %}"
    shown = dict(zip(names, (one() for one in bar), strict=True))

    page = BeautifulSoup(drawn(source, address, **shown), "html.parser")

    fold = page.find("details", class_="filters__fold")
    assert (fold and (fold.has_attr("open"), fold.find(class_="count").get_text())) == expected
    if fold:
        assert fold.find_previous_sibling().find("input")["name"] == "q"
        assert fold.find_next_sibling()["name"] == "metier"


def test_bar_without_a_search_folds_when_asked():
    html = drawn(
        "{% filters form fold=True %}{% field form.annees %}{% endfilters %}", form=OtherBarForm()
    )

    assert html.index("filters__fold") < html.index('name="annees"')


def test_rare_filters_are_folded():
    html = drawn("{% filters form more=more %}{% endfilters %}", form=BarForm(), more="<p>r</p>")

    assert "<summary>Plus de critères</summary>" in html


@pytest.mark.parametrize(
    ("widget", "value", "expected"),
    [
        (DateInput(), "2026-12-31", 'type="date" name="x" value="2026-12-31"'),
        (MonthInput(), "2026-12", 'type="month" name="x" value="2026-12"'),
        (TimeInput(), "18:30", 'type="time" name="x" value="18:30"'),
        (DateTimeInput(), "2026-12-31T18:30", 'type="datetime-local" name="x"'),
    ],
)
def test_native_fields_speak_their_own_format(widget: forms.Widget, value: str, expected: str):
    assert expected in widget.render("x", value, {"id": "id_x"})


def test_combobox_without_a_script_is_a_field_with_suggestions():
    html = ComboboxInput(lambda: ["Infirmier", "Œnologue"]).render("x", "In", {"id": "id_x"})

    assert '<input type="text" list="id_x_list" name="x" value="In"' in html
    assert '<datalist id="id_x_list"><option value="Infirmier"></option>' in html


def test_file_drop_names_what_it_takes():
    html = FileDrop(accept=[".xlsx", ".csv"], limit="5 Mo").render("x", None, {"id": "id_x"})

    assert 'type="file"' in html
    assert 'accept=".xlsx,.csv"' in html
    assert "5 Mo" in html


def test_field_works_without_a_request():
    template = Engine.get_default().from_string("{% load ui %}{% active_filters form %}")

    assert "chips" not in template.render(Context({"form": FilterForm({"q": "nuit"})}))
