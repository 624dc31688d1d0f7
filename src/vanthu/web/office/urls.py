from django.urls import path

from vanthu.web.office import certificates, custody, custody_acts, party, templates

urlpatterns = [
    path("account/certificate/", certificates.my_certificate, name="my_certificate"),
    path("office/certificates/", certificates.certificates, name="certificates"),
    path("office/certificates/<str:kind>/<int:pk>/", certificates.certificate, name="certificate"),
    path("office/certificates/<int:pk>/withdraw", certificates.withdraw, name="withdraw_certificate"),
    path("office/certificates/<int:pk>/picture", certificates.picture, name="certificate_picture"),
    path(
        "office/certificates/<int:pk>/new-picture",
        certificates.change_picture,
        name="change_certificate_picture",
    ),
    path("office/custody/", custody.custody, name="custody"),
    path("office/custody/new", custody_acts.receive, name="receive_custody"),
    path("office/custody/count", custody_acts.count, name="count_custody"),
    path("office/custody/<int:pk>/", custody.custody_item, name="custody_item"),
    path("office/custody/<int:pk>/hand-over", custody_acts.hand_over, name="hand_over_custody"),
    path("office/custody/<int:pk>/change", custody_acts.change, name="change_custody"),
    path("office/custody/minutes/<int:pk>", custody.minutes, name="custody_minutes"),
    path("office/templates/", templates.office_templates, name="office_templates"),
    path("office/templates/party-document", party.party_document, name="party_document"),
    path("office/templates/<str:kind>/", templates.office_template, name="office_template"),
    path("office/templates/<str:kind>/end", templates.end_template, name="end_template"),
    path("office/templates/<str:kind>/file", templates.template_file, name="template_file"),
    path("office/templates/<str:kind>/page.png", templates.template_page, name="template_page"),
]
