"""What an applied import wrote, each with the address where it is read."""

from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse

from ancrage.candidates.enums import CandidateStatus, Origin
from ancrage.candidates.models import Candidate
from ancrage.candidates.queries import main_profession_of, with_profile
from ancrage.events.enums import RegistrationOrigin
from ancrage.events.models import Participant
from ancrage.events.services.imports import SideGone, side_of
from ancrage.kit.imports.kinds import WRITTEN
from ancrage.kit.models import StagedImport
from ancrage.needs.models import Need
from ancrage.partners.models import Facility
from ancrage.partners.services.declaring import PartnerGone, partner_of
from ancrage.resources.models import Resource
from ancrage.web.imports.kinds import NEEDS, PEOPLE, REGISTRATIONS, RESOURCES, SITES

SHOWN_RESULTS = 30


@dataclass(frozen=True)
class Result:
    """A thing that an import wrote."""

    label: str
    url: str
    line: str


def results_of(staged: StagedImport) -> list[Result]:
    """Return the first things that an applied import wrote, with the address of each."""
    readers = {
        NEEDS.key: _needs,
        RESOURCES.key: _resources,
        SITES.key: _sites,
        PEOPLE.key: _people,
        REGISTRATIONS.key: _registrations,
    }
    reader = readers.get(staged.kind)
    if reader is None:
        return []
    written = staged.rows.filter(
        outcome__in=[outcome.value for outcome in WRITTEN], line__isnull=False
    )
    return reader(staged, list(written.order_by("line").values_list("key", flat=True)))


def _owner(staged: StagedImport) -> int:
    return int(staged.owner_key.rpartition(":")[2])


def _needs(staged: StagedImport, keys: list[str]) -> list[Result]:
    written = Need.objects.filter(partner=_owner(staged), reference__in=keys[:SHOWN_RESULTS])
    return [
        Result(
            need.profession.label_fr,
            reverse("needs:detail", args=[need.pk]),
            _joined(need.unit, need.commune.name, need.reference),
        )
        for need in written.select_related("profession", "commune").order_by("pk")
    ]


def _resources(staged: StagedImport, keys: list[str]) -> list[Result]:
    written = Resource.objects.filter(partner=_owner(staged), reference__in=keys[:SHOWN_RESULTS])
    return [
        Result(
            resource.title,
            reverse("resources:detail", args=[resource.pk]),
            _joined(resource.get_kind_display(), resource.commune.name, resource.reference),
        )
        for resource in written.select_related("commune").order_by("pk")
    ]


def _sites(staged: StagedImport, keys: list[str]) -> list[Result]:
    written = Facility.objects.filter(finess_et__in=keys[:SHOWN_RESULTS], partner__isnull=False)
    return [
        Result(
            site.name,
            reverse("partners:sites", args=[site.partner.slug]),
            _joined(site.partner.name, site.finess_et),
        )
        for site in written.select_related("partner").order_by("pk")
        if site.partner is not None
    ]


def _people(staged: StagedImport, keys: list[str]) -> list[Result]:
    """Those who are still there: whoever refused, or asked for a pause, is not named again."""
    completed = [int(key.removeprefix("profile:")) for key in keys if key.startswith("profile:")]
    entered = Q(origin=Origin.IMPORT, created_at=staged.applied_at)
    written = Candidate.objects.filter(
        entered | Q(pk__in=completed[:SHOWN_RESULTS]),
        territory=_owner(staged),
        status__in=(CandidateStatus.PENDING, CandidateStatus.ACTIVE),
        subject__limited_at__isnull=True,
    )
    return [
        Result(
            person.full_name,
            reverse("candidates:detail", args=[person.pk]),
            _joined(
                main.profession if (main := main_profession_of(person)) else "", person.commune
            ),
        )
        for person in with_profile(written).order_by("pk")[:SHOWN_RESULTS]
    ]


def _registrations(staged: StagedImport, keys: list[str]) -> list[Result]:
    """Those who are still there: whoever asked for a pause, or to be erased, is not named."""
    prefix = "participant:"
    completed = [int(key.removeprefix(prefix)) for key in keys if key.startswith(prefix)]
    entered = Q(origin=RegistrationOrigin.IMPORT, registered_at=staged.applied_at)
    written = Participant.objects.filter(
        entered | Q(pk__in=completed[:SHOWN_RESULTS]),
        party__side=_owner(staged),
        subject__limited_at__isnull=True,
        subject__anonymised_at__isnull=True,
    )
    return [
        Result(
            person.full_name,
            reverse("events:participant", args=[person.event_id, person.pk]),
            _joined(person.organisation, person.get_state_display()),
        )
        for person in written.order_by("pk")[:SHOWN_RESULTS]
    ]


def _joined(*parts: object) -> str:
    return " · ".join(str(part) for part in parts if part)


def results_url(staged: StagedImport) -> str:
    """Return the page that lists what the import is about, "" when there is none."""
    if staged.kind == SITES.key:
        return reverse("partners:list")
    if staged.kind == PEOPLE.key:
        return reverse("candidates:waiting")
    if staged.kind == REGISTRATIONS.key:
        return _people_of_event(staged)
    if staged.kind == RESOURCES.key:
        return f"{reverse('resources:list')}?vue=nous"
    if staged.kind != NEEDS.key:
        return ""
    try:
        slug = partner_of(staged.owner_key).slug
    except PartnerGone:
        return reverse("needs:list")
    return f"{reverse('needs:list')}?structure={slug}"


def _people_of_event(staged: StagedImport) -> str:
    try:
        side = side_of(staged.owner_key)
    except SideGone:
        return reverse("events:list")
    address = reverse("events:people", args=[side.event_id])
    return f"{address}?cote={side.role}&origine={RegistrationOrigin.IMPORT}"
