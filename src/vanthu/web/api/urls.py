"""The endpoints of the interface, and its addresses. A module of endpoints is one line in ROUTERS."""

from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, URLResolver, path

from vanthu.web.api import incoming, me
from vanthu.web.api.interface import make_interface

ROUTERS = (me.router, incoming.router)

api = make_interface()
for router in ROUTERS:
    api.add_router("", router)

patterns, app_name, namespace = api.urls
for pattern in patterns:  # who asks is found out by the interface itself
    if isinstance(pattern, URLPattern):
        login_not_required(pattern.callback)

urlpatterns: list[URLPattern | URLResolver] = [path("api/v1/", (patterns, app_name, namespace))]
