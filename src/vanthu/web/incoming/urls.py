from django.urls import path

from vanthu.web.incoming import directing, views

urlpatterns = [
    path("incoming", views.incoming, name="incoming"),
    path("incoming/register", views.register, name="register"),
    path("incoming/register/save", views.save_entry_draft, name="save_entry_draft"),
    path("incoming/register/duplicates", views.duplicates, name="duplicates"),
    path("incoming/present", views.present_picked, name="present_picked"),
    path("incoming/direct", directing.direct_picked, name="direct_picked"),
    path("incoming/<int:pk>", views.entry, name="entry"),
    path("incoming/<int:pk>/preview", views.entry_preview, name="entry_preview"),
    path("incoming/<int:pk>/receive", views.receive, name="receive"),
    path("incoming/<int:pk>/return", views.return_to_sender, name="return_to_sender"),
    path("incoming/<int:pk>/present", views.present, name="present"),
    path("incoming/<int:pk>/direct", directing.direct, name="direct"),
    path("incoming/<int:pk>/assign", directing.assign, name="assign"),
    path("incoming/<int:pk>/instruct", directing.instruct, name="instruct"),
    path("incoming/<int:pk>/finish", directing.finish, name="finish"),
    path("incoming/<int:pk>/read", directing.mark_read, name="mark_read"),
    path("incoming/<int:pk>/dossier", views.put_in_dossier, name="put_in_dossier"),
]
