"""What the pages of aids say in words: amounts, answers."""

from django import template
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from ancrage.schemes.services.trials import VERDICT_OF

register = template.Library()


@register.filter
def euros(cents: int | None) -> str:
    """Return an amount in euros, « 1 250,50 € »; nothing for no amount."""
    if cents is None:
        return ""
    whole, rest = divmod(cents, 100)
    figure = number_format(
        whole if not rest else f"{whole}.{rest:02d}",
        decimal_pos=2 if rest else None,
        force_grouping=True,
    )
    return _("%(figure)s €") % {"figure": figure}


@register.filter
def verdict(state: int) -> str:
    """Return the code of an answer: yes, to_check, no."""
    return next(one.value for key, one in VERDICT_OF.items() if key == state)


@register.filter
def verdict_label(state: int) -> str:
    """Return an answer in words."""
    return str(next(one.label for key, one in VERDICT_OF.items() if key == state))
