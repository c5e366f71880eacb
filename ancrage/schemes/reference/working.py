"""Working at the hospital, training: rows 26 to 28, 39 to 42 and the transition project."""

from datetime import date

from ancrage.schemes.enums import AmountPeriod, Payer, RepaymentKind, Topic
from ancrage.schemes.reference.common import ILE_DE_FRANCE, NORMANDY, READ_ON
from ancrage.schemes.reference.shapes import (
    COMMUNE,
    PERSON,
    STRUCTURE,
    AmountRow,
    Owed,
    SchemeRow,
    monthly,
    once,
)

_NORMANDY_SOURCE = (
    "ARS Normandie, appui inter-hospitalier",
    "https://www.normandie.ars.sante.fr/dispositif-dappui-inter-hospitalier",
)

WORKING = (
    SchemeRow(
        code="pech",
        topic=Topic.CAREER,
        payer=Payer.HOSPITAL,
        receivers=(PERSON, STRUCTURE),
        label=(
            "Prime d’engagement de carrière hospitalière (PECH)",
            "Hospital career commitment bonus (PECH)",
        ),
        content=(
            "En deux versements, au praticien contractuel ou à l’assistant qui s’engage à passer "
            "le concours de praticien hospitalier et à rester trois ans : 10 000 € en tension "
            "nationale, 20 000 € en tension locale, 30 000 € dans les deux cas réunis.",
            "In two payments, for a contractual practitioner or assistant who will sit the "
            "hospital practitioner competition and stay three years: €10,000 for a national "
            "shortage, €20,000 for a local one, €30,000 for both.",
        ),
        rule="""situations contient praticien_contractuel
passera_concours_ph
une (
  tension_nationale
  tension_locale
)""",
        source=(
            "FHF, prime d’engagement de carrière hospitalière",
            "https://fhf.fr/expertises/ressources-humaines/personnel-medical/modification-des-"
            "conditions-encadrant-la-prime-dengagement-de-carriere-hospitaliere-0",
        ),
        checked=date(2024, 12, 31),
        owed=Owed(("Trois ans après le concours.", "Three years after the competition."), 36),
        amounts=(
            once(
                10_000,
                label=("tension nationale", "national shortage"),
                rule="tension_nationale\npas tension_locale",
            ),
            once(
                20_000,
                label=("tension locale", "local shortage"),
                rule="tension_locale\npas tension_nationale",
            ),
            once(
                30_000,
                label=("tension nationale et locale", "national and local shortage"),
                rule="tension_nationale\ntension_locale",
            ),
        ),
    ),
    SchemeRow(
        code="prime-exercice-territorial",
        topic=Topic.CAREER,
        payer=Payer.HOSPITAL,
        receivers=(PERSON, STRUCTURE),
        label=("Prime d’exercice territorial", "Multi-site practice bonus"),
        content=(
            "De 250 à 1 000 € par mois au praticien qui travaille sur plusieurs sites, selon les "
            "demi-journées passées hors du sien, avec une convention d’activité partagée. "
            "Montants de 2017.",
            "From €250 to €1,000 a month for a practitioner who works on several sites, by "
            "half-days away from their own, under a shared activity convention. Amounts of 2017.",
        ),
        rule="""situations touche {praticien_contractuel, praticien_hospitalier}
convention_partagee
demi_journees_hors_site >= 1""",
        source=("APVF, prime d’exercice territorial", "https://apvf.asso.fr/?p=1205"),
        checked=date(2017, 12, 31),
        amounts=(monthly(250, 1_000),),
    ),
    SchemeRow(
        code="prime-solidarite-territoriale-normandie",
        topic=Topic.CAREER,
        payer=Payer.HOSPITAL,
        receivers=(PERSON, STRUCTURE),
        label=(
            "Prime de solidarité territoriale, Normandie",
            "Territorial solidarity bonus, Normandy",
        ),
        content=(
            "Pour 24 heures, ou quatre demi-journées, faites dans un autre hôpital au-delà des "
            "obligations de service : payée par l’hôpital d’origine, remboursé par celui qui "
            "accueille. Une convention nominative porte trois signatures. Cadre du "
            "3 janvier 2022.",
            "For 24 hours, or four half-days, worked in another hospital beyond duty: paid by "
            "the home hospital, refunded by the host. A nominative convention bears three "
            "signatures. Framework of 3 January 2022.",
        ),
        rule=f"""departement parmi {NORMANDY}
situations contient praticien_hospitalier
au_dela_obligations
convention_partagee""",
        source=_NORMANDY_SOURCE,
        checked=date(2022, 1, 3),
        amounts=(
            AmountRow(
                AmountPeriod.UNIT,
                1_441_00,
                1_441_00,
                ("24 heures, en semaine", "24 hours, weekday"),
            ),
            AmountRow(
                AmountPeriod.UNIT,
                1_575_00,
                1_575_00,
                ("24 heures, le samedi", "24 hours, Saturday"),
            ),
        ),
    ),
    SchemeRow(
        code="etude-promotionnelle",
        topic=Topic.TRAINING,
        payer=Payer.EMPLOYER,
        receivers=(PERSON, STRUCTURE),
        label=(
            "Étude promotionnelle (fonction publique hospitalière)",
            "Promotional studies (public hospitals)",
        ),
        content=(
            "L’agent, titulaire ou contractuel, admis dans une école garde son salaire ; "
            "l’employeur et l’ANFH paient la formation si l’employeur est d’accord. La demande se "
            "dépose avant les résultats de la sélection. Le diplôme n’oblige pas l’employeur à "
            "nommer dans le nouveau grade.",
            "A staff member, tenured or contractual, admitted to a school keeps their pay; the "
            "employer and ANFH pay for the course if the employer agrees. The request is lodged "
            "before the results of the selection. The diploma does not oblige the employer to "
            "appoint to the new grade.",
        ),
        rule="""situations touche {contractuel_public, fonctionnaire}
secteur_employeur = fph
admis_en_formation
accord_employeur""",
        source=(
            "ANFH, les études promotionnelles",
            "https://anfh.fr/se-former-dans-la-fph/les-etudes-promotionnelles",
        ),
        checked=READ_ON,
        owed=Owed(
            (
                "Trois fois la durée de la formation, cinq ans au plus, dans la fonction publique "
                "hospitalière ; partir, c’est rembourser les salaires.",
                "Three times the length of the course, five years at most, in public hospitals; "
                "leaving means paying back wages.",
            ),
            factor=300,
            most=60,
            repayment=RepaymentKind.UNKNOWN,
        ),
    ),
    SchemeRow(
        code="periode-reconversion",
        topic=Topic.TRAINING,
        payer=Payer.EMPLOYER,
        receivers=(PERSON, STRUCTURE),
        label=(
            "Période de reconversion (ex-Pro-A)",
            "Retraining period (formerly Pro-A)",
        ),
        content=(
            "Formation en alternance d’un salarié du privé, contrat et salaire maintenus, par "
            "avenant au contrat : le plus souvent six à douze mois, vingt-quatre au plus.",
            "Work-based training of a private employee, contract and pay kept, by an amendment "
            "to the contract: usually six to twelve months, twenty-four at most.",
        ),
        rule="""situations contient salarie
secteur_employeur = prive
avenant_signe""",
        source=(
            "SYNERPA, la période de reconversion",
            "https://synerpa.fr/la-periode-de-reconversion-ex-pro-a-un-levier-cle-pour-"
            "lattractivite-et-la-fidelisation",
        ),
        checked=READ_ON,
        opens=date(2025, 10, 24),
    ),
    SchemeRow(
        code="projet-transition-professionnelle",
        topic=Topic.TRAINING,
        payer=Payer.EMPLOYER,
        receivers=(PERSON,),
        label=("Projet de transition professionnelle", "Career transition project"),
        content=(
            "Un salarié du privé change de métier par une formation longue, salaire maintenu, si "
            "Transitions Pro de sa région accepte le dossier.",
            "A private employee changes trade through a long course, pay kept, if the regional "
            "Transitions Pro body accepts the file.",
        ),
        rule="""situations contient salarie
secteur_employeur = prive
admis_en_formation
accord_financeur""",
        source=(
            "OPCO Santé et Transitions Pro",
            "https://www.opco-sante.fr/atpro-et-opco-sante-optimisez-vos-financements-pour-la-"
            "formation-professionnelle",
        ),
        checked=READ_ON,
    ),
    SchemeRow(
        code="subvention-ipa-ile-de-france",
        topic=Topic.TRAINING,
        payer=Payer.ARS,
        receivers=(PERSON, STRUCTURE),
        label=(
            "Subvention IPA, Île-de-France (appel 2025)",
            "Advanced practice nurse grant, Île-de-France (2025 call)",
        ),
        content=(
            "Somme forfaitaire pour une ou deux années de formation d’un infirmier en pratique "
            "avancée, à l’employeur ou au libéral qui exerce dans la région. L’appel 2025 est "
            "clos ; guettez le suivant.",
            "A lump sum for one or two years of training of an advanced practice nurse, to the "
            "employer or the independent nurse who practises in the region. The 2025 call is "
            "closed; watch for the next.",
        ),
        rule=f"""departement parmi {ILE_DE_FRANCE}
metier parmi {{advanced_practice_nurse, nurse}}
admis_en_formation""",
        source=("Stop VOG, appel IPA 2025", "https://stop-vog.fr/?p=261630"),
        checked=date(2025, 5, 12),
        opens=date(2025, 3, 26),
        closes=date(2025, 5, 12),
    ),
    SchemeRow(
        code="voitures-service-ain",
        topic=Topic.MOBILITY,
        payer=Payer.LOCAL_AUTHORITY,
        receivers=(PERSON, STRUCTURE),
        label=(
            "Voitures de service pour l’aide à domicile, Ain",
            "Service cars for home care, Ain",
        ),
        content=(
            "Le département finance 1 302 voitures pour les services d’aide à domicile, pour les "
            "contrats d’au moins 104 heures par mois.",
            "The département pays for 1,302 cars for home care services, for contracts of at "
            "least 104 hours a month.",
        ),
        rule="""departement = 01
nature = aide_a_domicile
heures_par_mois >= 104""",
        source=(
            "Auto Infos, une flotte de 1 300 voitures dans l’Ain",
            "https://www.auto-infos.fr/article/une-flotte-automobile-de-1-300-voitures-pour-les-"
            "aides-a-domicile-de-l-ain.271436",
        ),
        checked=date(2023, 12, 31),
    ),
    SchemeRow(
        code="voitures-service-autres",
        topic=Topic.MOBILITY,
        payer=Payer.LOCAL_AUTHORITY,
        receivers=(STRUCTURE, COMMUNE),
        label=(
            "Voitures de service pour l’aide à domicile, Dordogne, Creuse et Gironde",
            "Service cars for home care, Dordogne, Creuse and Gironde",
        ),
        content=(
            "Flotte ou location financée par le département pour les services d’aide à domicile "
            "(1 300 voitures en Dordogne).",
            "A fleet or leases paid by the département for home care services (1,300 cars in "
            "Dordogne).",
        ),
        rule="departement parmi {23, 24, 33}\nnature = aide_a_domicile",
        source=(
            "Banque des territoires, les voitures de service",
            "https://banquedesterritoires.fr/les-voitures-de-service-coup-daccelerateur-pour-les-"
            "aides-domicile",
        ),
        checked=date(2023, 12, 31),
    ),
)
