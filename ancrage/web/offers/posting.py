"""An offer as machines read it: schema.org JobPosting, a feed, the columns of public posts.

Google asks that the markup hold only what the page shows; a test compares the two.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from ancrage.kit.tabular.cells import CellValue
from ancrage.needs.enums import PayPeriod
from ancrage.needs.models import Need
from ancrage.professions.enums import ContractKind
from ancrage.web.addresses import title_of

_EMPLOYMENT_TYPES = {
    ContractKind.CIVIL_SERVANT: [],
    ContractKind.CDI: [],
    ContractKind.CDD: ["TEMPORARY"],
    ContractKind.VACATION: ["PER_DIEM"],
    ContractKind.APPRENTICESHIP: ["INTERN"],
    ContractKind.LOCUM: ["CONTRACTOR", "TEMPORARY"],
    ContractKind.ASSOCIATE: ["CONTRACTOR"],
    ContractKind.PARTNER_DOCTOR: ["OTHER"],
    ContractKind.SUCCESSOR: ["OTHER"],
    ContractKind.SALARIED: [],
    ContractKind.JUNIOR_DOCTOR: ["INTERN"],
}
_UNITS = {
    PayPeriod.HOUR: "HOUR",
    PayPeriod.DAY: "DAY",
    PayPeriod.MONTH: "MONTH",
    PayPeriod.YEAR: "YEAR",
}
# « Choisir le service public » publishes its offers in these columns, in this order.
PUBLIC_POST_COLUMNS = (
    "Organisme de rattachement",
    "Référence",
    "Métier",
    "Nature de l’emploi",
    "Intitulé du poste",
    "Lieu d’affectation",
    "Localisation du poste",
    "Date de première publication",
    "Date de fin de publication par défaut",
    "Employeur",
    "Compétences attendues",
    "Nature de contrat",
    "Durée du contrat",
)


def job_posting(offer: Need, *, url: str, description: str, valid_through: date | None) -> str:
    """Return the JobPosting of `offer` as JSON text.

    Args:
        url: absolute address of its page.
        description: the text the page shows.
        valid_through: last day to apply, if the page shows one.
    """
    posting: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": title_of(offer),
        "description": description,
        "datePosted": _moment(offer.published_at),
        "employmentType": _employment_types(offer),
        "hiringOrganization": {"@type": "Organization", "name": offer.partner.name},
        "jobLocation": {
            "@type": "Place",
            "address": {
                "@type": "PostalAddress",
                "addressLocality": offer.commune.name,
                "addressCountry": "FR",
            },
        },
        "totalJobOpenings": offer.positions,
        "identifier": {
            "@type": "PropertyValue",
            "name": offer.partner.name,
            "value": offer.reference or str(offer.pk),
        },
        "directApply": False,
        "url": url,
    }
    if valid_through is not None:
        last_minute = datetime.combine(valid_through, time(23, 59))
        posting["validThrough"] = timezone.make_aware(last_minute).isoformat()
    salary = _salary(offer)
    if salary:
        posting["baseSalary"] = salary
    return json.dumps(posting, ensure_ascii=False, indent=None)


def as_data_block(json_text: str) -> SafeString:
    """Return JSON that may stand in a `<script type="application/ld+json">`.

    `<`, `>` and `&` are written as escapes, so that no text can close the element.
    """
    escapes = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}
    return mark_safe(json_text.translate(escapes))  # noqa: S308 - just escaped


def public_post_rows(offers: Iterable[Need]) -> Iterator[list[CellValue]]:
    """Return the offers in `PUBLIC_POST_COLUMNS`; dates as people write them."""
    for offer in offers:
        publication = getattr(offer, "publication", None)
        yield [
            publication.get_branch_display() if publication else "",
            offer.reference or str(offer.pk),
            str(offer.profession),
            _nature(publication),
            title_of(offer),
            offer.unit or (str(offer.facility) if offer.facility else offer.partner.name),
            offer.commune.name,
            _day(timezone.localdate(offer.published_at) if offer.published_at else None),
            _day(publication.apply_before if publication else None),
            offer.partner.name,
            publication.conditions if publication else "",
            offer.get_contract_display(),
            _duration(offer),
        ]


def _nature(publication: Any) -> str:
    if publication is None:
        return ""
    return _("Emploi créé") if publication.is_creation else _("Emploi vacant")


def _duration(offer: Need) -> str:
    if offer.ends_on is None:
        return ""
    days = (offer.ends_on - offer.starts_on).days + 1
    return _("%(days)d jours") % {"days": days}


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def _moment(moment: datetime | None) -> str:
    return timezone.localtime(moment).isoformat(timespec="seconds") if moment else ""


def _employment_types(offer: Need) -> list[str]:
    hours = "FULL_TIME" if offer.fte_hundredths == 100 else "PART_TIME"
    return [hours, *_EMPLOYMENT_TYPES[ContractKind(offer.contract)]]


def _salary(offer: Need) -> dict[str, Any] | None:
    low, high = offer.pay_min_cents, offer.pay_max_cents
    if low is None and high is None:
        return None
    value: dict[str, Any] = {
        "@type": "QuantitativeValue",
        "unitText": _UNITS[PayPeriod(offer.pay_period)],
    }
    if low is not None:
        value["minValue"] = low / 100
    if high is not None:
        value["maxValue"] = high / 100
    return {"@type": "MonetaryAmount", "currency": "EUR", "value": value}
