"""The offices a person may hold in a territory."""

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from ancrage.accounts.enums import Role


class Office(TextChoices):
    """What a person does for a whole territory: the role it gives."""

    COORDINATOR = Role.COORDINATOR.value, _("Coordination du territoire")
    INSTITUTION = Role.INSTITUTION.value, _("Institution (agrégats seulement)")


class TerritoryEvent(TextChoices):
    """What the journal tells of places and territories: the actions of its lines."""

    CREATED = "territory.created", _("Territoire créé")
    DESCRIBED = "territory.described", _("Présentation du territoire modifiée")
    COMMUNES_SET = "territory.communes_set", _("Communes du territoire changées")
    BACKDROP_SET = "territory.backdrop_set", _("Fond de carte changé")
    AREA_CREATED = "living_area.created", _("Bassin de vie créé")
    AREA_CHANGED = "living_area.changed", _("Bassin de vie modifié")
    AREA_REMOVED = "living_area.removed", _("Bassin de vie supprimé")
    OFFICE_GRANTED = "office.granted", _("Mission confiée")
    OFFICE_ENDED = "office.ended", _("Mission terminée")
    COMMUNES_SAVED = "communes.saved", _("Communes importées")
    COMMUNES_ENDED = "communes.ended", _("Communes closes")
    CONTOURS_SAVED = "contours.saved", _("Contours importés")


class MeasureUnit(TextChoices):
    """What a measure is counted in. Words come from `ancrage.territory.measures`."""

    COUNT = "count", _("nombre")
    PEOPLE = "people", _("personnes")
    SHARE = "share", _("part, en %")
    DAYS = "days", _("jours")
    FTE = "fte", _("équivalents temps plein")
    EUROS = "euros", _("euros")


class MeasurePart(TextChoices):
    """What of the mission a measure is about, in the order in which reports tell it."""

    NEEDS = "needs", _("Besoins")
    PARTNERS = "partners", _("Partenaires et charte")
    PEOPLE = "people", _("Personnes et mises en relation")
    JOURNEYS = "journeys", _("Parcours et fidélisation")
    EVENTS = "events", _("Rencontres")
    WELCOME = "welcome", _("Accueil")
    TRAINING = "training", _("Formation")
    SCHEMES = "schemes", _("Aides")
    SHARED_POSTS = "shared_posts", _("Postes partagés")
    SAFETY = "safety", _("Conditions de travail et sécurité")
    DEMOGRAPHY = "demography", _("Démographie médicale")


class MeasureMoment(TextChoices):
    """What of a period a measure looks at."""

    # What happened from the first day of the period to its last.
    PERIOD = "period", _("sur la période")
    # What holds at the moment of reading: the past of it is not kept.
    READING = "reading", _("au moment du calcul")


class MeasureCut(StrEnum):
    """Of what part of a territory a measure can be told: most belong to the whole."""

    WHOLE = "whole"
    # Things that stand somewhere: needs, sites, events.
    PLACE = "place"
    # Counts of people: by intercommunality, which do not overlap, and small cells hidden.
    EPCI = "epci"


class PerimeterKind(TextChoices):
    """What a report is about."""

    WHOLE = "", _("Territoire entier")
    EPCI = "epci", _("Intercommunalités")
    AREA = "area", _("Bassins de vie")
