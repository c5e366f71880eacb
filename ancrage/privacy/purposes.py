"""Why the platform holds personal data: the register of processing, as data.

The legal bases are those proposed to the data protection officer of a deployment, who confirms
them; the terms are what the purge commands apply. Sources: GDPR art. 5 to 7, 13, 14, 30 and 33;
CNIL recruitment guide (30 January 2023) for the two years of a talent pool; CNIL developer's
guide, sheet 14, for the year of a journal.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ancrage.privacy.terms import Since, Term


@dataclass(frozen=True)
class Purpose:
    """One line of the register: what for, on what basis, which data, seen by whom, how long."""

    code: str
    label: Promise
    legal_basis: Promise
    data: Promise
    # Who gave the data: the person, or somebody else who must then be named.
    origin: Promise
    seen_by: Promise
    kept: Promise
    # Held only while the person agrees: there is a notice, and an entry in the ledger.
    consent: bool = False
    # The same as `kept`, for the programs; None where the life of the row decides.
    term: Term | None = None


_TWO_YEARS = _(
    "deux ans après le dernier contact ; la personne est prévenue 30 jours avant, par courriel, ou"
    " par la coordination si aucun ne l’atteint"
)

_ALL = (
    Purpose(
        code="account",
        label=_("Comptes, sécurité et traçabilité"),
        legal_basis=_("exécution du contrat et intérêt légitime (sécurité)"),
        data=_(
            "nom, prénom, fonction, adresse électronique, mot de passe (empreinte), seconds"
            " facteurs, jetons d’accès, appareils connectés (adresse IP, navigateur), recherches"
            " enregistrées, journal des actions"
        ),
        origin=_("la personne elle-même, ou la structure qui l’a invitée"),
        seen_by=_("la personne, l’administration de la plateforme"),
        kept=_("durée du compte ; sessions 12 heures, courriels envoyés 90 jours, journal un an"),
    ),
    Purpose(
        code="membership",
        label=_("Contacts professionnels des structures"),
        legal_basis=_("intérêt légitime"),
        data=_("rattachement à une structure ou à un territoire, rôle, invitations, signatures"),
        origin=_("la structure ou la coordination du territoire"),
        seen_by=_("les membres de la structure, la coordination du territoire"),
        kept=_("durée du rattachement, puis un an"),
        term=Term(months=12, since=Since.END),
    ),
    Purpose(
        code="contact_request",
        label=_("Réponse à une prise de contact spontanée"),
        legal_basis=_("mesures précontractuelles, à la demande de la personne"),
        data=_("nom, adresse électronique ou téléphone, métier, commune, message"),
        origin=_("la personne elle-même"),
        seen_by=_("la coordination du territoire choisi"),
        kept=_("trois mois après la réponse, un an au plus"),
        term=Term(months=3, since=Since.END),
    ),
    Purpose(
        code="talent_pool",
        label=_("Vivier : carte sans nom, visible des structures"),
        legal_basis=_("consentement"),
        data=_(
            "métier, tranche d’expérience, mois de disponibilité, zone souhaitée, contrat"
            " souhaité ; ni nom, ni adresse, ni texte libre"
        ),
        origin=_("la personne elle-même, ou la coordination avec son accord"),
        seen_by=_("toutes les structures membres, sans savoir de qui il s’agit"),
        kept=_TWO_YEARS,
        consent=True,
        term=Term(months=24, since=Since.LAST_CONTACT),
    ),
    Purpose(
        code="identity",
        label=_("Identité et coordonnées montrées à une structure"),
        legal_basis=_("consentement, structure par structure"),
        data=_("nom, prénom, adresse électronique, téléphone, commune, documents joints"),
        origin=_("la personne elle-même, ou la coordination avec son accord"),
        seen_by=_("la structure que la personne a choisie, la coordination du territoire"),
        kept=_("jusqu’au retrait de l’accord, deux ans après le dernier contact au plus"),
        consent=True,
        term=Term(months=24, since=Since.LAST_CONTACT),
    ),
    Purpose(
        code="application",
        label=_("Candidature à un besoin précis"),
        legal_basis=_("mesures précontractuelles, à la demande de la personne"),
        data=_("besoin visé, messages échangés, rendez-vous, réponse et son motif"),
        origin=_("la personne elle-même, la structure qui recrute"),
        seen_by=_("la structure qui recrute, la coordination du territoire"),
        kept=_("trois mois après la fin de la mise en relation"),
        term=Term(months=3, since=Since.END),
    ),
    Purpose(
        code="support",
        label=_("Accompagnement du parcours professionnel"),
        legal_basis=_("mission d’intérêt public de la coordination du territoire"),
        data=_("objectif, étapes, contacts, prochaine action, suites après l’embauche"),
        origin=_("la personne elle-même, la coordination qui l’accompagne"),
        seen_by=_("la coordination du territoire"),
        kept=_TWO_YEARS,
        term=Term(months=24, since=Since.LAST_CONTACT),
    ),
    Purpose(
        code="training",
        label=_("Inscription à une formation : place, présence, résultat"),
        legal_basis=_("mesures précontractuelles, à la demande de la personne"),
        data=_("nom, prénom, session, place demandée ou accordée, présences, résultat"),
        origin=_("la personne elle-même, la coordination avec son accord, l’organisme"),
        seen_by=_(
            "l’organisme qui donne la formation, une fois la place demandée ou confirmée par la"
            " personne ; la coordination du territoire où elle est donnée"
        ),
        kept=_TWO_YEARS,
        term=Term(months=24, since=Since.LAST_CONTACT),
    ),
    Purpose(
        code="aids",
        label=_("Aides demandées : réponse, versement, engagement en retour"),
        legal_basis=_(
            "mission d’intérêt public de la coordination du territoire, à la demande de la"
            " personne"
        ),
        data=_(
            "aide demandée, dates, montants, réponse de l’organisme, début de l’engagement, note ;"
            " aucune des réponses données pour savoir à quoi l’on a droit"
        ),
        origin=_("la personne elle-même, la coordination qui l’accompagne"),
        seen_by=_("la personne, la coordination du territoire ; aucune structure"),
        kept=_TWO_YEARS,
        term=Term(months=24, since=Since.LAST_CONTACT),
    ),
    Purpose(
        code="current_employer",
        label=_("Employeur actuel : ne pas montrer la personne à la structure où elle travaille"),
        legal_basis=_(
            "intérêt légitime de la personne, qui le dit si elle le veut, et respect de la charte"
        ),
        data=_("structure ou nom de l’employeur actuel, choix d’en être vue ou non"),
        origin=_("la personne elle-même, la coordination qui l’accompagne"),
        seen_by=_("la coordination du territoire ; aucune structure, ni avant ni après accord"),
        kept=_TWO_YEARS,
        term=Term(months=24, since=Since.LAST_CONTACT),
    ),
    Purpose(
        code="directory",
        label=_("Vérification de l’inscription des professionnels"),
        legal_basis=_("mission d’intérêt public (répertoire public des professionnels de santé)"),
        data=_(
            "numéro RPPS, profession, mode d’exercice, tels que le répertoire les publie ;"
            " l’extrait entier, le temps de compter les professionnels par commune"
        ),
        origin=_("l’annuaire santé, publié par l’Agence du numérique en santé"),
        seen_by=_("la coordination du territoire ; ailleurs, des nombres seulement"),
        kept=_(
            "jusqu’au chargement de l’extrait suivant ; pour compter par commune, le temps de la"
            " lecture, un jour au plus"
        ),
    ),
    Purpose(
        code="events",
        label=_("Rencontres organisées : Doc’dating, job dating, journées de découverte"),
        legal_basis=_("exécution du contrat (inscription à la rencontre)"),
        data=_(
            "nom, prénom, adresse électronique, téléphone, cabinet ou structure, réponses aux"
            " questions de l’inscription, vœux, présence, réponses « revoir », suites données"
        ),
        origin=_("la personne elle-même, l’organisation de la rencontre"),
        seen_by=_(
            "l’organisation ; l’autre participant quand les deux souhaitent se revoir ; vœux et"
            " réponses « revoir » ne sont montrés à personne d’autre"
        ),
        # A year, and the month to answer what it became a year later.
        kept=_("treize mois après la rencontre : le temps de demander ce qu’elle est devenue"),
        term=Term(months=13, since=Since.END),
    ),
    Purpose(
        code="events_sharing",
        label=_("Fiche montrée à l’autre côté avant une rencontre"),
        legal_basis=_("consentement, rencontre par rencontre"),
        data=_("nom, cabinet ou structure, réponses aux questions marquées comme montrées"),
        origin=_("la personne elle-même"),
        seen_by=_("les participants de l’autre côté de cette rencontre"),
        kept=_("jusqu’au retrait de l’accord, treize mois après la rencontre au plus"),
        consent=True,
        term=Term(months=13, since=Since.END),
    ),
    Purpose(
        code="concierge",
        label=_("Projet de vie : logement, garde d’enfants, mobilité, emploi du conjoint"),
        legal_basis=_("consentement, séparé du recrutement, et partenaire par partenaire"),
        data=_(
            "dates, commune du travail, horaires, nombre d’adultes, âges des enfants, véhicule,"
            " métier du conjoint, loyer accepté, demandes aux partenaires et leurs réponses"
        ),
        origin=_("la personne elle-même, ou la coordination avec son accord"),
        seen_by=_(
            "la coordination du territoire ; le partenaire que la personne a choisi, ce qu’il lui"
            " faut pour répondre ; aucune structure qui recrute"
        ),
        kept=_("trois mois après la clôture du projet ; effacé dès que l’accord est retiré"),
        consent=True,
        term=Term(months=3, since=Since.END),
    ),
    Purpose(
        code="data_protection",
        label=_("Preuve des accords, exercice des droits, incidents"),
        legal_basis=_("obligation légale (RGPD, art. 5, 7, 12 et 33)"),
        data=_(
            "accords donnés et retirés, consultations d’un profil identifié, demandes"
            " d’exercice des droits, incidents et personnes prévenues, empreinte de l’adresse et"
            " du téléphone d’une personne effacée"
        ),
        origin=_("la personne elle-même, la plateforme"),
        seen_by=_("la personne, la coordination du territoire, l’administration"),
        kept=_(
            "accords : aussi longtemps que le profil ; consultations : un an ; empreintes : trois"
            " ans ; demandes et incidents : cinq ans"
        ),
        term=Term(months=12, since=Since.CREATION),
    ),
)

PURPOSES: Mapping[str, Purpose] = MappingProxyType({purpose.code: purpose for purpose in _ALL})


class UnknownPurpose(LookupError):
    """A purpose that the register does not hold was given: a mistake of the code."""


def purpose_of(code: str) -> Purpose:
    """Return the line of the register; raise `UnknownPurpose` if there is none."""
    try:
        return PURPOSES[code]
    except KeyError:
        raise UnknownPurpose(code) from None
