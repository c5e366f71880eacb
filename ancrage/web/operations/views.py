"""The two questions a supervisor asks a server: do you live, can you serve?"""

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ancrage.accounts.policy import may
from ancrage.web.access import public, sessionless
from ancrage.web.client import comes_from_this_machine
from ancrage.web.operations.checks import run_checks


@public
@sessionless
@never_cache
@require_safe
def live(request: HttpRequest) -> JsonResponse:
    """Say that the process answers, without touching anything else."""
    return JsonResponse({"status": "ok"})


@public
@sessionless
@never_cache
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """Say whether a page could be served; figures are for administrators and this machine."""
    findings = run_checks(now=timezone.now())
    ok = all(finding.ok for finding in findings.values())
    report: dict[str, Any] = {
        "status": "ok" if ok else "failed",
        "checks": {name: "ok" if one.ok else "failed" for name, one in findings.items()},
    }
    # Reading who asks needs the database that may be the very thing that is down.
    if comes_from_this_machine(request) or (
        findings["database"].ok and may(request.user, "operations.details")
    ):
        report["details"] = {name: finding.detail for name, finding in findings.items()}
    return JsonResponse(report, status=200 if ok else 503)
