from django.urls import path

from vanthu.web.suggest import views

urlpatterns = [
    path("suggest/issuers", views.suggest_issuers, name="suggest_issuers"),
    path("suggest/offices", views.suggest_offices, name="suggest_offices"),
    path("suggest/receivers", views.suggest_receivers, name="suggest_receivers"),
    path("suggest/signers", views.suggest_signers, name="suggest_signers"),
    path("suggest/kinds", views.suggest_kinds, name="suggest_kinds"),
    path("suggest/people", views.suggest_people, name="suggest_people"),
    path("suggest/assignees", views.suggest_assignees, name="suggest_assignees"),
    path("suggest/dossiers", views.suggest_dossiers, name="suggest_dossiers"),
]
