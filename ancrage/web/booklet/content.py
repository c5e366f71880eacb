"""What the booklet says, in the language of the reader: the page and the paper print the same."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import QuerySet, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ancrage.kit.contacts import display_phone
from ancrage.kit.days import day_in_words
from ancrage.schemes.enums import Receiver
from ancrage.schemes.enums import Topic as AidTopic
from ancrage.schemes.models import Scheme
from ancrage.schemes.services import AidAnswer, amount_in_words, my_aids
from ancrage.territory.models import Commune, LivingArea, Territory
from ancrage.web.addresses import offer_address, title_of
from ancrage.web.booklet.checklist import Moment, checklist_of
from ancrage.web.welcome_words import (
    ages_in_words,
    dates_in_words,
    free_in_words,
    hours_in_words,
    km_in_words,
    price_in_words,
    request_in_words,
    shifts_in_words,
)
from ancrage.welcome.enums import WelcomeKind
from ancrage.welcome.models import LifeProject
from ancrage.welcome.services import NearService, posts_for_spouse, services_near

MOST_SERVICES = 8
_TOPICS = {
    WelcomeKind.HOUSING: AidTopic.HOUSING,
    WelcomeKind.CHILDCARE: AidTopic.CHILDCARE,
    WelcomeKind.MOBILITY: AidTopic.MOBILITY,
}
_UNDER_SIX, _UNDER_TWELVE = 6 * 12, 12 * 12


@dataclass(frozen=True, slots=True)
class Line:
    """A name, what is said of it in order, and where to read more (an address of the site)."""

    name: str
    says: tuple[str, ...] = ()
    address: str = ""


@dataclass(frozen=True, slots=True)
class Chapter:
    """One theme: the offers, then the posts of the spouse's trade where that is the theme."""

    kind: WelcomeKind
    title: str
    services: tuple[Line, ...]
    left_out: int
    posts: tuple[Line, ...] = ()
    employers: tuple[Line, ...] = ()

    @property
    def more(self) -> str:
        """What is said of the offers left out; empty when none is."""
        if not self.left_out:
            return ""
        return ngettext(
            "Une autre offre se lit sur le site.",
            "%(count)d autres offres se lisent sur le site.",
            self.left_out,
        ) % {"count": self.left_out}


@dataclass(frozen=True, slots=True)
class Booklet:
    """All that a booklet holds. `name` is empty for the one that anybody reads."""

    territory: Territory
    name: str
    made_on: date
    place: Commune | None
    figures: tuple[tuple[str, str], ...]
    areas: tuple[Line, ...]
    contacts: tuple[Line, ...]
    household: tuple[tuple[str, str], ...]
    requests: tuple[Line, ...]
    chapters: tuple[Chapter, ...]
    aids: tuple[Line, ...]
    aids_to_check: tuple[Line, ...]
    checklist: tuple[Moment, ...]

    @property
    def title(self) -> str:
        """« Livret d’accueil – Pays de Retz »."""
        return _("Livret d’accueil – %(territory)s") % {"territory": self.territory.name}


def booklet_of(
    *,
    territory: Territory,
    schemes: QuerySet[Scheme],
    now: datetime,
    kinds: Collection[WelcomeKind] = tuple(WelcomeKind),
    place: Commune | None = None,
    project: LifeProject | None = None,
    name: str = "",
) -> Booklet:
    """Gather a booklet: from a life project when there is one, else for anybody.

    Without a need told, the booklet is about all of them.
    """
    today = timezone.localdate(now)
    if project is not None:
        place = project.workplace
        kinds = [kind for kind in WelcomeKind if kind in project.needs]
    wanted = [kind for kind in WelcomeKind if kind in (kinds or tuple(WelcomeKind))]
    aids, to_check = _aids(wanted, schemes, place, project, today)
    return Booklet(
        territory=territory,
        name=name,
        made_on=today,
        place=place,
        figures=tuple(_figures(territory)),
        areas=tuple(_areas(territory)),
        contacts=_contacts(),
        household=tuple(_household(project)) if project else (),
        requests=tuple(_requests(project)) if project else (),
        chapters=tuple(_chapters(territory, wanted, place, project, now)),
        aids=aids,
        aids_to_check=to_check,
        checklist=checklist_of(wanted, project),
    )


def _figures(territory: Territory) -> list[tuple[str, str]]:
    known = territory.communes.aggregate(people=Sum("population"))
    count = territory.communes.count()
    figures = [(_("Communes"), str(count))]
    if known["people"]:
        figures.append((_("Habitants"), number_format(known["people"], force_grouping=True)))
    epcis = territory.communes.exclude(epci=None).order_by("epci__name")
    names = list(dict.fromkeys(epcis.values_list("epci__name", flat=True)))
    if names:
        figures.append((_("Intercommunalités"), ", ".join(names)))
    return figures


def _areas(territory: Territory) -> list[Line]:
    areas = LivingArea.objects.filter(territory=territory).order_by("name", "pk")
    return [
        Line(area.name, (", ".join(sorted(one.name for one in area.communes.all())),))
        for area in areas.prefetch_related("communes")
    ]


