"""« À retenir »: one sentence that says where, when and which, made from the figures.

Every part of the sentence is dropped when the figures do not carry it: no commune stands out
under `LEADING_SHARE`, no season under `PEAK_EXCESS`, nothing at all without needs.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ancrage.kit.figures import percent_of

# French elides (« d’avril »), English does not: whole phrases, never assembled ones.
IN_MONTH = (
    gettext_lazy("en janvier"),
    gettext_lazy("en février"),
    gettext_lazy("en mars"),
    gettext_lazy("en avril"),
    gettext_lazy("en mai"),
    gettext_lazy("en juin"),
    gettext_lazy("en juillet"),
    gettext_lazy("en août"),
    gettext_lazy("en septembre"),
    gettext_lazy("en octobre"),
    gettext_lazy("en novembre"),
    gettext_lazy("en décembre"),
)
FROM_MONTH = (
    gettext_lazy("de janvier"),
    gettext_lazy("de février"),
    gettext_lazy("de mars"),
    gettext_lazy("d’avril"),
    gettext_lazy("de mai"),
    gettext_lazy("de juin"),
    gettext_lazy("de juillet"),
    gettext_lazy("d’août"),
    gettext_lazy("de septembre"),
    gettext_lazy("d’octobre"),
    gettext_lazy("de novembre"),
    gettext_lazy("de décembre"),
)
TO_MONTH = (
    gettext_lazy("à janvier"),
    gettext_lazy("à février"),
    gettext_lazy("à mars"),
    gettext_lazy("à avril"),
    gettext_lazy("à mai"),
    gettext_lazy("à juin"),
    gettext_lazy("à juillet"),
    gettext_lazy("à août"),
    gettext_lazy("à septembre"),
    gettext_lazy("à octobre"),
    gettext_lazy("à novembre"),
    gettext_lazy("à décembre"),
)

# Communes named together must hold this share of the posts between them.
LEADING_SHARE = 0.35
LEADING_AT_MOST = 3
# A month belongs to the season when it exceeds the average month by this factor.
PEAK_EXCESS = 1.25
# Under this many posts, a share or a season would be noise.
FEW = 8


@dataclass(frozen=True)
class Peak:
    """The longest run of months above the average one, as indexes, both included."""

    first: int
    last: int


def leading(values: Sequence[int]) -> int:
    """How many of the largest values, at most three, hold `LEADING_SHARE` of the sum; 0 if none.

    `values` are in decreasing order. A single value among one or two says nothing.
    """
    total = sum(values)
    if total < FEW or len(values) < 3:
        return 0
    held = 0
    for count, value in enumerate(values[:LEADING_AT_MOST], start=1):
        held += value
        if held >= LEADING_SHARE * total:
            return count
    return 0


def peak_of(values: Sequence[int]) -> Peak | None:
    """The season of the year: the run of months above average that holds most posts.

    None when the months are too alike, or the posts too few, to speak of a season.
    """
    total = sum(values)
    if total < FEW or len(values) < 4:
        return None
    threshold = PEAK_EXCESS * total / len(values)
    runs: list[Peak] = []
    for index, value in enumerate(values):
        if value < threshold:
            continue
        if runs and runs[-1].last == index - 1:
            runs[-1] = Peak(runs[-1].first, index)
        else:
            runs.append(Peak(index, index))
    if not runs:
        return None
    best = max(runs, key=lambda run: (sum(values[run.first : run.last + 1]), -run.first))
    # A run as long as half of the year is no season.
    return best if best.last - best.first + 1 <= len(values) // 2 else None


def takeaway(
    *,
    communes: Sequence[tuple[str, int]],
    months: Sequence[tuple[int, int]],
    professions: Sequence[tuple[str, int]],
    overdue: int,
) -> SafeString:
    """Return the sentence, key words in `<strong>`, for names and posts in decreasing order.

    `months` are in time order, as numbers from 1 to 12; names come escaped out of here.
    """
    total = sum(count for _name, count in communes)
    if total == 0:
        return conditional_escape(_("Aucun poste à pourvoir n’est publié sur cette période."))
    sentences = [
        sentence
        for sentence in (
            _where(communes, total),
            _when(months, overdue, total),
            _which(professions),
        )
        if sentence
    ]
    return format_html_join(" ", "{}", ((sentence,) for sentence in sentences))


def _where(communes: Sequence[tuple[str, int]], total: int) -> SafeString:
    count = leading([value for _name, value in communes])
    if not count:
        return format_html(
            ngettext(
                "<strong>{total} poste</strong> est à pourvoir, dans {places}.",
                "<strong>{total} postes</strong> sont à pourvoir, dans {places}.",
                total,
            ),
            total=total,
            places=ngettext("%(count)d commune", "%(count)d communes", len(communes))
            % {"count": len(communes)},
        )
    share = percent_of(sum(value for _name, value in communes[:count]), total)
    return format_html(
        ngettext(
            "Une commune, {names}, porte <strong>{share} %</strong> des besoins.",
            "{count} communes, {names}, portent <strong>{share} %</strong> des besoins.",
            count,
        ),
        count={2: _("Deux"), 3: _("Trois")}.get(count, count),
        names=_strong_list([name for name, _value in communes[:count]]),
        share=share,
    )


def _when(months: Sequence[tuple[int, int]], overdue: int, total: int) -> SafeString | str:
    peak = peak_of([value for _name, value in months])
    if overdue > total / 2:
        return format_html(
            _("Plus de la moitié sont <strong>{when}</strong>."),
            when=_("attendus dès maintenant"),
        )
    if peak is None:
        return ""
    if peak.first == peak.last:
        return format_html(
            _("Les prises de poste culminent <strong>{month}</strong>."),
            month=IN_MONTH[months[peak.first][0] - 1],
        )
    return format_html(
        _("Les prises de poste culminent <strong>{first} {last}</strong>."),
        first=FROM_MONTH[months[peak.first][0] - 1],
        last=TO_MONTH[months[peak.last][0] - 1],
    )


def _which(professions: Sequence[tuple[str, int]]) -> SafeString | str:
    if len(professions) < 2 or professions[0][1] == professions[1][1]:
        return ""
    return format_html(
        _("Le premier métier recherché : <strong>{profession}</strong>."),
        profession=_lower_first(professions[0][0]),
    )


def _strong_list(names: Sequence[str]) -> SafeString:
    strong = [format_html("<strong>{}</strong>", name) for name in names]
    if len(strong) == 1:
        return strong[0]
    return format_html(
        _("{most} et {last}"),
        most=format_html_join(", ", "{}", ((name,) for name in strong[:-1])),
        last=strong[-1],
    )


def _lower_first(text: str) -> str:
    """Lower the first letter of a common noun, not of an abbreviation."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
