"""Figures of needs in words: exact, and said the same way wherever they stand."""

from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ancrage.needs.queries import NeedsTotal


def fte_text(hundredths: int) -> str:
    """« 12,25 », « 12,5 », « 12 »: full-time equivalents to the hundredth they are kept in."""
    value = (Decimal(hundredths) / 100).normalize()
    return number_format(value.quantize(1) if value == value.to_integral_value() else value)


def posts_text(positions: int) -> str:
    """« 180 postes »."""
    text = ngettext("%(count)s poste", "%(count)s postes", positions)
    return text % {"count": number_format(positions, force_grouping=True)}


def needs_text(total: NeedsTotal) -> str:
    """« 115 besoins · 180 postes · 157,55 ETP »."""
    counted = ngettext("%(count)s besoin", "%(count)s besoins", total.needs) % {
        "count": number_format(total.needs, force_grouping=True)
    }
    fte = _("%(fte)s ETP") % {"fte": fte_text(total.fte_hundredths)}
    return " · ".join((counted, posts_text(total.positions), fte))


def offers_text(total: NeedsTotal) -> str:
    """« 112 offres · 170 postes »."""
    counted = ngettext("%(count)s offre", "%(count)s offres", total.needs) % {
        "count": number_format(total.needs, force_grouping=True)
    }
    return f"{counted} · {posts_text(total.positions)}"
