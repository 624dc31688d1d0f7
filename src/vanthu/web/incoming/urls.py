from django.urls import path

from vanthu.web.incoming import acting, directing, recalling, registering, views

urlpatterns = [
    path("incoming", views.incoming, name="incoming"),
    path("incoming/register", registering.register, name="register"),
    path("incoming/register/save", registering.save_entry_draft, name="save_entry_draft"),
    path("incoming/register/kept/<int:pk>/drop", registering.drop_entry_draft, name="drop_entry_draft"),
    path("incoming/register/duplicates", registering.duplicates, name="duplicates"),
    path("incoming/present", acting.present_picked, name="present_picked"),
    path("incoming/direct", directing.direct_picked, name="direct_picked"),
    path("incoming/<int:pk>", views.entry, name="entry"),
    path("incoming/<int:pk>/preview", views.entry_preview, name="entry_preview"),
    path("incoming/<int:pk>/receive", registering.receive, name="receive"),
    path("incoming/<int:pk>/return", acting.return_to_sender, name="return_to_sender"),
    path("incoming/<int:pk>/recall", recalling.note_recall, name="note_recall"),
    path("incoming/<int:pk>/present", acting.present, name="present"),
    path("incoming/<int:pk>/direct", directing.direct, name="direct"),
    path("incoming/<int:pk>/assign", directing.assign, name="assign"),
    path("incoming/<int:pk>/instruct", acting.instruct, name="instruct"),
    path("incoming/<int:pk>/finish", acting.finish, name="finish"),
    path("incoming/<int:pk>/read", acting.mark_read, name="mark_read"),
    path("incoming/<int:pk>/dossier", acting.put_in_dossier, name="put_in_dossier"),
]
