from django.urls import path

from vanthu.web.axis import bodies, views

urlpatterns = [
    path("office/axis/", views.axis, name="axis"),
    path("office/axis/new", views.add_connection, name="add_connection"),
    path("office/axis/<int:pk>/", views.connection, name="connection"),
    path("office/axis/<int:pk>/change", views.change_connection, name="change_connection"),
    path("office/axis/<int:pk>/try", views.try_connection, name="try_connection"),
    path("office/axis/<int:pk>/on", views.switch_on_connection, name="switch_on_connection"),
    path("office/axis/<int:pk>/off", views.switch_off_connection, name="switch_off_connection"),
    path("office/axis/<int:pk>/agencies", views.sync_agencies, name="sync_agencies"),
    path("office/axis/<int:pk>/addresses", views.give_address, name="give_address"),
    path("office/axis/addresses/<int:pk>/prefer", views.prefer_address, name="prefer_address"),
    path("office/axis/addresses/<int:pk>/end", views.end_address, name="end_address"),
    path("office/agencies/", bodies.agency_list, name="agencies"),
    path("office/agencies/<int:pk>/", bodies.agency, name="agency"),
    path("office/agencies/<int:pk>/confirm", bodies.confirm_agency, name="confirm_agency"),
    path("office/agencies/<int:pk>/join", bodies.join_agency, name="join_agency"),
    path("office/agencies/<int:pk>/codes", bodies.add_agency_code, name="add_agency_code"),
    path("suggest/agencies", bodies.suggest_agencies, name="suggest_agencies"),
]
