"""Tables, sorting, pages of a list, nothing found."""

from typing import Any

from django.core.paginator import Page
from django.http import QueryDict
from django.template import Context
from django.utils.safestring import SafeString

from ancrage.web.templatetags.ui.library import component, register, trimmed


@register.simple_block_tag
def table(
    content: SafeString,
    caption: Any,
    *,
    hide_caption: bool = False,
    stack: bool = False,
    dense: bool = False,
    even: bool = False,
    id: str = "",
) -> SafeString:
    """Put `<thead>` and `<tbody>` in a table that scrolls by itself when it is too wide.

    With `stack`, a phone shows a block per row: give each `<td>` its `data-label`.
    `even` gives columns of one width: tables that follow one another then line up.
    """
    return component(
        "table",
        caption=caption,
        hide_caption=hide_caption,
        stack=stack,
        dense=dense,
        even=even,
        id=id,
        content=content,
    )


@register.simple_tag(takes_context=True)
def sort_header(
    context: Context,
    label: Any,
    key: str,
    *,
    number: bool = False,
    decor: bool = False,
    target: str = "",
) -> SafeString:
    """Write a column head that sorts by `key` through `?tri=key` or `?tri=-key`.

    The order in force is `sort` in the context, else the address.
    """
    query = _query(context)
    current = str(context.get("sort") or query.get("tri", ""))
    direction = {key: "ascending", f"-{key}": "descending"}.get(current, "")
    # Figures are first wanted from the largest, words from A.
    following = {"ascending": f"-{key}", "descending": key}.get(
        direction, f"-{key}" if number else key
    )
    return component(
        "sort_header",
        label=label,
        number=number,
        decor=decor,
        direction=direction,
        target=target,
        href=_with(query, tri=following, page=None),
    )


@register.simple_tag(takes_context=True)
def pagination(
    context: Context, page: Page, *, name: str = "page", target: str = ""
) -> SafeString:
    """Write the pages of a list, each link keeping the rest of the address."""
    query = _query(context)

    def address(number: int) -> str:
        return _with(query, **{name: None if number == 1 else number})

    numbers = [
        {
            "number": number,
            "href": address(number) if isinstance(number, int) else "",
            "current": number == page.number,
        }
        for number in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    ]
    return component(
        "pagination",
        page=page,
        numbers=numbers,
        previous=address(page.previous_page_number()) if page.has_previous() else "",
        following=address(page.next_page_number()) if page.has_next() else "",
        several=page.paginator.num_pages > 1,
        target=target,
    )


@register.simple_block_tag
def empty(
    content: SafeString, title: Any, text: Any = "", *, drawing: bool = True, level: int = 2
) -> SafeString:
    """Say that there is nothing, why, and what to do; the block holds the buttons."""
    return component(
        "empty", title=title, text=text, drawing=drawing, level=level, content=trimmed(content)
    )


def _query(context: Context) -> QueryDict:
    request = context.get("request") or getattr(context, "request", None)
    return request.GET if request is not None else QueryDict()


def _with(query: QueryDict, **changes: Any) -> str:
    changed = query.copy()
    for name, value in changes.items():
        if value is None:
            changed.pop(name, None)
        else:
            changed[name] = str(value)
    return f"?{changed.urlencode()}"
