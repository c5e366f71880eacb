"""The tests: fast hashes, mail in memory, the same rules as production."""

import tempfile
from pathlib import Path

from ancrage.config.settings.base import *  # noqa: F403
from ancrage.config.settings.base import env

SECRET_KEY = "tests-only"  # noqa: S105
SHOW_COMPONENTS = True
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
DEFAULT_TERRITORY = "pays-de-retz"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Tests sign coordinators in by the dozen; those of tests/web/accounts switch it on.
MFA_REQUIRED = False
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
ERASURE_LEDGER = Path(
    env.str("ERASURE_LEDGER", f"{tempfile.gettempdir()}/ancrage-tests/erasures.jsonl")
)
BACKUP_ROOT = Path(env.str("BACKUP_ROOT", f"{tempfile.gettempdir()}/ancrage-tests/backups"))
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": Path(tempfile.gettempdir()) / "ancrage-tests"},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
