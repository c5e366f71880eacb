import io

import openpyxl
import pytest
from django.urls import reverse

from ancrage.kit.imports.applying import _take_gate
from ancrage.kit.models import StagedImport
from ancrage.needs.enums import NeedStatus
from ancrage.needs.models import Need
from tests.factories import MembershipFactory, NeedFactory, PartnerFactory, TerritoryRoleFactory
from tests.web.imports.helpers import CREATED, REJECTED, TO_CHECK, deposit, page

pytestmark = pytest.mark.django_db

HX = {"HX-Request": "true"}


def test_dry_run_shows_each_line_with_its_outcome(client, clerk, hospital):
    staged = deposit(client, hospital)

    answer = client.get(page("detail", staged))

    assert [(one.row.line, one.row.outcome) for one in answer.context["lines"]] == [
        (2, "created"), (3, "to_check"), (4, "rejected"),
    ]  # fmt: skip
    assert [(str(tab.label), tab.count) for tab in answer.context["tabs"]] == [
        ("Toutes", 3), ("À vérifier", 1), ("Refusées", 1), ("À créer", 1),
    ]  # fmt: skip
    assert Need.objects.count() == 0


def test_tab_shows_its_lines_alone_and_the_fragment_is_the_page(client, clerk, hospital):
    staged = deposit(client, hospital)
    url = page("detail", staged) + "?resultat=rejected"

    whole = client.get(url).content.decode()
    part = client.get(url, headers=HX).content.decode()
    history = client.get(url, headers={**HX, "HX-History-Restore-Request": "true"})

    assert [one.row.line for one in client.get(url).context["lines"]] == [4]
    assert part.strip().startswith('<div id="results"')
    assert _without_tokens(part).strip() in _without_tokens(whole)
    assert "<html" in history.content.decode()


def test_suggestion_taken_mends_the_line(client, clerk, hospital):
    staged = deposit(client, hospital)

    answer = client.post(
        page("line", staged, line=4),
        {"starts_on": "28/02/2027", "retour": "resultat=rejected&page=1&autre=x"},
    )

    assert answer.url == page("detail", staged) + "?resultat=rejected&page=1#ligne-4"
    assert staged.rows.get(line=4).outcome == "created"
    assert staged.rows.get(line=4).corrections == {"starts_on": "28/02/2027"}


def test_line_page_holds_what_the_file_says(client, clerk, hospital):
    staged = deposit(client, hospital)

    form = client.get(page("line", staged, line=4)).context["form"]

    assert {name: field.initial for name, field in form.fields.items()} == {
        "reference": "A3",
        "fte": "1",
        "profession": "AS",
        "contract": "CDI",
        "starts_on": "31/02/2027",
        "description": "",
    }


def test_correction_that_is_wrong_again_is_said(client, clerk, hospital):
    staged = deposit(client, hospital)

    answer = client.post(page("line", staged, line=4), {"starts_on": "32/02/2027"}, follow=True)

    assert "il y reste une remarque" in answer.content.decode()


def test_line_accepted_is_imported_and_may_be_held_back_again(client, clerk, hospital):
    staged = deposit(client, hospital)
    client.post(page("decide", staged), {"line": "3", "accept": "yes"})
    assert staged.rows.get(line=3).outcome == "created"
    client.post(page("decide", staged), {"line": "3", "accept": "no"})

    assert staged.rows.get(line=3).outcome == "to_check"


def test_line_refused_cannot_be_accepted(client, clerk, hospital):
    staged = deposit(client, hospital)

    answer = client.post(page("decide", staged), {"line": "4", "accept": "yes"}, follow=True)

    assert "ne peut pas être acceptée" in answer.content.decode()


def test_columns_said_otherwise_are_remembered(client, clerk, hospital):
    staged = deposit(client, hospital)
    columns = {"c2": "profession", "c3": "contract", "c4": "starts_on", "c5": "unit"}

    client.post(page("columns", staged), columns)

    again = deposit(client, hospital)
    assert again.codes == ["", "", "profession", "contract", "starts_on", "unit"]


def test_one_meaning_for_two_columns_is_refused_at_the_second(client, clerk, hospital):
    staged = deposit(client, hospital)

    answer = client.post(page("columns", staged), {"c1": "profession", "c2": "profession"})

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["c2"]


def test_another_header_line_reads_the_file_again(client, clerk, hospital):
    staged = deposit(client, hospital)

    client.post(page("sheet", staged), {"header_line": "0"})

    staged.refresh_from_db()
    assert (staged.header_first, staged.counts["read"]) == (None, 4)


def test_wrong_header_line_is_said(client, clerk, hospital):
    staged = deposit(client, hospital)

    answer = client.post(page("sheet", staged), {"header_line": "-3"}, follow=True)

    assert [str(message) for message in answer.context["messages"]] == [
        "Assurez-vous que cette valeur est supérieure ou égale à 0."
    ]


