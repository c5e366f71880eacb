import json
from datetime import UTC, date, datetime

import pytest
from django.utils.translation import override

from ancrage.needs.enums import Audience, PayPeriod, StartPrecision
from ancrage.professions.enums import ContractKind
from ancrage.web.offers.posting import (
    PUBLIC_POST_COLUMNS,
    as_data_block,
    job_posting,
    public_post_rows,
)
from ancrage.web.sheets import Fact, day_text, euros, pay_text, sheet_of, start_text
from tests.factories import (
    CommuneFactory,
    LegalPublicationFactory,
    NeedFactory,
    PartnerFactory,
    PracticeSheetFactory,
    ProfessionFactory,
)

pytestmark = pytest.mark.django_db


def _offer(**values):
    return NeedFactory(
        published=True,
        profession=ProfessionFactory(label_fr="Infirmier"),
        partner=PartnerFactory(name="Hôpital fictif"),
        commune=CommuneFactory(name="Pornic"),
        published_at=datetime(2026, 11, 16, 9, 30, tzinfo=UTC),
        **values,
    )


def test_sheet_leaves_empty_facts_out():
    offer = _offer(reference="", description="", positions=2, fte_hundredths=80)

    sheet = sheet_of(offer)

    assert sheet.facts == (
        Fact("Contrat", "CDI"),
        Fact("Nombre de postes", "2"),
        Fact("Temps de travail", "80 % d’un temps plein"),
        Fact("Prise de poste", "4 janvier 2027"),
        Fact("Lieu", "Pornic"),
    )
    assert sheet.description == "Hôpital fictif recherche 2 personnes pour ces postes, à Pornic."
    assert (sheet.practice, sheet.publication, sheet.apply_before) == ((), (), None)


@pytest.mark.parametrize(
    ("precision", "text"),
    [
        (StartPrecision.DAY, "4 janvier 2027"),
        (StartPrecision.MONTH, "janvier 2027"),
        (StartPrecision.QUARTER, "1er trimestre 2027"),
        (StartPrecision.ASAP, "Dès que possible"),
    ],
)
def test_start_is_told_as_precisely_as_it_is_known(precision, text):
    assert start_text(_offer(start_precision=precision)) == text


@pytest.mark.parametrize(
    ("low", "high", "note", "text"),
    [
        (220000, 260000, "", "de 2 200 € à 2 600 € par mois"),
        (220000, 220000, "", "2 200 € par mois"),
        (220000, None, "", "à partir de 2 200 € par mois"),
        (None, 260000, "brut", "jusqu’à 2 600 € par mois · brut"),
        (None, None, "grille FPH", "grille FPH"),
    ],
)
def test_pay_is_told_in_words(low, high, note, text):
    offer = NeedFactory.build(
        pay_min_cents=low,
        pay_max_cents=high,
        pay_period=PayPeriod.MONTH,
        pay_note=note,
        partner=None,
        commune=None,
        profession=None,
        search="",
    )

    assert _plain(pay_text(offer)) == text


def test_euros_show_cents_only_when_there_are_some():
    assert [_plain(euros(1250)), _plain(euros(120000))] == ["12,50 €", "1 200 €"]


def test_practice_sheet_is_told():
    offer = PracticeSheetFactory(
        need=_offer(contract=ContractKind.SUCCESSOR),
        patients=1250,
        rent_cents=40000,
        retrocession_percent=80,
        room_for_couple=True,
        days="lundi, mercredi",
    ).need

    practice = {fact.label: _plain(fact.value) for fact in sheet_of(offer).practice}

    assert practice == {
        "Patients suivis": "1 250",
        "Jours travaillés": "lundi, mercredi",
        "Loyer mensuel": "400 €",
        "Rétrocession": "80 %",
        "Couple de médecins": "possible",
    }


def test_job_posting_says_only_what_the_page_shows():
    offer = _offer(
        reference="H-12",
        positions=3,
        pay_min_cents=220000,
        pay_max_cents=260000,
        pay_period=PayPeriod.MONTH,
        description="Une équipe qui se parle.",
    )

    posting = json.loads(
        job_posting(
            offer,
            url="https://exemple.test/offres/1/",
            description="Une équipe qui se parle.",
            valid_through=date(2027, 1, 31),
        )
    )

    assert posting == {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": "Infirmier",
        "description": "Une équipe qui se parle.",
        "datePosted": "2026-11-16T10:30:00+01:00",
        "validThrough": "2027-01-31T23:59:00+01:00",
        "employmentType": ["FULL_TIME"],
        "hiringOrganization": {"@type": "Organization", "name": "Hôpital fictif"},
        "jobLocation": {
            "@type": "Place",
            "address": {
                "@type": "PostalAddress",
                "addressLocality": "Pornic",
                "addressCountry": "FR",
            },
        },
        "totalJobOpenings": 3,
        "identifier": {
            "@type": "PropertyValue",
            "name": "Hôpital fictif",
            "value": "H-12",
        },
        "directApply": False,
        "url": "https://exemple.test/offres/1/",
        "baseSalary": {
            "@type": "MonetaryAmount",
            "currency": "EUR",
            "value": {
                "@type": "QuantitativeValue",
                "unitText": "MONTH",
                "minValue": 2200.0,
                "maxValue": 2600.0,
            },
        },
    }


def test_every_contract_has_an_employment_type():
    for contract in ContractKind:
        offer = _offer(contract=contract, fte_hundredths=50)
        posting = json.loads(job_posting(offer, url="u", description="d", valid_through=None))
        assert posting["employmentType"][0] == "PART_TIME"
        assert "validThrough" not in posting


def test_data_block_cannot_be_closed_by_a_text():
    block = as_data_block(json.dumps({"title": "</script><script>alert(1)</script> & co"}))

    assert "<" not in block
    assert json.loads(block)["title"] == "</script><script>alert(1)</script> & co"


def test_public_post_rows_fill_the_columns_of_the_common_site():
    offer = _offer(
        reference="H-12",
        unit="Gériatrie",
        audience=Audience.PUBLIC,
        contract=ContractKind.CDD,
        ends_on=date(2027, 1, 13),
    )
    LegalPublicationFactory(need=offer, is_creation=True, apply_before=date(2027, 1, 2))
    plain = _offer(reference="", unit="")

    rows = list(public_post_rows([offer, plain]))

    assert [len(row) for row in rows] == [len(PUBLIC_POST_COLUMNS)] * 2
    assert rows[0] == [
        "Fonction publique hospitalière",
        "H-12",
        "Infirmier",
        "Emploi créé",
        "Infirmier",
        "Gériatrie",
        "Pornic",
        "16/11/2026",
        "02/01/2027",
        "Hôpital fictif",
        "",
        "CDD",
        "10 jours",
    ]
    assert rows[1][1] == str(plain.pk)
    assert rows[1][5] == "Hôpital fictif"


def _plain(text):
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def test_day_text_of_the_first_of_a_month():
    assert (day_text(date(2027, 6, 1)), day_text(date(2027, 6, 11))) == (
        "1er juin 2027",
        "11 juin 2027",
    )
    with override("en"):
        assert day_text(date(2027, 6, 1)) == "1 June 2027"
    assert day_text(None) == ""
