from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "vanthu.organisations"
    label = "organisations"
    verbose_name = "Tổ chức"
    default_auto_field = "django.db.models.BigAutoField"
