from django.urls import path

from vanthu.web.metadata import views

urlpatterns = [
    path("incoming/<int:pk>/metadata", views.incoming_metadata, name="incoming_metadata"),
    path("outgoing/<int:pk>/metadata", views.outgoing_metadata, name="outgoing_metadata"),
]
