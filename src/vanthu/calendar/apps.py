from django.apps import AppConfig


class CalendarConfig(AppConfig):
    name = "vanthu.calendar"
    label = "calendar"
    verbose_name = "Lịch công tác"
