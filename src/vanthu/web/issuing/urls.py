from django.urls import path

from vanthu.web.issuing import drafts, issue, outlines, signing, views

urlpatterns = [
    path("outgoing", views.outgoing, name="outgoing"),
    path("outgoing/issue", issue.issue_batch, name="issue_batch"),
    path("outgoing/issue/progress", issue.issue_batch_progress, name="issue_batch_progress"),
    path("outgoing/<int:pk>", views.outgoing_entry, name="outgoing_entry"),
    path("outgoing/<int:pk>/preview", views.outgoing_preview, name="outgoing_preview"),
    path("outgoing/<int:pk>/deliveries", views.deliveries, name="deliveries"),
    path("outgoing/<int:pk>/deliveries/<int:delivery>/resend", views.resend, name="resend"),
    path("outgoing/drafts/start", outlines.start_draft, name="start_draft"),
    path("outgoing/drafts/<int:pk>", drafts.draft, name="draft"),
    path("outgoing/drafts/<int:pk>/preview", drafts.draft_preview, name="draft_preview"),
    path("outgoing/drafts/<int:pk>/pages", drafts.draft_pages, name="draft_pages"),
    path("outgoing/drafts/<int:pk>/change", outlines.change_draft, name="change_draft"),
    path("outgoing/drafts/<int:pk>/versions", drafts.add_version, name="add_version"),
    path("outgoing/drafts/<int:pk>/compare", drafts.compare_versions, name="compare_versions"),
    path("outgoing/drafts/<int:pk>/attachments", drafts.add_draft_attachment, name="add_draft_attachment"),
    path(
        "outgoing/drafts/<int:pk>/attachments/<uuid:attachment>/remove",
        drafts.remove_draft_attachment,
        name="remove_draft_attachment",
    ),
    path("outgoing/drafts/<int:pk>/submit", drafts.submit, name="submit"),
    path("outgoing/drafts/<int:pk>/content", drafts.pass_content, name="pass_content"),
    path("outgoing/drafts/<int:pk>/form", drafts.pass_form, name="pass_form"),
    path("outgoing/drafts/<int:pk>/return", drafts.return_draft, name="return_draft"),
    path("outgoing/drafts/<int:pk>/comment", drafts.comment, name="comment"),
    path("outgoing/drafts/<int:pk>/take-back", drafts.take_back, name="take_back"),
    path("outgoing/drafts/<int:pk>/withdraw", drafts.withdraw, name="withdraw"),
    path("outgoing/drafts/<int:pk>/place", signing.place, name="place"),
    path("outgoing/drafts/<int:pk>/sign", signing.sign, name="sign"),
    path("outgoing/drafts/<int:pk>/issue", issue.issue, name="issue"),
    path("outgoing/drafts/<int:pk>/issue/progress", issue.issue_progress, name="issue_progress"),
    path("outgoing/drafts/<int:pk>/void", issue.void, name="void"),
    path("outgoing/drafts/<int:pk>/send-back", issue.send_back, name="send_back"),
]
