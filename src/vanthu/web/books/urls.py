from django.urls import path

from vanthu.web.books import views

urlpatterns = [
    path("reports", views.reports, name="reports"),
    path("reports/book", views.book, name="book"),
    path("reports/made/<uuid:pk>", views.made_book, name="made_book"),
    path("reports/made/<uuid:pk>/file", views.made_book_file, name="made_book_file"),
]
