from django.urls import path

from vanthu.web.desk import views

urlpatterns = [path("", views.desk, name="desk")]
