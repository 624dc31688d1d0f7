from django.urls import path

from vanthu.web.search import views

urlpatterns = [
    path("archive", views.search, name="archive"),
    path("search", views.search, name="search"),
    path("suggest", views.suggest, name="suggest"),
]
