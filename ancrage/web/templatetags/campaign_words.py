"""Figures of campaigns in templates."""

from django import template

from ancrage.web.campaigns.words import figure_text

register = template.Library()


@register.filter
def fte(hundredths: int | None) -> str:
    """« 12,5 » for full-time equivalents in hundredths, a dash when not known."""
    return figure_text("present_fte", hundredths) or "—"
