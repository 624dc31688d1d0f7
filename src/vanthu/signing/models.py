"""Certificates of people and offices, and the sessions in which files are signed. Private keys are never here."""

from cryptography import x509
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from vanthu.signing import (  # noqa: F401 - their tables belong to the room
    certificate_models,
    custody_models,
    evidence_models,
    ticket_models,
)
from vanthu.signing.augmenting_models import Keeping  # noqa: F401 - its table belongs to the room
from vanthu.signing.states import (
    OPEN,
    OPEN_REQUESTS,
    HolderKind,
    RequestState,
    SessionState,
    SigningRole,
)


class Certificate(models.Model):
    """A certificate enrolled for a person or an office; `holder_id` is the id in organisations.

    `serial` is hexadecimal; `key_name` is the device's own name for the key; `picture` a transparent PNG.
    """

    item_kind = "certificate"

    holder_kind = models.CharField(max_length=6, choices=HolderKind)
    holder_id = models.BigIntegerField()
    serial = models.CharField(max_length=40)
    subject = models.CharField(max_length=500)
    common_name = models.CharField(max_length=200)
    issuer = models.CharField(max_length=500)
    valid_from_at = models.DateTimeField()
    valid_until_at = models.DateTimeField()
    pem = models.TextField()
    provider = models.CharField(max_length=32)
    key_name = models.CharField(max_length=100)
    picture = models.BinaryField(null=True)
    active = models.BooleanField(default=True)
    enrolled_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["issuer", "serial"], name="certificate_once"),
            models.UniqueConstraint(
                fields=["holder_kind", "holder_id", "provider"],
                condition=Q(active=True),
                name="one_active_certificate_per_device",
            ),
            models.CheckConstraint(
                condition=Q(valid_from_at__lt=F("valid_until_at")), name="certificate_validity_in_order"
            ),
        ]

    @property
    def x509(self) -> x509.Certificate:
        """The certificate itself."""
        return x509.load_pem_x509_certificate(self.pem.encode())


class SigningRequest(models.Model):
    """One authorisation at a device for one or many files, each in a session of its own.

    `purpose` names what goes on when a file is signed; `actor` is who asked, as `Actor.remembered` gave it; `code` is
    what the signer compares on the device; `key` makes a second click find the first request. PINs are never here.
    """

    item_kind = "signing_request"

    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="+")
    provider = models.CharField(max_length=32)
    purpose = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=200)
    code = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=9, choices=RequestState, default=RequestState.ASKED)
    problem = models.CharField(max_length=500, blank=True)
    key = models.CharField(max_length=64, blank=True)
    actor = models.JSONField()
    person_id = models.BigIntegerField(null=True)
    office_id = models.BigIntegerField(null=True)
    asked_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person_id", "key"], condition=~Q(key=""), name="signing_request_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=OPEN_REQUESTS) ^ Q(ended_at__isnull=False),
                name="signing_request_ends_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["person_id", "asked_at"],
                condition=Q(state__in=OPEN_REQUESTS),
                name="open_signing_request",
            ),
        ]


class SigningSession(models.Model):
    """One signature on one file, from the empty place to the signed file.

    The prepared and the signed file are attachments of the session (roles `prepared`, `signed`); `prepared` holds
    what `pades.Prepared.dump` gave, `digest` the SHA-256 that the device signs. Of a `request`: `subject_id` is the
    item of whoever asked, `words` what the signer says with it, `reference` ours for the call to the device that asks
    for this signature among others, `device_reference` the device's own, `signature` what it gave, `continued_at` when
    the purpose went on with it.
    """

    item_kind = "signing_session"

    file_sha256 = models.CharField(max_length=64)
    role = models.CharField(max_length=8, choices=SigningRole)
    field = models.CharField(max_length=40)
    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="+")
    provider = models.CharField(max_length=32)
    title = models.CharField(max_length=200)
    prepared = models.BinaryField()
    digest = models.BinaryField()
    request = models.ForeignKey(SigningRequest, models.PROTECT, null=True, related_name="+")
    subject_id = models.BigIntegerField(null=True)
    words = models.TextField(blank=True, db_default="")
    reference = models.CharField(max_length=100, blank=True)
    device_reference = models.CharField(max_length=200, blank=True, db_default="")
    signature = models.BinaryField(null=True)
    continued_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=9, choices=SessionState, default=SessionState.PREPARED)
    level = models.CharField(max_length=6, blank=True)  # B-B, B-T
    problem = models.CharField(max_length=500, blank=True)
    person_id = models.BigIntegerField(null=True)
    office_id = models.BigIntegerField(null=True)
    opened_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    signed_at = models.DateTimeField(null=True)
    holds_files = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["file_sha256"], condition=Q(state__in=OPEN), name="one_open_session_per_file"
            ),
            models.CheckConstraint(
                condition=~Q(state=SessionState.SIGNED) | (Q(signed_at__isnull=False) & ~Q(level="")),
                name="signed_session_has_time_and_level",
            ),
        ]
        indexes = [
            models.Index(fields=["file_sha256"], name="session_by_file"),
            models.Index(
                fields=["opened_at"], condition=Q(holds_files=True), name="session_that_holds_files"
            ),
            models.Index(fields=["expires_at"], condition=Q(state__in=OPEN), name="open_session_by_expiry"),
            models.Index(fields=["reference"], condition=Q(state="waiting"), name="waiting_session"),
        ]
