from django.urls import path

from vanthu.web.calendar import appointments, feeds, rooms, views, weeks

urlpatterns = [
    path("calendar", views.calendar, name="calendar"),
    path("calendar/seen", views.seen, name="calendar_seen"),
    path("calendar/new", appointments.plan, name="plan_appointment"),
    path("calendar/conflicts", appointments.conflicts, name="calendar_conflicts"),
    path("calendar/from/<int:pk>", appointments.from_invitation, name="appointment_from_entry"),
    path("calendar/<int:pk>", appointments.appointment, name="appointment"),
    path("calendar/<int:pk>/change", appointments.change, name="change_appointment"),
    path("calendar/<int:pk>/cancel", appointments.cancel, name="cancel_appointment"),
    path("calendar/<int:pk>/leave-out", appointments.leave_out, name="leave_out_appointment"),
    path("calendar/weeks/<str:monday>/print", weeks.printed, name="print_week"),
    path("calendar/weeks/<str:monday>/submit", weeks.submit, name="submit_week"),
    path("calendar/weeks/<str:monday>/take-back", weeks.take_back, name="take_back_week"),
    path("calendar/weeks/<str:monday>/send-back", weeks.send_back, name="send_back_week"),
    path("calendar/weeks/<str:monday>/approve", weeks.approve, name="approve_week"),
    path("calendar/weeks/<str:monday>/publish", weeks.publish, name="publish_week"),
    path("calendar/weeks/<str:monday>/change", weeks.begin_change, name="begin_week_change"),
    path("calendar/rooms", rooms.resources, name="calendar_rooms"),
    path("calendar/rooms/<int:pk>", rooms.change, name="change_calendar_room"),
    path("calendar/feed", feeds.feed, name="calendar_feed"),
    path("calendar/feed/revoke", feeds.revoke, name="revoke_calendar_feed"),
    path("calendar/feed/<str:secret>.ics", feeds.read, name="read_calendar_feed"),
]
