"""The charter seen from one structure: what it signed, and signing."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ancrage.accounts.policy import may
from ancrage.partners import services
from ancrage.partners.models import Charter, Partner
from ancrage.partners.queries import commitments_in, current_charter, signatures_of
from ancrage.web.access import acts_on
from ancrage.web.fields import sent_form
from ancrage.web.partners.forms.members import SignatureForm
from ancrage.web.partners.frame import partner_among, partner_page


@require_safe
@acts_on(Partner, "partners.view")
def charter(request: HttpRequest, partners: QuerySet[Partner], slug: str) -> HttpResponse:
    """Which versions the structure signed; names, for those who may know them."""
    partner = partner_among(partners, slug)
    current = current_charter(partner.territory)
    signatures = list(signatures_of(partner))
    context = {
        "charter": current,
        "signatures": signatures,
        "is_signed": current is not None and any(one.charter == current for one in signatures),
        "tells_who": may(request.user, "charter.signatories"),
    }
    return partner_page(request, partner, "charter", "partners/charter.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@acts_on(Partner, "partners.sign_charter")
def sign(request: HttpRequest, partners: QuerySet[Partner], slug: str) -> HttpResponse:
    """Read the charter in force and sign it for the structure."""
    partner = partner_among(partners, slug)
    current = current_charter(partner.territory)
    if current is None or signatures_of(partner).filter(charter=current).exists():
        return redirect("partners:charter", slug)
    form = SignatureForm(sent_form(request), initial={"signatory": str(request.user)})
    if request.method == "POST" and form.is_valid():
        return _sign(request, partner, current, form)
    context = {"charter": current, "commitments": commitments_in(current), "form": form}
    status = 422 if request.method == "POST" else 200
    return partner_page(request, partner, "charter", "partners/sign.html", context, status=status)


def _sign(
    request: HttpRequest, partner: Partner, current: Charter, form: SignatureForm
) -> HttpResponse:
    if request.POST.get("version") != str(current.version):
        return _read_again(request, partner)
    words = {name: form.cleaned_data[name] for name in ("signatory", "capacity")}
    try:
        services.sign_charter(
            charter=current, partner=partner, by=request.user, now=timezone.now(), **words
        )
    except services.AlreadySigned as already:
        messages.info(
            request,
            _("%(who)s vient de signer cette version pour la structure.")
            % {"who": already.signature.signatory},
        )
    except services.NotTheCurrentCharter:
        return _read_again(request, partner)
    else:
        messages.success(request, _("La charte est signée au nom de la structure. Merci !"))
    return redirect("partners:charter", partner.slug)


def _read_again(request: HttpRequest, partner: Partner) -> HttpResponse:
    messages.warning(
        request, _("Une nouvelle version vient de paraître : relisez-la avant de signer.")
    )
    return redirect("partners:sign", partner.slug)
