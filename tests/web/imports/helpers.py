"""An import made through the pages."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from ancrage.kit.models import StagedImport
from ancrage.partners.models import Partner
from ancrage.partners.services.declaring import owner_of

HEADER = "Réf;ETP;Métier;Contrat;Début;Observations"
CREATED = "A1;1;IDE;CDI;01/02/2027;nuit"
TO_CHECK = "A2;1;Kiné;PH ou contractuel;01/02/2027;"
REJECTED = "A3;1;AS;CDI;31/02/2027;"


def upload(*lines: str, name: str = "besoins.csv", header: str = HEADER) -> SimpleUploadedFile:
    """A CSV as a browser sends it."""
    return SimpleUploadedFile(name, "\r\n".join((header, *lines)).encode())


def send(client: Client, partner: Partner, file: Any, *, kind: str = "needs", **data: Any) -> Any:
    """The answer to the deposit of a file."""
    target = f"{kind}|{owner_of(partner)}"
    return client.post(reverse("imports:create"), {"target": target, "file": file, **data})


def deposit(client: Client, partner: Partner, *lines: str, **data: Any) -> StagedImport:
    """The import of these lines, tried."""
    answer = send(client, partner, upload(*(lines or (CREATED, TO_CHECK, REJECTED))), **data)
    assert answer.status_code == 302, answer.context["form"].errors
    return StagedImport.objects.order_by("-pk")[0]


def page(name: str, staged: StagedImport, **parameters: Any) -> str:
    """The address of a page of that import."""
    return reverse(f"imports:{name}", kwargs={"pk": staged.pk, **parameters})


def applied(client: Client, partner: Partner, *lines: str, **data: Any) -> StagedImport:
    """The import of these lines, done."""
    staged = deposit(client, partner, *lines, **data)
    client.post(page("apply", staged))
    staged.refresh_from_db()
    return staged
