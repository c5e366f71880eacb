"""Medical demography in words: what is missing, units, names of parameters."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop, ngettext

from ancrage.demography.enums import Care, Dataset
from ancrage.demography.services.model import (
    RING_MINUTES,
    Note,
    NoteKind,
    Sector,
    TerritoryModel,
)

NOT_OPPOSABLE = gettext_lazy("simulation, non opposable")
# Those of the sets of the platform; a territory types its own.
_SET_SOURCES = (
    gettext_noop(
        "Arrêté du 13 novembre 2017 et sa foire aux questions du 25 mai 2018 ; la décroissance"
        " (droite de 5 à 20 minutes) et les poids par âge (2012) sont des approximations"
    ),
    gettext_noop(
        "Aucune valeur publiée n’a été trouvée pour cette profession : la distance compte"
        " comme pour les médecins (droite de 5 à 20 minutes), chaque professionnel compte"
        " pour un poste"
    ),
)

_NAMED = 6
_NAMED_OF_SECTOR = 2


def set_source(source: str) -> str:
    """Where the values of a set come from, in the language of the page where we say it."""
    return _(source) if source in _SET_SOURCES else source


@dataclass(frozen=True)
class Said:
    """A sentence, and whether the result is worth nothing until it is mended."""

    text: str
    serious: bool = False


SERIOUS = frozenset(
    {
        NoteKind.NO_COMMUNE,
        NoteKind.NO_ACCESS,
        NoteKind.NO_PROFESSIONALS,
        NoteKind.NO_RING,
        NoteKind.SILENT_RING,
        NoteKind.SILENT_DEPARTMENT,
    }
)


def sentences_on(model: TerritoryModel) -> list[Said]:
    """Return what must be known before the results of a model are read."""
    return [Said(_WORDS[note.kind](note), note.kind in SERIOUS) for note in model.notes]


def unit_of(care: Care) -> str:
    """Return the unit in which access to a profession is published, for a sentence."""
    if care is Care.GP:
        return _("consultations par an et par habitant")
    return _("ETP pour 100 000 habitants")


def post_of(care: Care) -> str:
    """Return what one professional is called where they are counted."""
    return {
        Care.GP: _("médecin généraliste"),
        Care.NURSE: _("infirmière ou infirmier"),
        Care.PHYSIO: _("masseur-kinésithérapeute"),
        Care.MIDWIFE: _("sage-femme"),
        Care.DENTIST: _("chirurgien-dentiste"),
    }[care]


def published_label(model: TerritoryModel) -> str:
    """Return what the published number counts, with its year."""
    if model.age_cap is None:
        return _("APL publiée")
    return _("APL publiée, %(age)d ans et moins") % {"age": model.age_cap}


def number(value: float | None, digits: int = 1) -> str:
    """« 3,4 », « 12 300 »; a dash for what is not known."""
    if value is None:
        return "—"
    return number_format(round(value, digits), digits, use_l10n=True, force_grouping=True)


def signed(value: float, digits: int = 2) -> str:
    """« +0,31 », « −0,31 », with a real minus sign; « 0 » for nothing."""
    rounded = round(value, digits)
    if not rounded:
        return "0"
    sign = "+" if rounded > 0 else "−"
    return sign + number_format(abs(rounded), digits)


def sector_text(model: TerritoryModel, sector: Sector) -> str:
    """« Pornic, Préfailles et 4 autres »: those where most work come first."""
    if len(sector.ranks) == len(model.inside) > 1:
        return _("Tout le territoire")
    places = [model.places[rank] for rank in sector.ranks]
    places.sort(key=lambda place: (-place.professionals, place.name))
    return listed(tuple(place.name for place in places), _NAMED_OF_SECTOR)


def people_text(count: float) -> str:
    """« 4 500 habitants »."""
    whole = round(count)
    return ngettext("%(shown)s habitant", "%(shown)s habitants", whole) % {
        "shown": number_format(whole, 0, force_grouping=True, use_l10n=True)
    }


def listed(names: tuple[str, ...], most: int = _NAMED) -> str:
    """« Frossay, Vue et 3 autres »."""
    shown = ", ".join(names[:most])
    more = len(names) - most
    if more <= 0:
        return shown
    return ngettext("%(names)s et %(count)d autre", "%(names)s et %(count)d autres", more) % {
        "names": shown,
        "count": more,
    }


def _fixed(text: Callable[[], str]) -> Callable[[Note], str]:
    return lambda note: text()


def _about(text: Callable[[], str]) -> Callable[[Note], str]:
    return lambda note: text() % {"names": listed(note.names), "count": note.count}


_WORDS: dict[NoteKind, Callable[[Note], str]] = {
    NoteKind.NO_COMMUNE: _fixed(
        lambda: _("Ce territoire n’a pas encore de communes : l’administration les lui donne.")
    ),
    NoteKind.NO_ACCESS: _fixed(
        lambda: _(
            "Aucune accessibilité publiée n’est importée pour cette profession : il n’y a pas de "
            "valeur officielle à montrer."
        )
    ),
    NoteKind.NO_PROFESSIONALS: _fixed(
        lambda: _(
            "Aucun fichier de professionnels n’est importé pour cette profession : on ne peut pas "
            "dire ce qu’un départ ou une arrivée changerait."
        )
    ),
    NoteKind.SILENT_FILE: lambda note: (
        _(
            "« %(file)s » : le fichier de %(later)s ne dit rien de ce territoire, celui de "
            "%(year)s sert donc encore."
        )
        % {
            "file": Dataset(note.names[0]).label,
            "later": note.names[1],
            "year": note.names[2],
        }
    ),
    NoteKind.CROW_FLY: _fixed(
        lambda: _(
            "Minutes estimées à vol d’oiseau : aucun fichier de minutes de route n’est importé. "
            "L’eau, les îles et la montagne n’y comptent pas : un estuaire s’y traverse "
            "tout droit."
        )
    ),
    NoteKind.APPROXIMATE: lambda note: (
        _("Paramètres approchés. %(source)s.")
        % {"source": ", ".join(set_source(one) for one in note.names)}
    ),
    NoteKind.NO_POINT: _about(
        lambda: _("Sans coordonnées, donc loin de tout dans le calcul : %(names)s.")
    ),
    NoteKind.NO_RING: _fixed(
        lambda: (
            _(
                "Aucune commune n’est connue autour du territoire : au bord, les résultats "
                "sont faux. Importez les communes à moins de %(minutes)d minutes."
            )
            % {"minutes": RING_MINUTES}
        )
    ),
    NoteKind.SILENT_RING: _about(
        lambda: _(
            "Rien n’est connu des %(count)d communes autour du territoire : au bord, les "
            "résultats sont trop bas. Importez des fichiers qui vont au-delà."
        )
    ),
    NoteKind.NARROW_RING: _about(
        lambda: _(
            "Ces paramètres comptent de longs trajets, et les communes autour ne sont connues que "
            "jusqu’à %(count)d minutes : au bord du territoire, les résultats sont un peu faux."
        )
    ),
    NoteKind.MERGED: _about(
        lambda: _(
            "Nées d’une fusion, donc à ne comparer à rien : leur valeur publiée n’est pas "
            "montrée (%(names)s)."
        )
    ),
    NoteKind.NOT_PUBLISHED: _about(lambda: _("Sans valeur publiée : %(names)s.")),
    NoteKind.NOBODY: _about(lambda: _("Sans habitants : %(names)s.")),
    NoteKind.UNKNOWN_PEOPLE: _about(lambda: _("Population inconnue : %(names)s.")),
    NoteKind.SILENT_DEPARTMENT: _about(
        lambda: _(
            "Le fichier des professionnels ne dit rien de : %(names)s. Ce n’est pas zéro : on ne "
            "le sait pas."
        )
    ),
    NoteKind.WHOLE_CITY: _about(
        lambda: _("En une seule commune, sans ses arrondissements : %(names)s.")
    ),
    NoteKind.NOT_STANDARDISED: lambda note: (
        ngettext(
            "Dans %(count)d commune, tous les habitants comptent autant, faute de population par "
            "âge.",
            "Dans %(count)d communes, tous les habitants comptent autant, faute de population par "
            "âge.",
            note.count,
        )
        % {"count": note.count}
    ),
    NoteKind.ALL_AGES: lambda note: (
        _(
            "L’accès publié laisse de côté les professionnels de plus de %(age)d ans ; notre "
            "calcul et les scénarios les comptent tous : dire où ils exercent dirait leur âge."
        )
        % {"age": note.count}
    ),
    NoteKind.UNREACHED: _about(
        lambda: _("Des professionnels que personne n’atteint, faute d’habitants : %(names)s.")
    ),
    NoteKind.OTHER_YEARS: lambda note: (
        _("L’accessibilité publiée est de %(first)s, les professionnels de %(second)s.")
        % {"first": note.names[0], "second": note.names[1]}
    ),
}
