from django.urls import path

from vanthu.web.practice import views

urlpatterns = [
    path("practice/", views.practice, name="practice"),
    path("practice/announce", views.announce, name="practice_announce"),
    path("practice/enter", views.enter, name="practice_enter"),
    path("practice/part/<int:post_id>", views.play, name="practice_play"),
    path("practice/leave", views.leave, name="practice_leave"),
]
