from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [path("", include("vanthu.web.urls"))]
if settings.DEMO:  # the living style guide, for whoever builds pages
    urlpatterns.append(path("guide/", include("vanthu.web.shell.guide")))

handler400 = "vanthu.web.shell.refusals.bad_request"
handler403 = "vanthu.web.shell.refusals.not_allowed"
handler404 = "vanthu.web.shell.refusals.not_found"
handler429 = "vanthu.web.shell.refusals.too_many"
handler500 = "vanthu.web.shell.refusals.server_error"
