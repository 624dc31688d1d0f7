from django.urls import path

from vanthu.web.reports import exchanged, signing, stock, views

urlpatterns = [
    path("reports/handling", views.handling_report, name="handling_report"),
    path("reports/issued", views.issued_report, name="issued_report"),
    path("reports/signing", signing.signing_report, name="signing_report"),
    path("reports/exchanged", exchanged.exchanged_report, name="exchanged_report"),
    path("reports/stock", stock.stock_report, name="stock_report"),
]
