from django.urls import path

from vanthu.web.hub import pages, views

urlpatterns = [
    path("sendEdoc", views.send, name="hub_send"),
    path("getReceivedEdocList", views.received, name="hub_received"),
    path("getSentEdocList", views.sent, name="hub_sent"),
    path("getEdoc", views.fetch, name="hub_fetch"),
    path("downloadEdoc", views.download, name="hub_download"),
    path("updateStatus", views.tell, name="hub_tell"),
    path("countReceiveEdoc", views.count_documents, name="hub_count_documents"),
    path("countReceiveStatus", views.count_statuses, name="hub_count_statuses"),
    path("getAgenciesList", views.agencies, name="hub_agencies"),
    path("getAgenciesListQD20", views.new_agencies, name="hub_new_agencies"),
    path("getSynchronizeUnit", views.changed_agencies, name="hub_changed_agencies"),
    path("registerAgency", views.register, name="hub_register"),
    path("deleteAgency", views.unregister, name="hub_unregister"),
    path("hub/systems/", pages.systems, name="hub_systems"),
    path("hub/systems/new", pages.add_system, name="add_hub_system"),
    path("hub/systems/<int:pk>/", pages.system, name="hub_system"),
    path("hub/systems/<int:pk>/calls", pages.system_calls, name="hub_calls"),
    path("hub/systems/<int:pk>/change", pages.change_system, name="change_hub_system"),
    path("hub/systems/<int:pk>/secret", pages.renew_secret, name="renew_hub_secret"),
    path("hub/systems/<int:pk>/off", pages.switch_off, name="switch_off_hub_system"),
    path("hub/systems/<int:pk>/on", pages.switch_on, name="switch_on_hub_system"),
]
