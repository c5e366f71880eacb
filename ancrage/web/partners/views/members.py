"""People of a structure: who they are, who is invited, what they may do."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ancrage.partners import services
from ancrage.partners.enums import MemberRole, PartnerKind
from ancrage.partners.models import Invitation, Membership, Partner
from ancrage.partners.queries import invitations_of, members_of
from ancrage.web.access import acts_on
from ancrage.web.fields import sent_form
from ancrage.web.partners.forms.members import InvitationForm, RightsForm
from ancrage.web.partners.frame import partner_among, partner_page
from ancrage.web.partners.questions import ask_about_last_manager, ask_to_remove


@require_safe
@acts_on(Partner, "partners.see_members")
def members(request: HttpRequest, partners: QuerySet[Partner], slug: str) -> HttpResponse:
    """Who acts for the structure and, for those who manage it, who is invited."""
    partner = partner_among(partners, slug)
    return _members_page(request, partner, InvitationForm(initial={"role": _usual_role(partner)}))


@require_POST
@acts_on(Partner, "partners.members")
def invite(request: HttpRequest, partners: QuerySet[Partner], slug: str) -> HttpResponse:
    """Offer a place by mail."""
    partner = partner_among(partners, slug)
    form = InvitationForm(request.POST)
    if form.is_valid():
        try:
            invitation = services.invite_member(
                partner=partner, by=request.user, now=timezone.now(), **form.cleaned_data
            )
        except services.AlreadyMember:
            form.add_error("email", _("Cette personne est déjà membre dans ce rôle."))
        except services.InvitationPending:
            form.add_error(
                "email", _("Une invitation attend déjà à cette adresse : renvoyez-la ci-dessous.")
            )
        else:
            messages.success(
                request, _("Invitation envoyée à %(email)s.") % {"email": invitation.email}
            )
            return redirect("partners:members", slug)
    return _members_page(request, partner, form)


@require_POST
@acts_on(Partner, "partners.members")
def invitation_resend(
    request: HttpRequest, partners: QuerySet[Partner], slug: str, pk: int
) -> HttpResponse:
    """Send a fresh link."""
    waiting = _invitation(partner_among(partners, slug), pk)
    try:
        services.resend_invitation(invitation=waiting, by=request.user, now=timezone.now())
    except services.InvitationJustSent:
        messages.info(request, _("L’invitation vient de partir : attendez dix minutes."))
    except services.InvitationUnknown:
        messages.info(request, _("Cette invitation a déjà été acceptée ou annulée."))
    else:
        messages.success(
            request,
            _("Invitation renvoyée à %(email)s. Le lien précédent ne sert plus.")
            % {"email": waiting.email},
        )
    return redirect("partners:members", slug)


@require_POST
@acts_on(Partner, "partners.members")
def invitation_cancel(
    request: HttpRequest, partners: QuerySet[Partner], slug: str, pk: int
) -> HttpResponse:
    """Take an invitation back."""
    waiting = _invitation(partner_among(partners, slug), pk)
    try:
        services.cancel_invitation(invitation=waiting, by=request.user, now=timezone.now())
    except services.InvitationUnknown:
        messages.info(request, _("Cette invitation a déjà été acceptée ou annulée."))
    else:
        messages.success(request, _("L’invitation est annulée : son lien ne sert plus."))
    return redirect("partners:members", slug)


@require_http_methods(["GET", "HEAD", "POST"])
@acts_on(Partner, "partners.members")
def member_edit(
    request: HttpRequest, partners: QuerySet[Partner], slug: str, pk: int
) -> HttpResponse:
    """Change what a member may do."""
    partner = partner_among(partners, slug)
    membership = _membership(partner, pk)
    form = RightsForm(sent_form(request), initial=_rights(membership))
    if request.method != "POST" or not form.is_valid():
        context = {"form": form, "membership": membership}
        return partner_page(request, partner, "members", "partners/member.html", context)
    try:
        services.change_member_rights(
            membership=membership,
            even_if_last="last" in request.POST,
            by=request.user,
            now=timezone.now(),
            **form.cleaned_data,
        )
    except services.LastManager:
        return ask_about_last_manager(request, partner, membership, form)
    except services.MembershipEnded:
        messages.info(request, _("Cette personne n’est plus membre de la structure."))
    else:
        messages.success(request, _("Les droits sont enregistrés."))
    return redirect("partners:members", slug)


@require_http_methods(["GET", "HEAD", "POST"])
@acts_on(Partner, "partners.members")
def member_remove(
    request: HttpRequest, partners: QuerySet[Partner], slug: str, pk: int
) -> HttpResponse:
    """Ask, then take a person out of the structure."""
    partner = partner_among(partners, slug)
    membership = _membership(partner, pk)
    if request.method != "POST":
        return ask_to_remove(request, partner, membership)
    try:
        services.end_membership(
            membership=membership,
            even_if_last="last" in request.POST,
            by=request.user,
            now=timezone.now(),
        )
    except services.LastManager:
        return ask_to_remove(request, partner, membership, status=422)
    except services.MembershipEnded:
        messages.info(request, _("Cette personne n’est plus membre de la structure."))
    else:
        messages.success(request, _("Cette personne n’est plus membre de la structure."))
    if membership.user == request.user:
        return redirect("/")
    return redirect("partners:members", slug)


def _invitation(partner: Partner, pk: int) -> Invitation:
    return get_object_or_404(partner.invitations.select_related("partner"), pk=pk)


def _membership(partner: Partner, pk: int) -> Membership:
    rows = members_of(partner).select_related("partner")
    return get_object_or_404(rows, pk=pk)


def _rights(membership: Membership) -> dict[str, bool]:
    return {"is_manager": membership.is_manager, "may_sign": membership.may_sign}


def _usual_role(partner: Partner) -> MemberRole:
    welcomes = partner.kind == PartnerKind.WELCOME
    return MemberRole.WELCOME_PARTNER if welcomes else MemberRole.EMPLOYER


def _members_page(request: HttpRequest, partner: Partner, form: InvitationForm) -> HttpResponse:
    context = {
        "members": list(members_of(partner)),
        "invitations": list(invitations_of(partner)),
        "form": form,
        "now": timezone.now(),
    }
    return partner_page(
        request,
        partner,
        "members",
        "partners/members.html",
        context,
        status=422 if form.is_bound else 200,
    )
