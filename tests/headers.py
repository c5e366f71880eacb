"""What every answer tells the browser to refuse."""

import re

from django.http import HttpResponse


def faults_of(response: HttpResponse) -> list[str]:
    """Return the headers that are missing or too lax."""
    headers = response.headers
    policy = dict(
        part.strip().partition(" ")[::2]
        for part in headers.get("Content-Security-Policy", "").split(";")
    )
    expected = {
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "X-Frame-Options": "DENY",
    }
    faults = [name for name, value in expected.items() if headers.get(name) != value]
    if policy.get("default-src") != "'none'" or policy.get("frame-ancestors") != "'none'":
        faults.append("Content-Security-Policy")
    if re.search(r"unsafe|\*|https?:", headers.get("Content-Security-Policy", "")):
        faults.append("Content-Security-Policy is lax")
    if "camera=()" not in headers.get("Permissions-Policy", ""):
        faults.append("Permissions-Policy")
    return faults
