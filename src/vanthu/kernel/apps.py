from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "vanthu.kernel"
    label = "kernel"
