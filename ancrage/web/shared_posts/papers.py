"""The summary of a file on paper: what its reader may know of it, on a sheet to bring along."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from ancrage.kit.days import day_in_words
from ancrage.kit.pdf import PACKAGE, print_pdf
from ancrage.matching.models import SharedPost
from ancrage.web.figures import fte_text
from ancrage.web.post_words import total_text
from ancrage.web.shared_posts.rows import PartLine

TEMPLATE = PACKAGE / "web" / "templates" / "shared_posts" / "summary.typ"


def summary_of(post: SharedPost, context: Mapping[str, Any], *, now: datetime) -> bytes:
    """Return the PDF of a file, on A4; `context` is that of its page, for the same reader."""
    data = data_of(post, context, now=now)
    return print_pdf(TEMPLATE, data, title=_title(post), now=now).content


def data_of(post: SharedPost, context: Mapping[str, Any], *, now: datetime) -> dict[str, Any]:
    """Return what the sheet prints: texts, already in the language of its reader."""
    week = context["week"]
    return {
        "heading": f"{post.profession}, {total_text(part.fte for part in post.parts.all())}",
        "overline": _("Poste partagé %(number)s") % {"number": post.pk},
        "state": str(post.get_state_display()),
        "foot": f"{post.territory.name} · {_title(post)}",
        "made": _("Établi le %(day)s") % {"day": day_in_words(localtime(now).date())},
        "facts": [[label, text] for label, text in _facts(post) if text],
        "parts": [_part(line) for line in context["lines"]],
        "week": {"days": week.days, "rows": [list(row) for row in week.rows]} if week else {},
        "rules": [[label, text] for label, text in _rules(context["vehicle"])],
        "flows": context["flows"],
        "bonus": str(context["bonus"]),
        "held": context["held"],
        "moments": [
            [day_in_words(localtime(one.when).date()), one.title] for one in context["happenings"]
        ],
        "words": _words(),
    }


def _title(post: SharedPost) -> str:
    names = {"number": post.pk, "profession": post.profession}
    return _("Poste partagé %(number)s, %(profession)s") % names


def _facts(post: SharedPost) -> list[tuple[str, str]]:
    minutes = _("%(minutes)s minutes") % {"minutes": post.travel} if post.travel else ""
    return [
        (_("Forme juridique"), str(post.get_vehicle_display()) or _("À choisir")),
        (_("Employeur porteur"), post.lead.name if post.lead else ""),
        (_("Début"), _day(post.starts_on)),
        (_("Fin"), _day(post.ends_on)),
        (_("Signé le"), _day(post.signed_on)),
        (_("Trajet entre les sites"), minutes),
    ]


def _part(line: PartLine) -> dict[str, str]:
    part = line.part
    return {
        "letter": line.letter,
        "employer": part.partner.name,
        "place": part.source.commune.name,
        "held": _("quelqu’un y est déjà en poste") if part.retained_id else "",
        "time": _("%(fte)s ETP") % {"fte": fte_text(part.fte)},
        "share": _("%(percent)s %%") % {"percent": part.cost_percent},
        "signatory": part.signatory if line.is_whole else "",
        "answer": str(part.get_answer_display()),
    }


def _rules(vehicle: Any) -> list[tuple[str, str]]:
    """What the legal form implies, once it is chosen."""
    if vehicle is None:
        return []
    return [
        (_("Qui signe"), str(vehicle.signs)),
        (_("Qui paie"), str(vehicle.pays)),
        (_("Limites"), str(vehicle.limits)),
        (_("Texte"), str(vehicle.source)),
    ]


def _day(day: date | None) -> str:
    return day_in_words(day) if day else ""


def _words() -> dict[str, str]:
    return {
        "terms": _("Les conditions"),
        "parts": _("Les parts"),
        "employer": _("Employeur"),
        "time": _("Temps"),
        "share": _("Part du coût"),
        "signs": _("Signe (fonction)"),
        "answer": _("Accord"),
        "week": _("La semaine"),
        "letters": _("Les lettres sont celles des parts ci-dessus."),
        "moment": _("Moment"),
        "form": _("Qui signe, qui paie"),
        "held": _("La personne déjà en poste"),
        "happened": _("Ce qui s’est passé"),
        "advice": _(
            "Des repères pour choisir, pas un conseil juridique : faites-les vérifier avant de"
            " signer."
        ),
        "unprintable": _("lettre qu’aucune police ne dessine ici"),
    }
