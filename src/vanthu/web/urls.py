"""One line per room; each room keeps its own list."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("vanthu.web.shell.urls")),
    path("", include("vanthu.web.accounts.urls")),
]
