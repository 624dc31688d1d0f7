from django.urls import path

from vanthu.web.tasks import acting, answering, giving, lists, notices, rhythms, views

urlpatterns = [
    path("work/tasks", lists.tasks, name="tasks"),
    path("work/tasks/overview", lists.overview, name="overview"),
    path("work/tasks/give", giving.give_work, name="give_work"),
    path("work/tasks/<int:pk>", views.task, name="task"),
    path("work/tasks/<int:pk>/progress", acting.note_progress, name="note_progress"),
    path("work/tasks/<int:pk>/hand-in", acting.hand_in, name="hand_in"),
    path("work/tasks/<int:pk>/return", acting.return_task, name="return_task"),
    path("work/tasks/<int:pk>/divide", acting.divide, name="divide"),
    path("work/tasks/<int:pk>/ask-extension", acting.ask_extension, name="ask_extension"),
    path("work/tasks/<int:pk>/grant", answering.grant_extension, name="grant_extension"),
    path("work/tasks/<int:pk>/refuse", answering.refuse_extension, name="refuse_extension"),
    path("work/tasks/<int:pk>/accept", answering.accept, name="accept_result"),
    path("work/tasks/<int:pk>/send-back", answering.send_back, name="send_back_result"),
    path("work/tasks/<int:pk>/give-again", answering.give_again, name="give_again"),
    path("work/tasks/<int:pk>/withdraw", answering.withdraw, name="withdraw_task"),
    path("work/tasks/<int:pk>/chase", answering.chase, name="chase"),
    path("work/tasks/<int:pk>/read", answering.mark_read, name="mark_task_read"),
    path("work/rhythms", rhythms.rhythms, name="rhythms"),
    path("work/rhythms/<int:pk>/stop", rhythms.stop_rhythm, name="stop_rhythm"),
    path("notices", notices.notices, name="notices"),
    path("notices/seen", notices.mark_seen, name="notices_seen"),
]
