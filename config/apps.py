from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "config"
    label = "config"
    verbose_name = "Cấu hình"

    def ready(self) -> None:
        from config import wiring  # noqa: PLC0415 - wiring names the rooms, whose models load before this call

        wiring.connect()
