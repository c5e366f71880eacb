"""A developer's machine: everything visible, mail on the console, nothing to configure."""

from ancrage.config.settings.base import *  # noqa: F403

SECRET_KEY = "development-only-never-used-in-production"  # noqa: S105
DEBUG = True
SHOW_COMPONENTS = True
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
MFA_REQUIRED = False
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
STORAGES = {
    **STORAGES,  # noqa: F405
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
