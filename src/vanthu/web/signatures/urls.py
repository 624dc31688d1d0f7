from django.urls import path

from vanthu.web.signatures import views

urlpatterns = [
    path("signatures/check", views.check_signatures, name="check_signatures"),
    path("incoming/<int:pk>/signatures", views.incoming_signatures, name="incoming_signatures"),
]
