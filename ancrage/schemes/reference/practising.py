"""Practising, and the taxes of a practice: rows 16 to 19 and 22 of the inventory."""

from datetime import date

from ancrage.schemes.enums import Payer, Topic
from ancrage.schemes.reference.common import AGREED, DOCTORS, ONCE_IN_TEN_YEARS, READ_ON
from ancrage.schemes.reference.shapes import (
    COMMUNE,
    PERSON,
    STRUCTURE,
    Owed,
    SchemeRow,
    monthly,
    rate,
    yearly,
)

PRACTISING = (
    SchemeRow(
        code="accueil-docteur-junior",
        topic=Topic.SETTLING,
        payer=Payer.UNREAD,
        receivers=(PERSON, STRUCTURE),
        label=(
            "Rémunération du maître de stage d’un docteur junior",
            "Pay of a supervisor hosting a junior doctor",
        ),
        content=(
            "600 € et 1 200 € par mois au médecin généraliste agréé qui accueille un docteur "
            "junior ; 800 € de plus en ZIP, ZAC ou quartier prioritaire, et 400 € s’il supervise "
            "ses gardes.",
            "€600 and €1,200 a month to the approved general practitioner who hosts a junior "
            "doctor; €800 more in a ZIP or ZAC zone or a priority district, and €400 for "
            "supervising on-call duty.",
        ),
        rule="""metier = general_practitioner
maitre_de_stage
accueille_docteur_junior""",
        source=(
            "Légifrance, rémunération des maîtres de stage",
            "https://legal.tricoteuses.fr/articles/LEGIARTI000052146959",
        ),
        checked=READ_ON,
        opens=date(2026, 11, 2),
        amounts=(
            monthly(600, label=("part pédagogique", "teaching share")),
            monthly(1_200, label=("part d’accueil", "hosting share")),
            monthly(
                800,
                label=("en ZIP, ZAC ou quartier prioritaire", "in a ZIP, ZAC or QPV zone"),
                rule="zones touche {QPV, ZAC, ZIP}",
            ),
            monthly(
                400,
                label=("supervision des gardes", "supervision of on-call duty"),
                rule="supervise_garde",
            ),
        ),
    ),
    SchemeRow(
        code="exoneration-frr",
        topic=Topic.TAX,
        payer=Payer.STATE,
        receivers=(PERSON, STRUCTURE),
        label=(
            "Exonération d’impôt en France ruralités revitalisation",
            "Tax exemption in rural revitalisation zones (FRR)",
        ),
        content=(
            "Aucun impôt sur les bénéfices pendant cinq ans, puis 75, 50 et 25 % d’exonération, "
            "pour une activité créée ou reprise entre le 1er juillet 2024 et le 31 décembre 2029. "
            "Les communes sorties de l’ancienne ZRR en gardent pour l’instant le bénéfice.",
            "No tax on profits for five years, then exemptions of 75, 50 and 25%, for a business "
            "created or taken over from 1 July 2024 to 31 December 2029. Communes that left the "
            "former ZRR zoning keep the benefit for now.",
        ),
        rule=f"""creation_reprise_le >= 01/07/2024
creation_reprise_le <= 31/12/2029
effectif < 11
siege_dans_zone
regime_reel
zones touche {{FRR, ZRR}}
{ONCE_IN_TEN_YEARS}""",
        source=(
            "Enligne.biz, exonérations en zones FRR",
            "https://enligne.biz/plus-dentreprises-rurales-concernees-par-les-nouvelles-"
            "exonerations-fiscales-et-sociales-en-zones-zfrr",
        ),
        checked=READ_ON,
        opens=date(2024, 7, 1),
        closes=date(2029, 12, 31),
        amounts=(
            rate(
                100,
                label=("pendant cinq ans", "for five years"),
                rule="creation_reprise_le > aujourd’hui - 5 ans",
            ),
            rate(
                75,
                label=("sixième année", "sixth year"),
                rule="creation_reprise_le <= aujourd’hui - 5 ans\n"
                "creation_reprise_le > aujourd’hui - 6 ans",
            ),
            rate(
                50,
                label=("septième année", "seventh year"),
                rule="creation_reprise_le <= aujourd’hui - 6 ans\n"
                "creation_reprise_le > aujourd’hui - 7 ans",
            ),
            rate(
                25,
                label=("huitième année", "eighth year"),
                rule="creation_reprise_le <= aujourd’hui - 7 ans\n"
                "creation_reprise_le > aujourd’hui - 8 ans",
            ),
        ),
    ),
    SchemeRow(
        code="exoneration-cfe",
        topic=Topic.TAX,
        payer=Payer.LOCAL_AUTHORITY,
        receivers=(PERSON, COMMUNE),
        label=(
            "Exonération de cotisation foncière (CFE)",
            "Exemption from the business property tax (CFE)",
        ),
        content=(
            "La commune ou l’intercommunalité peut voter une exonération de deux à cinq ans pour "
            "les médecins et auxiliaires médicaux, en zone rurale ou dans une commune de moins de "
            "2 000 habitants. Un cabinet secondaire y a droit aussi.",
            "The commune or grouping may vote an exemption of two to five years for doctors and "
            "paramedics, in a rural zone or a commune of under 2,000 inhabitants. A secondary "
            "practice qualifies too.",
        ),
        rule=f"""une (
  zones touche {{FRR, ZRR}}
  habitants < 2000
)
exoneration_votee
{ONCE_IN_TEN_YEARS}""",
        source=(
            "ID CiTé, implantation de médecins en ZRR",
            "https://www.idcite.com/R-M-Implantation-de-medecins-et-auxiliaires-medicaux-en-ZRR-"
            "ou-dans-une-commune-de-moins-de-2-000-habitants-Conditions-d_a32865.amp.html",
        ),
        checked=READ_ON,
    ),
    SchemeRow(
        code="aide-collectivite-l1511-8",
        topic=Topic.SETTLING,
        payer=Payer.LOCAL_AUTHORITY,
        receivers=(PERSON, COMMUNE),
        label=(
            "Aides d’une collectivité (CGCT, art. L1511-8)",
            "Aids of a local authority (CGCT, art. L1511-8)",
        ),
        content=(
            "En zone définie par l’ARS, une commune, une intercommunalité ou un département peut "
            "payer l’investissement ou le fonctionnement, prêter un local ou un logement, verser "
            "une prime d’installation ou d’exercice. La convention est transmise à l’ARS et à "
            "l’assurance maladie. Hors zone, l’aide est illégale.",
            "In a zone set by the health agency, a commune, a grouping or a département may pay "
            "for investment or running costs, lend premises or a dwelling, pay a settlement or "
            "practice bonus. The convention is sent to the agency and the health insurance. "
            "Outside the zone the aid is illegal.",
        ),
        rule=f"""zones touche {{ZAC, ZIP}}
convention_ars
{ONCE_IN_TEN_YEARS}""",
        source=(
            "SVP, aides des collectivités hors zone déficitaire",
            "https://www.svp.com/notes-expert/aides-des-collectivites-territoriales-aux-"
            "professionnels-de-sante-en-dehors-dune-zone-deficitaire-en-offre-de-soin-retrait-"
            "dune-deliberation-illegale/",
        ),
        checked=READ_ON,
    ),
    SchemeRow(
        code="assistant-medical",
        topic=Topic.SETTLING,
        payer=Payer.HEALTH_INSURANCE,
        receivers=(PERSON, STRUCTURE),
        label=(
            "Aide à l’emploi d’un assistant médical",
            "Aid to employ a medical assistant",
        ),
        content=(
            "Pendant cinq ans, renouvelables, contre un plus grand nombre de patients suivis : "
            "l’aide dépend de la quotité et décroît les deux premières années. Montants à "
            "augmenter de 5 % depuis juin 2024.",
            "For five years, renewable, in return for following more patients: the aid depends "
            "on the share of a post and falls over the first two years. Amounts to be raised by "
            "5% since June 2024.",
        ),
        rule=f"""metier parmi {DOCTORS}
assistant_medical
exercice_groupe
patientele_au_dessus_p30
{AGREED}""",
        source=(
            "Crédit agricole, l’aide à l’embauche des assistants médicaux",
            "https://www.credit-agricole.fr/professionnel/conseils/magazine/tout-un-mag/"
            "comment-fonctionne-l-aide-a-l-embauche-des-assistants-medicaux.html",
        ),
        checked=READ_ON,
        owed=Owed(("Contrat de cinq ans, renouvelable.", "A five-year contract, renewable."), 60),
        amounts=(
            yearly(
                12_000,
                36_000,
                label=("première année", "first year"),
                rule="annee_de_contrat <= 1",
            ),
            yearly(
                9_000,
                27_000,
                label=("deuxième année", "second year"),
                rule="annee_de_contrat = 2",
            ),
            yearly(
                7_000,
                21_000,
                label=("années suivantes", "following years"),
                rule="annee_de_contrat >= 3",
            ),
        ),
    ),
)
