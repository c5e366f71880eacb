"""`{% load need_words %}`: a need in words, for pages and mails alike."""

from django import template
from django.utils.translation import ngettext

from ancrage.kit.contacts import display_phone
from ancrage.needs.models import Need
from ancrage.web.addresses import title_of
from ancrage.web.sheets import hours_text, pay_text, start_text, working_time

register = template.Library()

register.filter("need_title", title_of)
register.filter("need_start", start_text)
register.filter("need_hours", hours_text)
register.filter("need_pay", pay_text)
register.filter("working_time", working_time)
register.filter("phone", display_phone)


@register.filter
def need_line(need: Need) -> str:
    """« 2 postes · CDI · 80 % d’un temps plein · Pornic · janvier 2027 · réf. R-12 »."""
    positions = ngettext("%(count)d poste", "%(count)d postes", need.positions)
    parts = [
        positions % {"count": need.positions},
        str(need.get_contract_display()),
        working_time(need.fte_hundredths),
        need.unit,
        str(need.commune),
        start_text(need),
        need.reference,
    ]
    return " · ".join(part for part in parts if part)
