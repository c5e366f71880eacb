"""Key figures, bars, sparklines, heat map."""

from collections.abc import Sequence
from typing import Any

from django.utils.safestring import SafeString

from ancrage.web.charts import HeatMap
from ancrage.web.charts import sparkline as lay_out_sparkline
from ancrage.web.templatetags.ui.library import component, register, trimmed


@register.simple_block_tag
def panel(content: SafeString, overline: Any, sentence: Any, *, heading: str = "") -> SafeString:
    """Lay the sentence to remember and its `{% measure %}` figures on the dark panel."""
    return component(
        "panel", overline=overline, sentence=sentence, heading=heading, content=trimmed(content)
    )


@register.simple_tag
def measure(
    label: Any,
    figure: Any,
    *,
    unit: Any = "",
    change: Any = "",
    trend: str = "",
    href: str = "",
) -> SafeString:
    """Write a figure, what it counts, and its change in words; `trend` is up, down or stable."""
    drawings = {"up": "trending-up", "down": "trending-down", "stable": "minus"}
    return component(
        "measure",
        label=label,
        figure=figure,
        unit=unit,
        change=change,
        trend=drawings.get(trend, ""),
        href=href,
    )


@register.simple_tag
def bar(value: float, maximum: float, *, second: bool = False) -> SafeString:
    """Draw `value` as a share of `maximum`; the number itself stands beside it."""
    share = min(100.0, 100 * value / maximum) if maximum else 0.0
    # A thing that exists leaves a trace however small its share.
    width = max(share, 1.0) if value else 0.0
    return component("bar", width=f"{width:.1f}", second=second)


@register.simple_tag
def sparkline(values: Sequence[float], *, label: Any) -> SafeString:
    """Draw a year in the height of a word, a dot on its peak; `label` is read aloud."""
    return component("sparkline", drawing=lay_out_sparkline(values), label=label)


@register.simple_tag
def heat_table(heat: HeatMap, *, caption: Any, corner: Any, foot: Any = "") -> SafeString:
    """Draw a heat map as a table; `corner` heads the names, `foot` names the totals."""
    return component("heat_table", heat=heat, caption=caption, corner=corner, foot=foot)
