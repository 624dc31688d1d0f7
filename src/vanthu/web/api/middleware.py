"""What the library answers by itself, said as problems; the rate in the headers of every answer."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from vanthu.web.api import rates
from vanthu.web.shell.problems import from_program, problem


class ProgramMiddleware:
    """Of requests of programs only; everything else passes."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not from_program(request):
            return response
        if response.status_code == 405:
            allowed = response.get("Allow", "")
            response = problem(405, "method_wrong", f"Địa chỉ này chỉ nhận phương thức: {allowed}.")
            response["Allow"] = allowed
        rates.tell(request, response)
        return response
