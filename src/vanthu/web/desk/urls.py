from django.urls import path

from vanthu.web.desk import journal, views

urlpatterns = [
    path("", views.desk, name="desk"),
    path("desk/receive", views.receive_batch, name="receive_batch"),
    path("journal", journal.journal, name="journal"),
]
