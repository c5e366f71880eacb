"""Icons, buttons, menus, tabs, tags."""

import re
from functools import lru_cache
from typing import Any

from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from lucide.templatetags.lucide import lucide

from ancrage.web.templatetags.ui.library import (
    component,
    html_attributes,
    register,
    token_for,
)


@register.simple_tag
def icon(name: str, size: int = 18) -> SafeString:
    """Draw a Lucide icon beside a word; it is never read aloud."""
    return _drawing(name + "", size)


@lru_cache(maxsize=512)
def _drawing(name: str, size: int) -> SafeString:
    drawing = lucide(name, size=size, **{"class": "icon", "aria-hidden": "true"})
    # The drawing comes from the package's own files, never from data.
    return mark_safe(re.sub(r"\s*\n\s*", "", drawing))  # noqa: S308


@register.simple_tag
def button(
    label: Any,
    *,
    variant: str = "primary",
    href: str = "",
    icon: str = "",
    after: Any = "",
    small: bool = False,
    wide: bool = False,
    icon_only: bool = False,
    type: str = "submit",
    **attributes: Any,
) -> SafeString:
    """Draw a button, or a link that looks like one when `href` is given."""
    return component(
        "button",
        label=label,
        href=href,
        icon=icon,
        after=after,
        icon_only=icon_only,
        type=type,
        classes=_button_classes(variant, small=small, wide=wide, icon_only=icon_only),
        attributes=html_attributes(attributes),
    )


@register.simple_tag(takes_context=True)
def post_button(
    context: Context, label: Any, action: str, *, name: str = "", value: Any = "", **options: Any
) -> SafeString:
    """Draw a button that changes something: a form of its own, with its token."""
    return component(
        "post_button",
        action=action,
        name=name,
        value=value,
        csrf_token=token_for(context),
        button=button(label, **options),
    )


@register.simple_block_tag
def menu(
    content: SafeString,
    label: Any,
    *,
    icon: str = "",
    variant: str = "secondary",
    small: bool = False,
    icon_only: bool = False,
    start: bool = False,
) -> SafeString:
    """Fold a list of `{% menu_item %}` under a button."""
    return component(
        "menu",
        label=label,
        icon=icon,
        icon_only=icon_only,
        start=start,
        content=content,
        classes=_button_classes(variant, small=small, wide=False, icon_only=icon_only),
    )


@register.simple_tag(takes_context=True)
def menu_item(
    context: Context,
    label: Any,
    *,
    href: str = "",
    post: str = "",
    icon: str = "",
    danger: bool = False,
    **attributes: Any,
) -> SafeString:
    """Write one line of a menu: a link (`href`), or an act (`post`, with its token)."""
    return component(
        "menu_item",
        label=label,
        href=href,
        post=post,
        icon=icon,
        danger=danger,
        csrf_token=token_for(context) if post else "",
        attributes=html_attributes(attributes),
    )


@register.simple_block_tag
def tabs(content: SafeString, label: Any) -> SafeString:
    """Line up `{% tab %}` links under the name `label`, which is read aloud only."""
    return component("tabs", label=label, content=content)


@register.simple_tag
def tab(label: Any, href: str, *, current: bool = False, count: int | None = None) -> SafeString:
    """Write one tab: a link to the page it opens."""
    return component("tab", label=label, href=href, current=current, count=count)


@register.simple_tag
def arrow_link(label: Any, href: str, *, about: Any = "") -> SafeString:
    """Write a link to the whole of what is shown in part; `about` is read aloud only."""
    return component("arrow_link", label=label, href=href, about=about)


@register.simple_tag
def tag(label: Any, *, tone: str = "", icon: str = "") -> SafeString:
    """Draw a word on a tint: success, warning, error, info, strong, plain, or quiet sand."""
    return component("tag", label=label, tone=tone, icon=icon)


@register.simple_tag
def count(number: int, label: Any = "") -> SafeString:
    """Draw a number in a pill; `label` says aloud what is counted."""
    if not label:
        return format_html('<span class="count">{}</span>', number)
    return format_html(
        '<span class="count">{}<span class="visually-hidden"> {}</span></span>', number, label
    )


def _button_classes(variant: str, *, small: bool, wide: bool, icon_only: bool) -> str:
    named = {
        f"button--{variant}": variant != "primary",
        "button--small": small,
        "button--wide": wide,
        "button--icon": icon_only,
    }
    return " ".join(["button", *(name for name, wanted in named.items() if wanted)])
