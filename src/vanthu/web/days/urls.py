from django.urls import path

from vanthu.web.days import views

urlpatterns = [
    path("working-days", views.working_days, name="working_days"),
    path("working-days/<int:pk>/drop", views.drop_day, name="drop_day"),
]
