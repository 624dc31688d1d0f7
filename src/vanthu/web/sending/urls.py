from django.urls import path

from vanthu.web.sending import views

urlpatterns = [
    path("outgoing/sending", views.sending, name="sending"),
    path("outgoing/sending/resend", views.resend_picked, name="resend_picked"),
    path("outgoing/sending/compared/<int:pk>", views.reconciled, name="reconciled"),
    path("outgoing/sending/<int:pk>", views.sending_line, name="sending_line"),
    path("outgoing/sending/<int:pk>/resend", views.resend_line, name="resend_line"),
    path("outgoing/sending/<int:pk>/paper", views.to_paper, name="to_paper"),
    path("outgoing/sending/<int:pk>/settle", views.settle_line, name="settle_line"),
    path("outgoing/sending/<int:pk>/call", views.note_call, name="note_call"),
    path("outgoing/<int:pk>/resend", views.resend_lost, name="resend_lost"),
]
