from django.urls import path

from vanthu.web.shell import views

urlpatterns = [
    path("health", views.health, name="health"),
    path("counters", views.counters, name="counters"),
    path("csrf", views.csrf, name="csrf"),
    path("kept", views.kept_form, name="kept_form"),
    path("undo/<int:entry_id>", views.take_back, name="undo"),
]
