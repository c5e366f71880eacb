import json
from pathlib import Path

import pytest

from ancrage.needs.wording import RULES, find_forbidden_wording

OFFERS = Path(__file__).parents[3] / "shared/data/offres_cap_emploi_44_2015.json"


def codes(text):
    return [finding.code for finding in find_forbidden_wording(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Candidat âgé de moins de 35 ans.", ["age"]),
        ("Profil : entre 25 et 40 ans", ["age"]),
        ("Âge maximum 45 ans", ["age"]),
        ("Moins de 30 ans souhaité", ["age"]),
        ("Jeune et dynamique, vous aimez le contact.", ["age"]),
        ("Poste ouvert aux jeunes diplômés", ["age"]),
        ("Limite d’âge : 50 ans", ["age"]),
        ("Nous recherchons une femme pour les toilettes", ["sex"]),
        ("Femme de préférence", ["sex"]),
        ("Poste réservé aux hommes", ["sex"]),
        ("Présence masculine souhaitée dans l’équipe", ["sex"]),
        ("L’EHPAD recherche une infirmière de nuit.", ["sex"]),
        ("Personne sans charge de famille", ["family"]),
        ("Célibataire souhaité pour ce poste en internat", ["family"]),
        ("Merci de préciser votre situation familiale", ["family"]),
        ("Indiquez la profession de votre conjoint", ["family"]),
        ("Convient à une mère de famille", ["family"]),
        ("Avoir résolu ses problèmes de garde d’enfants", ["childcare"]),
        ("Il faut un mode de garde pour les week-ends", ["childcare"]),
        ("AVOIR RESOLU SES PROBLEMES DE GARDE", ["childcare"]),
        ("Garde d’enfants impérativement organisée", ["childcare"]),
        ("Être non enceinte au moment de l’embauche", ["pregnancy"]),
        ("Sans projet de maternité", ["pregnancy"]),
        ("Excellente condition physique exigée", ["health"]),
        ("Être en bonne santé", ["health"]),
        ("Sans problème de dos", ["health"]),
        ("Non-fumeur", ["health"]),
        ("De nationalité française", ["origin"]),
        ("Langue maternelle : le français", ["origin"]),
        ("Bonne présentation exigée", ["appearance"]),
        ("CV avec photo", ["appearance"]),
        ("Photo obligatoire", ["appearance"]),
        ("Habiter à proximité de Pornic", ["residence"]),
        ("Domicilié sur la commune", ["residence"]),
        ("De confession catholique", ["belief"]),
        ("Personne non syndiquée", ["belief"]),
        ("Joindre la copie de votre carte vitale et un RIB", ["documents"]),
        ("Fournir les trois dernières fiches de paie", ["past_pay"]),
        ("Précisez votre salaire actuel", ["past_pay"]),
        (
            "Jeune et dynamique, sans enfants. Photo exigée.",
            ["age", "family", "appearance"],
        ),
    ],
)
def test_find_forbidden_wording_warns(text, expected):
    assert codes(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Accompagnement de personnes âgées de plus de 60 ans",
        "Foyer accueillant des adultes de 18 à 60 ans",
        "Crèche : enfants de moins de 3 ans",
        "Service de soins pour patients de plus de 75 ans",
        "Plus de 20 ans d’expérience au service des familles",
        "Notre association existe depuis plus de 30 ans",
        "Contrat d’apprentissage, pour un apprenti de moins de 30 ans",
        "Équipe jeune et dynamique",
        "EHPAD de 80 lits, moyenne d’âge 87 ans",
        "Cinq ans d’expérience en gériatrie",
        "Débutants acceptés, jeunes patients en pédopsychiatrie",
        "Nous recherchons une infirmière ou un infirmier",
        "Recherche une infirmière (F/H) de nuit",
        "Nous recherchons une infirmière coordinatrice. Poste ouvert H / F.",
        "Centre d’hébergement : accueil de femmes uniquement",
        "Suivi de grossesse, consultations de femmes enceintes",
        "Remplacement d’un congé maternité",
        "Évaluer la situation familiale des usagers",
        "Accompagnement de mères de famille isolées",
        "Place en crèche possible : garde d’enfants de 6 h à 22 h",
        "Nous pouvons vous aider à trouver un mode de garde",
        "Expérience exigée en garde d’enfants",
        "Auxiliaire de vie : vous devrez assurer la garde d’enfants à domicile",
        "Maintenir les résidents en bonne santé",
        "Bonne santé financière de l’établissement",
        "Maison de santé pluriprofessionnelle",
        "Vaccination contre l’hépatite B à jour",
        "Port de charges, station debout prolongée",
        "Poste sans condition de nationalité",
        "Maîtrise du français à l’oral et à l’écrit",
        "Aisance dans la présentation orale des dossiers",
        "Bonne présentation des plateaux-repas",
        "Possibilité d’habiter à proximité : un studio est proposé",
        "Patients résidant à domicile dans les communes du Sud",
        "Prise en compte de la religion et des habitudes de chacun",
        "Lecture de la carte vitale, facturation des actes",
        "Relever le numéro de sécurité sociale des patients à l’accueil",
        "Rémunération selon l’ancienneté, reprise à votre salaire actuel",
        "Savoir lire et écrire, première expérience bienvenue",
    ],
)
def test_find_forbidden_wording_leaves_care_work_alone(text):
    assert codes(text) == []


def test_find_forbidden_wording_quotes_the_text_as_written():
    (finding,) = find_forbidden_wording(
        "Horaires variables. Avoir  résolu\u00a0ses problèmes de garde."
    )

    assert finding.quote == "Avoir résolu ses problèmes de garde"


def test_find_forbidden_wording_keeps_the_place_after_a_ligature():
    (finding,) = find_forbidden_wording("Cœur de métier : soin. Photo exigée")

    assert finding.quote == "Photo exigée"


def test_find_forbidden_wording_reads_letters_with_separate_accents():
    assert codes("A\u0302ge maximum 45 ans") == ["age"]


def test_find_forbidden_wording_says_each_thing_once_a_sentence():
    text = "Non-fumeur, en bonne santé. Non-fumeur."

    assert codes(text) == ["health", "health"]


def test_every_rule_says_why_and_what_to_write_instead():
    assert [rule.code for rule in RULES if not (str(rule.reason) and str(rule.suggestion))] == []
    assert len({rule.code for rule in RULES}) == len(RULES)


@pytest.mark.skipif(not OFFERS.exists(), reason="the collected offers are not on this machine")
def test_find_forbidden_wording_on_collected_offers():
    offers = json.loads(OFFERS.read_text(encoding="utf-8"))

    found = {
        offer["numero"]: codes(f"{offer.get('descriptif', '')}\n{offer.get('profil', '')}")
        for offer in offers
    }

    assert found == {"7157P": ["childcare"], "7160A": [], "7156A": []}
