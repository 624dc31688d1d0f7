from django.urls import include, path

urlpatterns = [path("", include("vanthu.web.urls"))]

handler400 = "vanthu.web.shell.refusals.bad_request"
handler403 = "vanthu.web.shell.refusals.not_allowed"
handler404 = "vanthu.web.shell.refusals.not_found"
handler429 = "vanthu.web.shell.refusals.too_many"
handler500 = "vanthu.web.shell.refusals.server_error"
