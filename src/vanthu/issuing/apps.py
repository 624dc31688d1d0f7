from django.apps import AppConfig


class IssuingConfig(AppConfig):
    name = "vanthu.issuing"
    label = "issuing"
    verbose_name = "Ban hành"
    default_auto_field = "django.db.models.BigAutoField"
