from django.urls import path

from vanthu.web.files import printing, views

urlpatterns = [
    path("uploads", views.uploads, name="uploads"),
    path("uploads/<uuid:pk>", views.upload, name="upload"),
    path("uploads/<uuid:pk>/<int:number>.png", views.upload_page, name="upload_page"),
    path("files/<uuid:pk>", views.file, name="file"),
    path("files/<uuid:pk>/lasting", views.lasting_file, name="lasting_file"),
    path("files/<uuid:pk>/searchable", views.searchable_file, name="searchable_file"),
    path("files/<uuid:pk>/print", printing.print_file, name="print_file"),
    path("files/<uuid:pk>/print/official", printing.print_official, name="print_official"),
    path("files/<uuid:pk>/<int:number>.png", views.page_image, name="page_image"),
]
