"""The REST API, version 1: one router per part, one shape of error, tokens."""

from typing import Any, cast

from ninja import NinjaAPI

from ancrage.api import (
    candidates,
    demography,
    directory,
    errors,
    events,
    figures,
    introductions,
    journeys,
    needs,
    offers,
    partners,
    reference,
    schemes,
)
from ancrage.api.security import TokenAuth

api = NinjaAPI(
    title="Ancrage",
    version="1",
    description=(
        "Read and write what your roles allow on the pages. Sign in with "
        "« Authorization: Bearer <token> »; tokens are made on the page of your account. "
        "Reference lists, public offers, the directory of services, events and aids need none."
    ),
    auth=TokenAuth(),
    urls_namespace="api-1",
    docs_url=None,
)
errors.register(api)
api.add_router("/candidates", candidates.router)
api.add_router("/demography", demography.router)
api.add_router("/directory", directory.router)
api.add_router("/events", events.router)
api.add_router("/figures", figures.router)
api.add_router("/introductions", introductions.router)
api.add_router("/journeys", journeys.router)
api.add_router("/needs", needs.router)
api.add_router("/offers", offers.router)
api.add_router("/partners", partners.router)
api.add_router("/reference", reference.router)
api.add_router("/schemes", schemes.router)

patterns, app_name, namespace = api.urls
for pattern in patterns:
    operation: Any = errors.guarded(cast(Any, pattern).callback)
    # No session here: each operation asks for its own token, and answers 401 rather than a page.
    operation.login_required = False
    cast(Any, pattern).callback = operation
