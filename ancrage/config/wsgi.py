"""The application served in production (`gunicorn ancrage.config.wsgi`)."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ancrage.config.settings.prod")

application = get_wsgi_application()
