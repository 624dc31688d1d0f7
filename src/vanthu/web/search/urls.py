from django.urls import path

from vanthu.web.search import passages, views

urlpatterns = [
    path("archive", views.search, name="archive"),
    path("search", views.search, name="search"),
    path("search/export", views.export, name="export_search"),
    path("search/saved", views.save_search, name="save_search"),
    path("search/saved/<int:pk>/forget", views.forget_search, name="forget_search"),
    path("search/fields", views.show_fields, name="show_fields"),
    path("search/<str:item_kind>/<int:pk>/passages", passages.passages, name="passages"),
    path("suggest", views.suggest, name="suggest"),
]
