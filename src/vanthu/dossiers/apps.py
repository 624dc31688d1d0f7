from django.apps import AppConfig


class DossiersConfig(AppConfig):
    name = "vanthu.dossiers"
    label = "dossiers"
    verbose_name = "Hồ sơ công việc"
    default_auto_field = "django.db.models.BigAutoField"
