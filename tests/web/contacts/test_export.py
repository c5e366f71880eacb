import pytest
from django.urls import reverse

from ancrage.kit.models import AuditLine
from tests.factories import ContactRequestFactory, TerritoryRoleFactory

pytestmark = pytest.mark.django_db


def test_first_contacts_leave_in_a_file_with_a_reason(client):
    office = TerritoryRoleFactory()
    ContactRequestFactory(territory=office.territory, name="Zélie Fictive", phone="+33612345678")
    ContactRequestFactory(territory=office.territory, name="Bruno Fictif")
    ContactRequestFactory(name="Ailleurs Fictive")
    client.force_login(office.user)
    address = f"{reverse('contacts:export')}?q=Zélie"

    asked = client.get(address)
    file = client.post(address, {"reason": "Rappels de la semaine", "format": "csv"})

    assert "1 personne, celle que montrent vos critères." in asked.content.decode()
    text = file.content.decode("utf-8-sig")
    assert "Zélie Fictive" in text
    assert "Bruno" not in text
    assert "Ailleurs" not in text
    assert "Rappels de la semaine." in text
    line = AuditLine.objects.get(action="contact_requests.export")
    assert line.changes == {"count": [0, 1], "reason": ["", "Rappels de la semaine"]}
    assert client.post(address, {"reason": "court", "format": "csv"}).status_code == 422
