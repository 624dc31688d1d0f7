from django.urls import path

from vanthu.web.books import views

urlpatterns = [
    path("reports", views.reports, name="reports"),
    path("reports/book", views.book, name="book"),
]
