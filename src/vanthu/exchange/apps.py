from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "vanthu.exchange"
    label = "exchange"
    verbose_name = "Gửi nhận"
    default_auto_field = "django.db.models.BigAutoField"
