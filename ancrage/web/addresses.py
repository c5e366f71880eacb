"""Addresses that several sections print."""

from django.urls import reverse
from django.utils.text import slugify

from ancrage.needs.models import Need


def title_of(offer: Need) -> str:
    """« Médecin spécialiste, Gériatrie »: the title of an offer, on its page and in its markup."""
    return f"{offer.profession}, {offer.specialty}" if offer.specialty else str(offer.profession)


def offer_address(offer: Need) -> str:
    """The address of an offer's page, its title and commune readable in it."""
    slug = slugify(f"{title_of(offer)} {offer.commune}") or "offre"
    return reverse("offers:offer", args=[offer.pk, slug])
