"""The library that the modules of this folder fill, and what they share."""

from typing import Any

from django import template
from django.forms.utils import flatatt
from django.middleware.csrf import get_token
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


def html_attributes(attributes: dict[str, Any]) -> SafeString:
    """Write `data_hx_get="/x"` as ` data-hx-get="/x"`; None and False write nothing."""
    return flatatt(
        {
            name.rstrip("_").replace("_", "-"): value
            for name, value in attributes.items()
            if value is not None and value is not False
        }
    )


def component(file: str, /, **values: Any) -> SafeString:
    """Render one file of `components/` with these values and nothing else."""
    # Without a request: a component needs none of what the context processors bring.
    source = template.Engine.get_default().get_template(f"components/{file}.html")
    return source.render(template.Context(values))


def trimmed(content: SafeString) -> SafeString:
    """Return what a block rendered without the blanks around it: an empty block is then empty."""
    return mark_safe(content.strip())  # noqa: S308  (rendered, hence escaped, already)


def token_for(context: template.Context) -> str:
    """Return the token of a form that changes something; none where there is no request."""
    request = context.get("request") or getattr(context, "request", None)
    return get_token(request) if request is not None else ""
