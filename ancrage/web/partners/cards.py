"""A site as its page shows it."""

from dataclasses import dataclass

from ancrage.kit.contacts import display_phone
from ancrage.partners.models import Facility
from ancrage.web.partners.forms.sites import UnitForm


@dataclass(frozen=True)
class SiteCard:
    """A site, its place and number as people read them, and the form that adds a unit to it."""

    site: Facility
    place: str
    phone: str
    form: UnitForm


def site_card(site: Facility, form: UnitForm | None = None) -> SiteCard:
    """Return what the page of sites draws; `form` is the one sent back with its errors."""
    town = f"{site.postcode} {site.commune or ''}".strip()
    return SiteCard(
        site=site,
        place=", ".join(part for part in (site.address, town) if part),
        phone=display_phone(site.phone) if site.phone else "",
        form=form or UnitForm(prefix=f"site{site.pk}"),
    )
