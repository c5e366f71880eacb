"""The demo: a living territory of invented people, on this machine only."""

from ancrage.config.settings.base import *  # noqa: F403
from ancrage.config.settings.dev import SECRET_KEY as SECRET_KEY_OF_THE_MACHINE

# The demo and `./run manage` share a database: what one signs, the other opens.
SECRET_KEY = SECRET_KEY_OF_THE_MACHINE
DEMO = True
SHOW_COMPONENTS = True
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
MFA_REQUIRED = False
# Its passwords are public: a hash made in less time lets it open sooner.
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
# Passkeys need https or a loopback name: the demo is always the latter.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
DEFAULT_TERRITORY = "pays-de-retz"
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
# The pages must look finished without a collectstatic step.
WHITENOISE_USE_FINDERS = True
STORAGES = {
    **STORAGES,  # noqa: F405
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
