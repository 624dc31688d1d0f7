"""The page to try the interface, with the session of whoever is signed in."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_GET

from vanthu.web.shell.requests import SignedRequest


@require_GET
@ensure_csrf_cookie
def page(request: SignedRequest) -> HttpResponse:
    """Swagger UI, served by ourselves; its settings are read by a script of our own (CSP)."""
    return render(request, "api/docs.html")
