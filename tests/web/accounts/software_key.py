"""A passkey made of software: what a browser and a security key would answer together.

Source: W3C Web Authentication level 2, sections 5.8.1, 6.1 and 6.5.
"""

import json
from hashlib import sha256
from typing import Any

from bs4 import BeautifulSoup
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client
from django.urls import reverse
from fido2 import cbor
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestedCredentialData, AuthenticatorData

from ancrage.accounts.models import User
from tests.web.accounts.support import sign_in

ORIGIN = "http://testserver"
_PRESENT_AND_VERIFIED = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV


class SoftwareKey:
    """One credential, bound to the account it was made for."""

    def __init__(self, rp_id: str = "testserver") -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._id = sha256(str(id(self)).encode()).digest()
        self._rp = sha256(rp_id.encode()).digest()
        self._user_handle = ""
        self._uses = 0

    def create(self, options: dict[str, Any]) -> str:
        """Answer the options of a registration, as the form posts it."""
        public = options["publicKey"]
        self._user_handle = public["user"]["id"]
        attested = AttestedCredentialData.create(
            b"\0" * 16, self._id, ES256.from_cryptography_key(self._key.public_key())
        )
        data = AuthenticatorData.create(
            self._rp, _PRESENT_AND_VERIFIED | AuthenticatorData.FLAG.AT, 0, attested
        )
        attestation = cbor.encode({"fmt": "none", "attStmt": {}, "authData": bytes(data)})
        return self._post(
            {
                "clientDataJSON": websafe_encode(_client_data("webauthn.create", public)),
                "attestationObject": websafe_encode(attestation),
            },
            {"credProps": {"rk": True}},
        )

    def get(self, options: dict[str, Any]) -> str:
        """Answer the options of a sign-in, as the form posts it."""
        self._uses += 1
        data = bytes(AuthenticatorData.create(self._rp, _PRESENT_AND_VERIFIED, self._uses))
        client = _client_data("webauthn.get", options["publicKey"])
        signature = self._key.sign(data + sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return self._post(
            {
                "clientDataJSON": websafe_encode(client),
                "authenticatorData": websafe_encode(data),
                "signature": websafe_encode(signature),
                "userHandle": self._user_handle,
            },
            {},
        )

    def _post(self, response: dict[str, Any], extensions: dict[str, Any]) -> str:
        name = websafe_encode(self._id)
        return json.dumps(
            {
                "type": "public-key",
                "id": name,
                "rawId": name,
                "authenticatorAttachment": "platform",
                "response": response,
                "clientExtensionResults": extensions,
            }
        )


def _client_data(kind: str, public: dict[str, Any]) -> bytes:
    return json.dumps(
        {"type": kind, "challenge": public["challenge"], "origin": ORIGIN, "crossOrigin": False}
    ).encode()


def options_of(page: str, name: str) -> dict:
    """Return what the page hands to the browser's own dialogue."""
    data = BeautifulSoup(page, "html.parser").find(id="passkey-data")
    return json.loads(data.string)[name]


def add_key(client: Client, ana: User) -> SoftwareKey:
    """Sign in and add a passkey, through the pages."""
    sign_in(client, ana)
    page = client.get(reverse("mfa_add_webauthn"))
    key = SoftwareKey()
    response = client.post(
        reverse("mfa_add_webauthn"),
        {
            "name": "Mon téléphone",
            "passwordless": "on",
            "credential": key.create(options_of(page.text, "creation_options")),
        },
    )
    assert response.url == reverse("mfa_view_recovery_codes")
    return key
