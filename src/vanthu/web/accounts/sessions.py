"""Where I am signed in, named so that a person recognises their own machines."""

from typing import Any

from allauth.usersessions.views import ListUserSessionsView

# The first word that occurs names it; order matters: Edge and Cốc Cốc also call themselves Chrome.
_BROWSERS = (
    ("Edg", "Edge"), ("coc_coc", "Cốc Cốc"), ("OPR", "Opera"), ("Firefox", "Firefox"),
    ("Chrome", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
_SYSTEMS = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
    ("Mac OS", "macOS"), ("Linux", "Linux"),
)  # fmt: skip


def browser_name(agent: str) -> str:
    """The words a browser calls itself by, short: "Chrome trên Windows"."""
    browser = next((name for word, name in _BROWSERS if word in agent), "Trình duyệt khác")
    system = next((name for word, name in _SYSTEMS if word in agent), "")
    return f"{browser} trên {system}" if system else browser


class SessionsView(ListUserSessionsView):  # type: ignore[misc]
    """allauth's list; posting signs the others out."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page: dict[str, Any] = super().get_context_data(**kwargs)
        rows = [(one, browser_name(one.user_agent)) for one in reversed(page["sessions"])]
        return {**page, "rows": rows, "others": len(rows) - 1}