def _contacts() -> tuple[Line, ...]:
    """Whom to call: the coordination, then the national numbers (service-public.fr, 2026)."""
    return (
        Line(
            _("La coordination du territoire"),
            (_("Pour toute question sur votre arrivée : écrivez-lui, elle répond."),),
            _absolute(reverse("contacts:contact")),
        ),
        Line(_("Urgences médicales"), ("15", _("112 partout en Europe"))),
        Line(_("Urgences, par message pour les personnes sourdes"), ("114",)),
        Line(_("Allô Service public : toutes les démarches"), ("39 39",)),
        Line(_("Assurance maladie : carte Vitale, médecin traitant"), ("36 46",)),
        Line(_("CAF : logement, garde d’enfants"), ("32 30",)),
        Line(_("France Travail : emploi du conjoint ou de la conjointe"), ("39 49",)),
    )


def _household(project: LifeProject) -> list[tuple[str, str]]:
    shown = [
        (_("Séjour"), dates_in_words(project.arrives_on, project.leaves_on)),
        (_("Commune du travail"), str(project.workplace or "")),
        (_("Horaires de travail"), shifts_in_words(project.shifts)),
        (
            _("Foyer"),
            ngettext("%(count)d adulte", "%(count)d adultes", project.adults)
            % {"count": project.adults},
        ),
        (_("Enfants, à l’arrivée"), ages_in_words(project.child_ages)),
    ]
    return [(label, value) for label, value in shown if value]


def _requests(project: LifeProject) -> list[Line]:
    rows = project.requests.select_related("partner", "resource").order_by("-sent_at", "-pk")
    return [
        Line(
            request_in_words(row),
            _said(
                row.partner.name,
                dates_in_words(row.starts_on, row.ends_on),
                str(row.get_state_display()),
            ),
        )
        for row in rows
    ]


def _chapters(
    territory: Territory,
    kinds: Sequence[WelcomeKind],
    place: Commune | None,
    project: LifeProject | None,
    now: datetime,
) -> list[Chapter]:
    near = services_near(territory=territory, place=place, kinds=kinds, now=now)
    on = (project.arrives_on if project else None) or timezone.localdate(now)
    chapters = []
    for kind, services in near.items():
        posts: tuple[Line, ...] = ()
        employers: tuple[Line, ...] = ()
        if kind == WelcomeKind.SPOUSE_JOB and project is not None:
            posts, employers = _spouse(project, territory)
        chapters.append(
            Chapter(
                kind=kind,
                title=str(kind.label),
                services=tuple(_service(one, on) for one in services[:MOST_SERVICES]),
                left_out=max(0, len(services) - MOST_SERVICES),
                posts=posts,
                employers=employers,
            )
        )
    return chapters


def _service(service: NearService, on: date) -> Line:
    terms, resource = service.terms, service.terms.resource
    hours = hours_in_words(terms.opening_hours, on=on) if terms.opening_hours else ""
    where = _("se déplace ou répond à distance") if terms.comes_to_you else ""
    return Line(
        resource.title,
        _said(
            resource.partner.name,
            " ".join(filter(None, [resource.commune.name, km_in_words(service.km)])),
            where,
            hours,
            price_in_words(terms),
            free_in_words(service.free) if terms.has_places else "",
            display_phone(resource.contact_phone) if resource.contact_phone else "",
            resource.contact_email,
        ),
    )


def _spouse(
    project: LifeProject, territory: Territory
) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    found = posts_for_spouse(project=project, territory=territory)
    posts = tuple(
        Line(
            title_of(post),
            (post.partner.name, post.commune.name),
            _absolute(offer_address(post)),
        )
        for post in found.posts
    )
    return posts, tuple(
        Line(one.name, _said(one.commune.name if one.commune else "")) for one in found.employers
    )


def _aids(
    kinds: Sequence[WelcomeKind],
    schemes: QuerySet[Scheme],
    place: Commune | None,
    project: LifeProject | None,
    on: date,
) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """The aids of the themes asked: those that are sure, and those to check."""
    topics = [_TOPICS[kind].value for kind in kinds if kind in _TOPICS]
    if not topics:
        return (), ()
    found = my_aids(
        facts=_facts(project),
        on=on,
        receiver=Receiver.PERSON,
        schemes=schemes.filter(topic__in=topics),
        commune=place,
    )
    return (
        tuple(_aid(one) for one in found.yes),
        tuple(_aid(one) for one in found.to_check if not one.is_closed),
    )


def _facts(project: LifeProject | None) -> dict[str, Any]:
    """What a project tells that the rules of aids name."""
    if project is None:
        return {}
    ages = project.child_ages
    return {
        "enfants_moins_6": sum(age < _UNDER_SIX for age in ages),
        "enfants_moins_12": sum(age < _UNDER_TWELVE for age in ages),
    }


def _aid(answer: AidAnswer) -> Line:
    paid = [amount_in_words(one.amount) for one in answer.amounts]
    missing = ", ".join(str(one.label) for one in answer.missing)
    return Line(
        answer.scheme.label,
        _said(
            " ; ".join(paid),
            _("à vérifier : %(facts)s") % {"facts": missing} if missing else "",
            _("source : %(name)s, lue le %(day)s")
            % {
                "name": answer.scheme.source_name,
                "day": day_in_words(answer.scheme.checked_on),
            },
        ),
        _absolute(reverse("schemes:scheme", args=[answer.scheme.code])),
    )


def _said(*words: str) -> tuple[str, ...]:
    return tuple(filter(None, words))


def _absolute(path: str) -> str:
    return f"{settings.SITE_URL.rstrip('/')}{path}"
