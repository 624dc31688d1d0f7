from django.apps import AppConfig

from config import wiring


class ConfigConfig(AppConfig):
    name = "config"
    label = "config"
    verbose_name = "Cấu hình"

    def ready(self) -> None:
        wiring.connect()
