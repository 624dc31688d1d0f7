"""The address to which a signing service reports: what it says is proof or only a hint (`signing.asking.told`)."""

import json
from secrets import compare_digest

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from vanthu.kernel.refusals import Invalid, NotFound
from vanthu.signing import request_jobs

_MOST = 1024 * 1024  # bytes of a report


@login_not_required
@never_cache
@csrf_exempt
@require_POST
def report(request: HttpRequest, provider: str, secret: str) -> JsonResponse:
    """Take a service's word that something happened; a request that is unknown or over is answered alike."""
    known = settings.SIGNING_REPORT_SECRET
    if not known or not compare_digest(secret.encode(), known.encode()):
        raise NotFound
    try:
        payload = json.loads(request.read(_MOST))
        if isinstance(payload, dict):
            request_jobs.told(provider, payload)
    except (ValueError, Invalid):
        return JsonResponse({"status_code": 400, "message": "not a report"}, status=400)
    return JsonResponse({"status_code": 200, "message": "SUCCESS"})
