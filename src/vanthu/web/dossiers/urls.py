from django.urls import path

from vanthu.web.dossiers import views

urlpatterns = [
    path("work", views.work, name="work"),
    path("work/dossiers/open", views.open_dossier, name="open_dossier"),
    path("work/dossiers/<int:pk>", views.dossier, name="dossier"),
    path("work/dossiers/<int:pk>/close", views.close_dossier, name="close_dossier"),
    path("work/dossiers/<int:pk>/reopen", views.reopen_dossier, name="reopen_dossier"),
    path("work/dossiers/<int:pk>/hand-over", views.hand_over_dossier, name="hand_over_dossier"),
]
