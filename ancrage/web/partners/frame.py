"""What every page of a structure shows around its own content: name, state, tabs, rights."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ancrage.accounts.policy import may, may_on
from ancrage.partners.models import Partner
from ancrage.web.rendering import render_page


@dataclass(frozen=True)
class Rights:
    """What the reader may do on that structure: which tabs and buttons the page draws."""

    edit: bool
    see_members: bool
    members: bool
    history: bool
    sign: bool
    leave: bool


@dataclass(frozen=True)
class Tab:
    """One of the sibling pages of a structure."""

    label: str | Promise
    href: str
    current: bool


def partner_among(partners: QuerySet[Partner], slug: str) -> Partner:
    """Return the structure of that slug among the reader's rows, or answer 404."""
    rows = partners.select_related("territory", "commune__department")
    return get_object_or_404(rows, slug=slug)


def rights_on(user: Any, partner: Partner) -> Rights:
    """Ask the policy once for each thing a page of a structure may offer."""

    def has(action: str) -> bool:
        permission = f"partners.{action}"
        return may(user, permission) and may_on(user, permission, partner)

    return Rights(
        edit=has("edit"),
        see_members=has("see_members"),
        members=has("members"),
        history=has("history"),
        sign=has("sign_charter"),
        leave=has("leave"),
    )


def partner_page(
    request: HttpRequest,
    partner: Partner,
    tab: str,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    fragment: str | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render a page of a structure under its name and tabs. `tab` is the name of its URL."""
    rights = rights_on(request.user, partner)
    shown = {"partner": partner, "rights": rights, "tabs": _tabs(partner, rights, tab)}
    return render_page(
        request, template, {**shown, **(context or {})}, fragment=fragment, status=status
    )


def _tabs(partner: Partner, rights: Rights, current: str) -> list[Tab]:
    named = [(_("Présentation"), "sheet"), (_("Sites et services"), "sites")]
    if rights.edit:
        named.append((_("Communes desservies"), "perimeter"))
    if rights.see_members:
        named.append((_("Membres"), "members"))
    named.append((_("Charte"), "charter"))
    if rights.history:
        named.append((_("Historique"), "history"))
    return [
        Tab(label, reverse(f"partners:{name}", args=[partner.slug]), name == current)
        for label, name in named
    ]
