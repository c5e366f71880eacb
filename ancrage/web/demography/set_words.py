"""Sets of parameters in words: what each value says, and which set a result was made with."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ancrage.demography.enums import Care
from ancrage.demography.models import ParameterSet, ParameterVersion
from ancrage.demography.services.model import Parameters, SetFacts, facts_of
from ancrage.demography.services.sets import HEADER, read_version
from ancrage.kit.tabular.cells import CellValue
from ancrage.kit.tabular.writing import ColumnToWrite
from ancrage.web.demography.words import set_source
from ancrage.web.templatetags.dates import date_in_words


def plain(value: float) -> str:
    """« 5 », « 0,3 », « 5 400 »: as many decimals as it takes, four at most."""
    digits = next((one for one in range(4) if round(value, one) == round(value, 4)), 4)
    return number_format(round(value, digits), digits, use_l10n=True, force_grouping=True)


def set_title(facts: SetFacts) -> str:
    """« Infirmiers 2023, version 2 »; the name of a set of the platform."""
    if not facts.title:
        return facts.name
    return _("%(name)s, version %(number)d") % {"name": facts.title, "number": facts.version}


def set_line(facts: SetFacts) -> str:
    """« Infirmiers 2023, version 2, valeurs du 31 décembre 2023 »: what a result must say."""
    return _("%(name)s, valeurs du %(day)s") % {
        "name": set_title(facts),
        "day": date_in_words(facts.dated),
    }


@dataclass(frozen=True)
class CountedWith:
    """The set a page counts with: its name, version and date, and where to read it."""

    line: str
    href: str
    approximate: bool


def counted_with(parameters: Parameters) -> CountedWith:
    """Return which set a page counts with."""
    facts = facts_of(parameters)
    return CountedWith(set_line(facts), set_href(parameters), facts.approximate)


def set_href(parameters: Parameters) -> str:
    """Return the page of a set; of that very version where it has several."""
    if not parameters.version:
        return reverse("demography:set_builtin", args=[parameters.name])
    pk = parameters.name.split("-")[1]
    return reverse("demography:set", args=[pk]) + f"?version={parameters.version}"


def parameter_lines(facts: SetFacts) -> list[tuple[str, str]]:
    """Return a set of parameters as pairs: what, how much."""
    return list(_lines(facts))


def decay_words(facts: SetFacts) -> str:
    """Return what distance does."""
    if facts.slope is not None:
        return _("entière jusqu’à %(full)s minutes, puis en baisse jusqu’à %(nil)s") % {
            "full": plain(facts.slope[0]),
            "nil": plain(facts.slope[1]),
        }
    told = _("%(level)s jusqu’à %(bound)s minutes comprises") if facts.closed else ""
    told = told or _("%(level)s avant %(bound)s minutes")
    return ", ".join(
        told % {"level": plain(level), "bound": plain(bound)} for bound, level in facts.steps
    )


def state_of(chosen: ParameterSet) -> str:
    """Return where a set stands."""
    if chosen.archived_at is not None:
        return pgettext("jeu de paramètres", "Archivé")
    return (
        _("Jeu du territoire") if chosen.is_default else pgettext("jeu de paramètres", "Proposé")
    )


def file_columns() -> list[ColumnToWrite]:
    """The two columns of the file of a set: as they are read back, in no other language."""
    return [ColumnToWrite(label, 30) for label in HEADER]


def list_columns() -> list[ColumnToWrite]:
    """The columns of the file of the list."""
    return [
        ColumnToWrite(_("Jeu"), 30),
        ColumnToWrite(_("Profession"), 24),
        ColumnToWrite(_("État"), 16),
        ColumnToWrite(_("Version"), 8),
        ColumnToWrite(_("Date des valeurs"), 12),
        ColumnToWrite(_("Approché"), 8),
        ColumnToWrite(_("Valeurs"), 80),
        ColumnToWrite(_("Source"), 50),
    ]


def list_lines(sets: QuerySet[ParameterSet]) -> Iterator[Sequence[CellValue]]:
    """Each set with the values of its latest version."""
    versions = ParameterVersion.objects.filter(of__in=sets, number=F("of__number"))
    for version in versions.select_related("of").order_by("of__care", "of__name", "of"):
        facts = facts_of(read_version(version))
        values = " ; ".join(f"{what} : {told}" for what, told in parameter_lines(facts)[2:-1])
        yield (
            version.name,
            str(Care(version.of.care).label),
            state_of(version.of),
            version.number,
            version.dated,
            version.approximate,
            values,
            version.source,
        )


def _lines(facts: SetFacts) -> Iterator[tuple[str, str]]:
    yield _("Nom"), set_title(facts)
    yield _("Date des valeurs"), date_in_words(facts.dated)
    yield _("Distance"), decay_words(facts)
    if facts.classes:
        yield _("Activité d’un cabinet"), _classes_words(facts)
    elif facts.floor is not None or facts.ceiling is not None:
        yield _("Activité d’un cabinet"), _bounds_words(facts)
    yield _("Âge des habitants"), _ages_words(facts)
    yield (
        _("Âge des professionnels"),
        _("%(age)d ans au plus dans l’accès publié, s’il les distingue ; tous dans notre calcul")
        % {"age": facts.age_cap}
        if facts.age_cap is not None
        else _("tous comptent"),
    )
    yield _("Un poste à plein temps"), plain(facts.post)
    if facts.people > 1:
        yield _("Pour"), _("%(people)s habitants") % {"people": plain(facts.people)}
    if facts.threshold is not None:
        yield _("Seuil"), plain(facts.threshold)
    if facts.approximate:
        yield _("Nature"), _("approché : tient lieu de valeurs officielles qu’on ne connaît pas")
    yield _("Source"), set_source(facts.source)


def _classes_words(facts: SetFacts) -> str:
    return ", ".join(
        _("%(posts)s poste à partir de %(acts)s actes")
        % {"posts": plain(posts), "acts": plain(acts)}
        for acts, posts in facts.classes
    )


def _bounds_words(facts: SetFacts) -> str:
    if facts.ceiling is None:
        return _("au moins %(floor)s actes par an") % {"floor": plain(facts.floor or 0)}
    return _("de %(floor)s à %(ceiling)s actes par an") % {
        "floor": plain(facts.floor or 0),
        "ceiling": plain(facts.ceiling),
    }


def _ages_words(facts: SetFacts) -> str:
    if not facts.ages:
        return _("tous comptent autant")
    bands = ", ".join(
        _("%(weight)s dès %(age)d ans") % {"weight": plain(weight), "age": age}
        for age, weight in facts.ages
    )
    return _("chacun compte selon ce qu’il consomme à son âge : %(bands)s") % {"bands": bands}
