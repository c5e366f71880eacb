"""A need in words: the facts of its page, in the order people look for them."""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ancrage.needs.enums import PayPeriod, StartPrecision
from ancrage.needs.models import Need
from ancrage.web.templatetags.dates import date_in_words

QUARTERS = (
    gettext_lazy("1er trimestre %(year)d"),
    gettext_lazy("2e trimestre %(year)d"),
    gettext_lazy("3e trimestre %(year)d"),
    gettext_lazy("4e trimestre %(year)d"),
)


@dataclass(frozen=True)
class Fact:
    """A label and its value."""

    label: str
    value: str


@dataclass(frozen=True)
class OfferSheet:
    """What the page shows, and so all that its markup may say."""

    facts: tuple[Fact, ...]
    practice: tuple[Fact, ...]
    publication: tuple[Fact, ...]
    description: str
    apply_before: date | None


def sheet_of(offer: Need) -> OfferSheet:
    """Put `offer` in words, empty facts left out."""
    publication = getattr(offer, "publication", None)
    return OfferSheet(
        facts=_kept(
            (_("Contrat"), offer.get_contract_display()),
            (_("Nombre de postes"), str(offer.positions)),
            (_("Temps de travail"), working_time(offer.fte_hundredths)),
            (_("Prise de poste"), start_text(offer)),
            (_("Jusqu’au"), day_text(offer.ends_on)),
            (_("Horaires"), hours_text(offer)),
            (_("Rémunération"), pay_text(offer)),
            (_("Lieu"), str(offer.commune)),
            (_("Établissement"), str(offer.facility) if offer.facility else ""),
            (_("Service"), offer.unit),
            (_("Logement"), _("proposé") if offer.housing_offered else ""),
            (_("Référence"), offer.reference),
        ),
        practice=_practice(offer),
        publication=_publication(offer),
        description=offer.description or _default_description(offer),
        apply_before=publication.apply_before if publication else None,
    )


def working_time(hundredths: int) -> str:
    """« Temps plein », or « 80 % d’un temps plein »."""
    if hundredths == 100:
        return _("Temps plein")
    return _("%(percent)d %% d’un temps plein") % {"percent": hundredths}


def start_text(offer: Need) -> str:
    """The start as it was told: a day, a month, a quarter, as soon as possible."""
    if offer.start_precision == StartPrecision.ASAP:
        return _("Dès que possible")
    if offer.start_precision == StartPrecision.MONTH:
        return date_format(offer.starts_on, "F Y")
    if offer.start_precision == StartPrecision.QUARTER:
        quarter = (offer.starts_on.month - 1) // 3 + 1
        text = QUARTERS[quarter - 1]
        return str(text) % {"year": offer.starts_on.year}
    return day_text(offer.starts_on)


def hours_text(offer: Need) -> str:
    """« Jour, week-ends »."""
    parts = (
        (offer.works_days, _("jour")),
        (offer.works_nights, _("nuit")),
        (offer.works_12h, _("postes de 12 h")),
        (offer.works_weekends, _("week-ends")),
    )
    return ", ".join(text for holds, text in parts if holds)


def pay_text(offer: Need) -> str:
    """« de 2 200 € à 2 600 € par mois », with what the structure adds."""
    low, high = offer.pay_min_cents, offer.pay_max_cents
    period = PayPeriod(offer.pay_period).label if offer.pay_period else ""
    values = {"low": euros(low or 0), "high": euros(high or 0), "period": period}
    if low is not None and high is not None and low != high:
        text = _("de %(low)s à %(high)s %(period)s") % values
    elif low is not None:
        text = _("à partir de %(low)s %(period)s") % values
        if low == high:
            text = _("%(low)s %(period)s") % values
    elif high is not None:
        text = _("jusqu’à %(high)s %(period)s") % values
    else:
        text = ""
    return " · ".join(part for part in (text, offer.pay_note) if part)


def euros(cents: int) -> str:
    """« 2 200 € »: cents shown only when there are some."""
    amount = cents / 100
    digits = 0 if cents % 100 == 0 else 2
    return _("%(amount)s €") % {
        "amount": number_format(amount, decimal_pos=digits, force_grouping=True)
    }


def _default_description(offer: Need) -> str:
    return ngettext(
        "%(partner)s recherche %(count)d personne pour ce poste, à %(commune)s.",
        "%(partner)s recherche %(count)d personnes pour ces postes, à %(commune)s.",
        offer.positions,
    ) % {"partner": offer.partner, "count": offer.positions, "commune": offer.commune}


def _practice(offer: Need) -> tuple[Fact, ...]:
    sheet = getattr(offer, "practice_sheet", None)
    if sheet is None:
        return ()
    return _kept(
        (_("Patients suivis"), _number(sheet.patients)),
        (_("Jours travaillés"), sheet.days),
        (_("Visites à domicile par semaine"), _number(sheet.home_visits_per_week)),
        (_("Loyer mensuel"), "" if sheet.rent_cents is None else euros(sheet.rent_cents)),
        (_("Associés au cabinet"), _number(sheet.partners_count)),
        (_("Forme juridique"), sheet.legal_form),
        (_("Logiciel métier"), sheet.software),
        (_("Secrétariat"), sheet.secretariat),
        (
            _("Rétrocession"),
            ""
            if sheet.retrocession_percent is None
            else _("%(percent)d %%") % {"percent": sheet.retrocession_percent},
        ),
        (_("Couple de médecins"), _("possible") if sheet.room_for_couple else ""),
        (_("À savoir"), sheet.note),
    )


def _publication(offer: Need) -> tuple[Fact, ...]:
    publication = getattr(offer, "publication", None)
    if publication is None:
        return ()
    return _kept(
        (_("Versant"), publication.get_branch_display()),
        (_("Nature de l’emploi"), _("créé") if publication.is_creation else _("vacant")),
        (_("Catégorie"), publication.category),
        (_("Corps ou grade"), publication.corps_grade),
        (_("Autorité de recrutement"), publication.authority),
        (_("Missions et profil"), publication.missions),
        (_("Conditions particulières"), publication.conditions),
        (_("Publié sur le site commun le"), day_text(publication.published_on)),
        (_("Référence de l’annonce"), publication.reference),
        (_("Candidater avant le"), day_text(publication.apply_before)),
        (_("Adresse de candidature"), publication.address),
    )


def _kept(*facts: tuple[str, str]) -> tuple[Fact, ...]:
    return tuple(Fact(label, value) for label, value in facts if value)


def day_text(day: date | None) -> str:
    """« 1er juin 2027 », « 2 juin 2027 »; nothing for no day."""
    return date_in_words(day, "j F Y") if day else ""


def _number(value: int | None) -> str:
    return "" if value is None else number_format(value, force_grouping=True)