def test_apply_writes_and_says_what_changed(client, clerk, hospital):
    staged = deposit(client, hospital, CREATED, TO_CHECK, REJECTED, publish="yes")

    answer = client.post(page("apply", staged), follow=True)

    need = Need.objects.get()
    html = answer.content.decode()
    assert answer.context["sentence"] == "1 besoin créé"
    assert reverse("needs:detail", args=[need.pk]) in html
    assert reverse("overview:overview") in html
    assert answer.context["left_out"] == "1 ligne à vérifier, 1 ligne refusée"
    assert (need.status, need.created_by) == (NeedStatus.PUBLISHED, clerk)


def test_drafts_and_complete_list_are_chosen_on_the_page(client, clerk, hospital):
    old = NeedFactory(partner=hospital, published=True)
    staged = deposit(client, hospital, CREATED)
    client.post(page("options", staged), {"publish": "no", "complete_list": "on"})
    shown = client.get(page("detail", staged))
    assert shown.context["summary"] == [
        "1 besoin est créé.",
        "1 besoin absent du fichier est retiré.",
    ]

    client.post(page("apply", staged))

    old.refresh_from_db()
    assert (Need.objects.get(reference="A1").status, old.status) == (
        NeedStatus.DRAFT,
        NeedStatus.WITHDRAWN,
    )


def test_second_apply_is_told_and_changes_nothing(client, clerk, hospital):
    staged = deposit(client, hospital, CREATED)
    client.post(page("apply", staged))

    answer = client.post(page("apply", staged), follow=True)

    assert "jamais deux fois" in answer.content.decode()
    assert Need.objects.count() == 1


def test_import_while_another_goes_through_is_told(client, clerk, hospital):
    first, second = (
        deposit(client, hospital, CREATED),
        deposit(client, hospital, TO_CHECK, CREATED),
    )
    _take_gate(first, StagedImport.objects.get(pk=first.pk).created_at)

    answer = client.post(page("apply", second), follow=True)

    assert "Un autre import de la même structure" in answer.content.decode()
    assert Need.objects.count() == 0


def test_dry_run_overtaken_is_done_again_and_shown(client, clerk, hospital):
    staged = deposit(client, hospital, CREATED)
    NeedFactory(partner=hospital, reference="A1", published=True)

    answer = client.post(page("apply", staged), follow=True)

    assert "L’essai vient d’être refait" in answer.content.decode()
    assert staged.rows.get(line=2).outcome == "changed"


def test_import_of_a_structure_that_left_is_told(client, clerk, hospital):
    staged = deposit(client, hospital, CREATED)
    client.force_login(TerritoryRoleFactory(territory=hospital.territory).user)
    hospital.left_at = staged.created_at
    hospital.save()

    answer = client.post(page("apply", staged), follow=True)

    assert "a quitté la plateforme" in answer.content.decode()
    assert Need.objects.count() == 0


def test_list_tells_what_an_import_did(client, clerk, hospital):
    staged = deposit(client, hospital)
    client.post(page("apply", staged))

    html = client.get(reverse("imports:list")).content.decode().replace("\u00a0", " ")

    assert "créés : 1 · modifiés : 0" in html
    assert "à vérifier : 1 · refusées : 1" in html


def test_abandoned_import_forgets_its_lines(client, clerk, hospital):
    staged = deposit(client, hospital)

    client.post(page("abandon", staged))

    staged.refresh_from_db()
    assert (staged.status, staged.rows.count()) == ("abandoned", 0)
    assert client.post(page("abandon", staged)).status_code == 302


def test_applied_import_is_not_abandoned(client, clerk, hospital):
    staged = deposit(client, hospital, CREATED)
    client.post(page("apply", staged))

    assert client.post(page("abandon", staged)).status_code == 404


def test_applied_import_is_no_longer_changed(client, clerk, hospital):
    staged = deposit(client, hospital, CREATED)
    client.post(page("apply", staged))

    assert client.get(page("columns", staged)).url == page("detail", staged)
    assert client.get(page("line", staged, line=2)).url == page("detail", staged)


def test_report_holds_the_original_cells_and_the_reasons(client, clerk, hospital):
    staged = deposit(client, hospital)

    answer = client.get(page("report", staged))

    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    assert [cell.value for cell in sheet[4]][:5] == ["A3", "1", "AS", "CDI", "31/02/2027"]
    assert "n’existe pas" in sheet["I4"].value


@pytest.mark.parametrize("name", ["detail", "report", "columns", "progress"])
def test_member_of_another_structure_finds_nothing(client, clerk, hospital, name):
    staged = deposit(client, hospital)
    stranger = MembershipFactory(partner=PartnerFactory(territory=hospital.territory)).user
    client.force_login(stranger)

    assert client.get(page(name, staged)).status_code == 404
    assert list(client.get(reverse("imports:list")).context["page"]) == []


@pytest.mark.parametrize("count", [1, 3])
def test_lines_cost_the_same_queries_for_one_or_three(
    client, clerk, hospital, count, django_assert_num_queries
):
    staged = deposit(client, hospital, *[f"B{n};1;IDE;CDI;01/02/2027;" for n in range(count)])
    client.get(page("detail", staged))

    with django_assert_num_queries(DETAIL_QUERIES):
        client.get(page("detail", staged))


DETAIL_QUERIES = 7


def _without_tokens(html: str) -> str:
    return "\n".join(line for line in html.splitlines() if "csrfmiddlewaretoken" not in line)
