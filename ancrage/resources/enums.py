"""The vocabulary of resources."""

from collections.abc import Mapping
from types import MappingProxyType

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ResourceKind(TextChoices):
    """What a structure can share with its neighbours."""

    STAFF_TIME = "staff_time", _("Temps de personnel (mise à disposition)")
    TRAINING_PLACE = "training_place", _("Terrain de stage ou maître de stage")
    TUTOR = "tutor", _("Tuteur ou tutrice")
    IMMERSION = "immersion", _("Immersion, découverte d’un métier")
    HOUSING = "housing", _("Logement")
    CHILDCARE = "childcare", _("Place de garde d’enfants")
    VEHICLE = "vehicle", _("Véhicule")
    ROOM = "room", _("Salle ou cabinet")
    EXPERTISE = "expertise", _("Expertise")
    SERVICE = "service", _("Service ou accompagnement")


class ResourceStatus(TextChoices):
    """Where a resource stands in its life."""

    DRAFT = "draft", _("Brouillon")
    PUBLISHED = "published", _("Disponible")
    PAUSED = "paused", _("En pause")
    GIVEN = "given", _("Attribuée")
    WITHDRAWN = "withdrawn", _("Retirée")
    EXPIRED = "expired", _("Expirée")


TRANSITIONS: Mapping[ResourceStatus, frozenset[ResourceStatus]] = MappingProxyType(
    {
        ResourceStatus.DRAFT: frozenset({ResourceStatus.PUBLISHED, ResourceStatus.WITHDRAWN}),
        ResourceStatus.PUBLISHED: frozenset(
            {
                ResourceStatus.PAUSED,
                ResourceStatus.GIVEN,
                ResourceStatus.WITHDRAWN,
                ResourceStatus.EXPIRED,
            }
        ),
        ResourceStatus.PAUSED: frozenset(
            {
                ResourceStatus.PUBLISHED,
                ResourceStatus.GIVEN,
                ResourceStatus.WITHDRAWN,
                ResourceStatus.EXPIRED,
            }
        ),
        ResourceStatus.GIVEN: frozenset({ResourceStatus.PUBLISHED}),
        ResourceStatus.WITHDRAWN: frozenset({ResourceStatus.PUBLISHED}),
        ResourceStatus.EXPIRED: frozenset({ResourceStatus.PUBLISHED}),
    }
)

CLOSED_STATUSES = frozenset(
    {ResourceStatus.GIVEN, ResourceStatus.WITHDRAWN, ResourceStatus.EXPIRED}
)


class ResourceEvent(TextChoices):
    """What the history of a resource tells: the actions of its audit lines."""

    CREATED = "resource.created", _("Ressource saisie")
    EDITED = "resource.edited", _("Ressource modifiée")
    CONFIRMED = "resource.confirmed", _("Toujours disponible")
    UNCONFIRMED = "resource.unconfirmed", _("Confirmation annulée")
    PUBLISHED = "resource.published", _("Ressource partagée")
    REOPENED = "resource.reopened", _("Ressource partagée de nouveau")
    PAUSED = "resource.paused", _("Ressource mise en pause")
    GIVEN = "resource.given", _("Ressource attribuée")
    WITHDRAWN = "resource.withdrawn", _("Ressource retirée")
    EXPIRED = "resource.expired", _("Date de fin passée : ressource expirée")
    UNDONE = "resource.undone", _("Changement d’état annulé")
    DELETED = "resource.deleted", _("Brouillon supprimé")
