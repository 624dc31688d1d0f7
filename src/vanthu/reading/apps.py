from django.apps import AppConfig


class ReadingConfig(AppConfig):
    name = "vanthu.reading"
    label = "reading"
    verbose_name = "Đọc tệp"
    default_auto_field = "django.db.models.BigAutoField"
