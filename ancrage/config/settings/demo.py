"""The demo: a living territory of invented people, on this machine only."""

from ancrage.config.settings.base import *  # noqa: F403
from ancrage.config.settings.base import VAR_ROOT

SECRET_KEY = "demo-only-the-data-is-invented-and-local"  # noqa: S105
DEMO = True
SHOW_COMPONENTS = True
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
MFA_REQUIRED = False
# Passkeys need https or a loopback name: the demo is always the latter.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
DEFAULT_TERRITORY = "pays-de-retz"
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR_ROOT / "mail"
# The pages must look finished without a collectstatic step.
WHITENOISE_USE_FINDERS = True
STORAGES = {
    **STORAGES,  # noqa: F405
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
