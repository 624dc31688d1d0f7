from django.urls import path

from vanthu.web.webhooks import views

urlpatterns = [
    path("webhooks/", views.webhooks, name="webhooks"),
    path("webhooks/new", views.add_webhook, name="add_webhook"),
    path("webhooks/<int:pk>/", views.webhook, name="webhook"),
    path("webhooks/<int:pk>/change", views.change_webhook, name="change_webhook"),
    path("webhooks/<int:pk>/pause", views.pause, name="pause_webhook"),
    path("webhooks/<int:pk>/resume", views.resume, name="resume_webhook"),
    path("webhooks/<int:pk>/test", views.test, name="test_webhook"),
    path("webhooks/<int:pk>/secret", views.rotate_secret, name="rotate_webhook_secret"),
    path("webhooks/<int:pk>/replay", views.replay_failed, name="replay_failed"),
    path("webhooks/<int:pk>/remove", views.remove, name="remove_webhook"),
    path("webhooks/deliveries/<int:pk>/", views.webhook_delivery, name="webhook_delivery"),
    path("webhooks/deliveries/<int:pk>/replay", views.replay, name="replay"),
]
