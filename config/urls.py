from django.urls import include, path

urlpatterns = [path("", include("vanthu.web.urls"))]
