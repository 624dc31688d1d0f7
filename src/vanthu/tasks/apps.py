from django.apps import AppConfig


class TasksConfig(AppConfig):
    name = "vanthu.tasks"
    label = "tasks"
    verbose_name = "Công việc"
    default_auto_field = "django.db.models.BigAutoField"
