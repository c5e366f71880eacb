"""What a person reads before agreeing: short, then full, each wording under its version.

A wording that somebody agreed to is never changed: a new one takes a new version, and the old
one stays readable. The ledger keeps version and digest, so that it can be proved which words
were agreed to.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ancrage.privacy.purposes import UnknownPurpose


@dataclass(frozen=True)
class Notice:
    """One wording of one purpose. French is the text of reference, whatever was displayed."""

    purpose: str
    version: str
    short: Promise
    full: Promise

    @property
    def digest(self) -> str:
        """The SHA-256 of the French text, in hexadecimal."""
        with translation.override("fr"):
            return sha256(f"{self.short}\n\n{self.full}".encode()).hexdigest()


# In the order of their publication: the last of a purpose is the one in force.
NOTICES: tuple[Notice, ...] = (
    Notice(
        purpose="talent_pool",
        version="2026-11",
        short=_(
            "J’accepte que les structures du territoire voient ma carte sans mon nom, pour me"
            " proposer un poste."
        ),
        full=_(
            "La carte montre votre métier, votre tranche d’expérience, le mois où vous êtes"
            " disponible, votre zone par intercommunalité et le contrat souhaité. Elle ne montre"
            " ni votre nom, ni vos coordonnées, ni votre âge, ni votre commune, ni vos documents."
            " Elle disparaît quand trop peu de personnes vous ressemblent pour que l’on ne vous"
            " reconnaisse pas. Cet accord est facultatif ; sans lui, la coordination vous"
            " accompagne tout autant. Vous le retirez quand vous voulez depuis « Mes données »,"
            " et la carte n’est plus montrée. Vos données sont gardées deux ans après le dernier"
            " contact, et vous êtes prévenu 30 jours avant. Vous pouvez les voir, les corriger,"
            " en limiter l’usage, les recevoir ou les faire effacer, et saisir la CNIL."
        ),
    ),
    Notice(
        purpose="identity",
        version="2026-11",
        short=_(
            "J’accepte que cette structure, et elle seule, voie mon nom, mes coordonnées et mes"
            " documents."
        ),
        full=_(
            "La structure nommée voit votre nom, votre adresse électronique, votre téléphone,"
            " votre commune et les documents que vous avez joints, pour vous répondre et vous"
            " rencontrer. Chaque consultation est notée et vous est montrée. Les autres"
            " structures ne voient rien de plus. Cet accord est facultatif et vaut pour cette"
            " structure seulement ; vous le retirez quand vous voulez depuis « Mes données »,"
            " et elle ne voit plus rien. Ce que la structure a déjà noté chez elle pour vous"
            " recevoir relève alors d’elle, et vous pouvez lui en demander l’effacement. Vos"
            " données sont gardées au plus deux ans après le dernier contact."
        ),
    ),
    Notice(
        purpose="events_sharing",
        version="2026-11",
        short=_(
            "J’accepte que les participants de l’autre côté lisent ma fiche avec mon nom avant la"
            " rencontre."
        ),
        full=_(
            "La fiche montre votre nom, votre cabinet ou votre structure et les réponses marquées"
            " comme montrées ; elle aide l’autre côté à former ses vœux. Elle ne montre ni vos"
            " coordonnées, ni vos vœux, ni vos réponses « revoir ». Cet accord est facultatif et"
            " vaut pour cette rencontre : sans lui, votre fiche est lue sans votre nom, et vous"
            " rencontrez les mêmes personnes. Vous le retirez quand vous voulez depuis le lien de"
            " votre inscription ou depuis « Mes données ». La fiche n’est plus montrée une fois la"
            " rencontre terminée, et elle est effacée treize mois après."
        ),
    ),
    Notice(
        purpose="concierge",
        version="2026-11",
        short=_(
            "J’accepte que la coordination, et chaque partenaire que je choisis, lisent ce dont"
            " mon foyer a besoin pour venir."
        ),
        full=_(
            "Vous dites vos dates, la commune et les horaires de votre travail, combien vous êtes,"
            " l’âge des enfants, si vous avez un véhicule, le métier de votre conjoint et le loyer"
            " que vous acceptez. La coordination le lit pour chercher avec vous. Un partenaire que"
            " vous choisissez ne lit que votre demande : votre prénom, de quoi vous joindre, les"
            " dates, les places, votre message, et l’âge des enfants s’il les accueille. Aucune"
            " structure qui recrute n’en voit rien, et rien de cela ne compte pour un poste. Cet"
            " accord est facultatif : sans lui, la coordination vous accompagne"
            " tout autant. Vous le retirez quand vous voulez depuis « Mes données », en entier ou"
            " pour un partenaire : les demandes sont closes aussitôt, et le projet est effacé. Il"
            " l’est aussi trois mois après que vous l’avez clos. Vous pouvez le voir, le corriger,"
            " le recevoir, et saisir la CNIL."
        ),
    ),
)


class UnknownNotice(LookupError):
    """No wording of that purpose has that version."""


def current_notice(purpose: str) -> Notice:
    """Return the wording in force; raise `UnknownPurpose` where nothing is asked."""
    latest = _latest().get(purpose)
    if latest is None:
        raise UnknownPurpose(purpose)
    return latest


def notice_of(purpose: str, version: str) -> Notice:
    """Return the wording somebody read; raise `UnknownNotice`."""
    for notice in NOTICES:
        if (notice.purpose, notice.version) == (purpose, version):
            return notice
    raise UnknownNotice(f"{purpose} {version}")


def _latest() -> Mapping[str, Notice]:
    return {notice.purpose: notice for notice in NOTICES}
