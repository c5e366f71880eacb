"""Page parts, cards, alerts, facts, histories, steps, codes."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.template import Context
from django.templatetags.static import static
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from ancrage.kit.figures import percent_of
from ancrage.web.templatetags.ui.library import component, register, token_for, trimmed


@register.simple_tag
def preload_fonts() -> SafeString:
    """Ask early for the two fonts of every page, where they are installed."""
    return font_links()


@cache
def font_links() -> SafeString:
    fonts = ("vendor/figtree-latin.woff2", "vendor/fraunces-latin.woff2")
    return format_html_join(
        "\n",
        '<link rel="preload" href="{}" as="font" type="font/woff2" crossorigin>',
        ((static(font),) for font in fonts if finders.find(font)),
    )


@register.simple_tag
def page_files(name: str) -> list[str]:
    """Return the addresses of the files that make `name`: itself where they were joined."""
    joined = getattr(staticfiles_storage, "joins_files", False)
    return [static(part) for part in ([name] if joined else settings.JOINED_FILES[name])]


@register.simple_block_tag
def breadcrumb(content: SafeString) -> SafeString:
    """Write the path to the page: the block holds the `<li>` after « Accueil »."""
    return component("breadcrumb", content=content)


@register.simple_block_tag
def card(
    content: SafeString,
    title: Any = "",
    *,
    line: Any = "",
    href: str = "",
    level: int = 2,
    variant: str = "",
    aside: Any = "",
    id: str = "",
    heading: str = "",
) -> SafeString:
    """Lay content on a white sheet. With `href` the whole card follows its title."""
    return component(
        "card",
        title=title,
        line=line,
        href=href,
        level=level,
        variant=variant,
        aside=aside,
        id=id,
        heading=heading,
        content=content,
    )


@register.simple_block_tag
def contents(content: SafeString, label: Any) -> SafeString:
    """List the parts of a long page, `{% contents_part %}` each, beside it or folded above it."""
    return component("contents", label=label, content=content)


@register.simple_tag
def contents_part(title: Any, href: str, *, inner: bool = False) -> SafeString:
    """Write one line of the contents: a link to the heading that takes the focus."""
    return component("contents_part", title=title, href=href, inner=inner)


@register.simple_block_tag
def alert(
    content: SafeString, tone: str = "info", *, title: Any = "", role: str = ""
) -> SafeString:
    """Say what happened or what to watch: info, success, warning or error."""
    return component("alert", tone=tone, title=title, role=role, content=trimmed(content))


@register.simple_tag(takes_context=True)
def undo(
    context: Context,
    message: Any,
    action: str,
    *,
    label: Any = "",
    name: str = "",
    value: Any = "",
) -> SafeString:
    """Say what was done and offer to undo it: « Besoin retiré. Annuler »."""
    return component(
        "undo",
        message=message,
        action=action,
        label=label,
        name=name,
        value=value,
        csrf_token=token_for(context),
    )


@register.simple_block_tag
def facts(content: SafeString) -> SafeString:
    """List `{% fact %}` pairs, hairlines between them."""
    return component("facts", content=content)


@register.simple_tag
def fact(term: Any, value: Any = None, *, empty: Any = "") -> SafeString:
    """Write a term and its value; without one, « Non renseigné » or the words of `empty`."""
    known = value is not None and value != ""
    return component("fact", term=term, value=value, known=known, empty=empty)


@register.simple_block_tag
def timeline(content: SafeString) -> SafeString:
    """Thread `{% moment %}` entries, the newest first."""
    return component("timeline", content=content)


@register.simple_tag
def moment(
    title: Any, when: Any, *, text: Any = "", icon: str = "circle-dot", tone: str = ""
) -> SafeString:
    """Write one moment of a history; `when` is a datetime, a date, or words."""
    return component(
        "moment",
        title=title,
        when=when,
        dated=hasattr(when, "isoformat"),
        timed=hasattr(when, "hour"),
        text=text,
        icon=icon,
        tone=tone,
    )


@register.simple_tag
def steps(*labels: Any, current: int = 1) -> SafeString:
    """Show where one stands in a task of several pages; `current` counts from 1."""
    return component(
        "steps",
        steps=[
            {"label": label, "done": rank < current, "current": rank == current}
            for rank, label in enumerate(labels, start=1)
        ],
    )


@register.simple_tag
def lifecycle(stages: Sequence[tuple[Any, Any]], current: int) -> SafeString:
    """Draw the life of a record: (label, date or "") per stage, `current` counts from 1."""
    return component(
        "lifecycle",
        stages=[
            {"label": label, "when": when, "done": rank < current, "current": rank == current}
            for rank, (label, when) in enumerate(stages, start=1)
        ],
    )


@register.simple_tag
def progress(
    label: Any,
    value: int | None = None,
    maximum: int = 100,
    *,
    text: Any = "",
    poll: str = "",
    every: int = 1,
) -> SafeString:
    """Show how far a long job is. `poll` is the address asked every `every` seconds.

    The answer replaces the whole component: when the job ends the view returns the component
    without `poll`, or the result in its place. Without a value the end is unknown.
    """
    share = None if value is None else percent_of(value, maximum)
    return component(
        "progress",
        label=label,
        value=value,
        maximum=maximum,
        share=share,
        text=text,
        poll=poll,
        every=every,
    )


@register.simple_tag
def code(value: str, *, label: Any = "", id: str = "code") -> SafeString:
    """Show a code once, large, with a button that copies it."""
    return component("code", value=value, label=label, id=id)


@register.simple_tag
def code_list(values: Sequence[str], *, label: Any = "", id: str = "codes") -> SafeString:
    """Show several codes, with a button that copies them all."""
    return component("code_list", values=values, label=label, id=id)
