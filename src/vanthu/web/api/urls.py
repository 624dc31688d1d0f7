"""The endpoints of the interface, and its addresses.

A module of endpoints is one line in ROUTERS. All endpoints of one address stand in one router.
"""

from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, URLResolver, path

from vanthu.web.api import (
    arrivals,
    directory,
    docs,
    dossiers,
    drafts,
    figures,
    finding,
    following,
    me,
    numbers,
    oauth,
    opinions,
    outgoing,
    plans,
    recalls,
    schedules,
    tasks,
    uploads,
    webhooks,
    work,
)
from vanthu.web.api.interface import make_interface

ROUTERS = (
    me.router,
    work.router,
    arrivals.router,  # that of incoming, with its writes
    tasks.router,
    following.router,  # that of assignments, with its writes
    outgoing.router,
    recalls.router,
    numbers.router,
    drafts.router,
    opinions.router,
    dossiers.router,
    plans.router,
    schedules.router,
    figures.router,
    uploads.router,
    finding.router,
    webhooks.router,
    directory.router,
    oauth.router,
)

api = make_interface()
for router in ROUTERS:
    api.add_router("", router)

_served = api.urls  # addresses, name of the application, namespace
for pattern in _served[0]:  # who asks is found out by the interface itself
    if isinstance(pattern, URLPattern):
        login_not_required(pattern.callback)

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/docs", docs.page, name="api_docs"),
    path("api/v1/", _served),
]
