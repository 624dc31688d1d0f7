"""One line per room; each room keeps its own list."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("vanthu.web.shell.urls")),
    path("", include("vanthu.web.accounts.urls")),
    path("", include("vanthu.web.desk.urls")),
    path("", include("vanthu.web.incoming.urls")),
    path("", include("vanthu.web.issuing.urls")),
    path("", include("vanthu.web.sending.urls")),
    path("", include("vanthu.web.signing.urls")),
    path("", include("vanthu.web.signatures.urls")),
    path("", include("vanthu.web.tasks.urls")),
    path("", include("vanthu.web.days.urls")),
    path("", include("vanthu.web.office.urls")),
    path("", include("vanthu.web.axis.urls")),
    path("", include("vanthu.web.dossiers.urls")),
    path("", include("vanthu.web.calendar.urls")),
    path("", include("vanthu.web.books.urls")),
    path("", include("vanthu.web.reports.urls")),
    path("", include("vanthu.web.search.urls")),
    path("", include("vanthu.web.suggest.urls")),
    path("", include("vanthu.web.files.urls")),
    path("", include("vanthu.web.metadata.urls")),
    path("", include("vanthu.web.webhooks.urls")),
    path("", include("vanthu.web.practice.urls")),
    path("", include("vanthu.web.hub.urls")),
    path("", include("vanthu.web.api.urls")),
]
