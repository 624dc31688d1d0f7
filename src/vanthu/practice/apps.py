from django.apps import AppConfig


class PracticeConfig(AppConfig):
    name = "vanthu.practice"
    label = "practice"
    verbose_name = "Thực hành"
    default_auto_field = "django.db.models.BigAutoField"
