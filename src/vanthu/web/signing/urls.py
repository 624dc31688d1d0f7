from django.urls import path

from vanthu.web.signing import agent, reports, views

urlpatterns = [
    path("signing", views.signing_requests, name="signing_requests"),
    path("signing/<int:pk>", views.signing_request, name="signing_request"),
    path("signing/<int:pk>/progress", views.signing_progress, name="signing_progress"),
    path("signing/<int:pk>/authorise", views.authorise, name="authorise_signing"),
    path("signing/<int:pk>/cancel", views.cancel, name="cancel_signing"),
    path("signing/<int:pk>/calls", agent.calls, name="agent_calls"),
    # where a signing service tells that its signer has answered
    path("signing/reports/<str:provider>/<str:secret>", reports.report, name="signing_report"),
    # what the signing program on somebody's computer opens, without signing in: the ticket is the right
    path("signing/agent/<str:ticket>.pdf", agent.file, name="agent_file"),
]
