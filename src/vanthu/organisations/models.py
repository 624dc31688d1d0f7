"""Offices and their history, units, people, accounts, posts, delegation, rules of an office."""

from datetime import date
from typing import Any

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import F, Q

from vanthu.organisations import change_models  # noqa: F401 - its tables belong to the room
from vanthu.organisations.agency_models import Agency, AgencyCode  # noqa: F401 - so do these
from vanthu.organisations.powers import Book, Role
from vanthu.organisations.practice_models import PracticeRoom  # its tables belong to the room


class Level(models.TextChoices):
    """Levels of the sector (Law 82/2025/QH15; the last two until 30/06/2025, Law 63/2014/QH13)."""

    SUPREME = "supreme", "VKSND tối cao"
    APPELLATE = "appellate", "Viện công tố và kiểm sát xét xử phúc thẩm"
    PROVINCE = "province", "VKSND cấp tỉnh"
    REGION = "region", "VKSND khu vực"
    MILITARY_CENTRAL = "military_central", "VKS quân sự trung ương"
    MILITARY_ZONE = "military_zone", "VKS quân sự quân khu và tương đương"
    MILITARY_REGION = "military_region", "VKS quân sự khu vực"
    HIGH = "high", "VKSND cấp cao"
    DISTRICT = "district", "VKSND cấp huyện"


class Dated(models.Model):
    """Valid from a day to a day; open ends are null."""

    valid_from_on = models.DateField(null=True)
    valid_to_on = models.DateField(null=True)

    class Meta:
        abstract = True

    def valid_on(self, day: date) -> bool:
        return (self.valid_from_on is None or self.valid_from_on <= day) and (
            self.valid_to_on is None or day <= self.valid_to_on
        )


class Office(Dated):
    """A legal body with its own registers, seal and archive (cơ quan, Viện kiểm sát)."""

    item_kind = "office"

    level = models.CharField(max_length=20, choices=Level)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=80)
    code = models.CharField(max_length=20)  # as symbols carry it: VKSTC, VKS, VKSKV7
    place = models.CharField(max_length=80)  # địa danh of the date line
    province = models.CharField(max_length=60, blank=True)
    identifier = models.CharField(max_length=35, blank=True)  # mã định danh (QĐ 20/2020/QĐ-TTg)
    address = models.CharField(max_length=200, blank=True)
    search_key = models.CharField(max_length=300)  # unaccented name and short name, for typing
    # the room of practice in which it is invented; a real office has none
    room = models.ForeignKey(PracticeRoom, models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["parent", "level"], name="office_below"),
            models.Index(fields=["search_key"], name="office_search", opclasses=["text_pattern_ops"]),
        ]

    def __str__(self) -> str:
        return self.name


class Succession(models.Model):
    """`successor` took over the documents, numbers and dossiers of `predecessor`."""

    predecessor = models.ForeignKey(Office, models.PROTECT, related_name="+")
    successor = models.ForeignKey(Office, models.PROTECT, related_name="+")
    on = models.DateField()
    basis = models.CharField(max_length=200)
    # false: of an office that was split, some of its people and units, not its archive
    whole = models.BooleanField(default=True, db_default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="one_succession_per_pair")
        ]


class Unit(Dated):
    """A part of an office (vụ, cục, phòng, bộ phận); `abbreviation` stands in symbols and "Lưu: VT, P1"."""

    item_kind = "unit"

    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    name = models.CharField(max_length=160)
    short_name = models.CharField(max_length=60)
    abbreviation = models.CharField(max_length=12)
    position = models.SmallIntegerField(default=0)
    open_to_members = models.BooleanField(default=False)
    is_administration = models.BooleanField(default=False)  # Văn phòng
    field_words = models.TextField(blank=True)  # unaccented words that suggest this unit

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["office", "abbreviation"],
                condition=Q(valid_to_on=None),
                name="abbreviation_once_per_office",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Person(models.Model):
    """A person of the sector (cán bộ, công chức)."""

    item_kind = "person"

    full_name = models.CharField(max_length=80)
    search_key = models.CharField(max_length=120)
    rank = models.CharField(max_length=60, blank=True)  # chức danh tư pháp, ngạch
    phone = models.CharField(max_length=20, blank=True)

    class Meta:
        indexes = [models.Index(fields=["search_key"], name="person_search", opclasses=["text_pattern_ops"])]

    def __str__(self) -> str:
        return self.full_name


class AccountManager(BaseUserManager["Account"]):
    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "Account":
        """A new account; without a password it waits for its activation."""
        account = self.model(username=username, **fields)
        account.set_password(password)
        account.save()
        return account


class Account(AbstractBaseUser, PermissionsMixin):
    """What a person signs in with. `activated_at` is empty until they chose their password."""

    item_kind = "account"

    username = models.CharField(max_length=60, unique=True)
    email = models.EmailField(blank=True)
    person = models.OneToOneField(Person, models.PROTECT, null=True, related_name="+")
    is_active = models.BooleanField(default=True)
    activated_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    desk = models.JSONField(default=dict)  # the person's own settings: theme, keys, density
    rights_version = models.IntegerField(default=0)  # raised when posts, delegations or rules change
    rights_to_confirm = models.SmallIntegerField(default=0, db_default=0)  # open rows of RightsChange
    is_program = models.BooleanField(
        default=False, db_default=False
    )  # phần mềm tích hợp: acts by tokens only

    objects = AccountManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = []

    class Meta:
        constraints = [
            models.CheckConstraint(
                # "!" begins what Django writes for "no password fits"
                condition=Q(is_program=False) | Q(password__startswith=UNUSABLE_PASSWORD_PREFIX),
                name="programs_have_no_password",
            )
        ]

    def __str__(self) -> str:
        return self.username


class Activation(models.Model):
    """A link or printed slip that lets a person choose their first (or a new) password once."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    made_by_id = models.BigIntegerField(null=True)


class Token(models.Model):
    """A key with which a program acts as an account in one office; only the hash of its secret is kept."""

    item_kind = "token"

    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    prefix = models.CharField(max_length=12, unique=True)  # the part of the key that may be shown
    secret_hash = models.CharField(max_length=64)  # SHA-256, hexadecimal
    scopes = models.JSONField(default=list)  # names in organisations.tokens.SCOPES
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    expires_on = models.DateField()  # the last day on which it is good
    revoked_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)
    last_used_address = models.GenericIPAddressField(null=True)

    class Meta:
        indexes = [models.Index(fields=["account", "-created_at"], name="tokens_of_account")]

    def __str__(self) -> str:
        return self.name


class Post(Dated):
    """A person's post: title in an office (and unit); the powers and the sight come from `role`."""

    item_kind = "post"

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    role = models.CharField(max_length=24, choices=Role)
    title = models.CharField(max_length=100)  # chức vụ as it is signed: Phó Viện trưởng
    position = models.SmallIntegerField(default=0)
    charge = models.ManyToManyField(Unit, related_name="+")  # units in a deputy's charge

    class Meta:
        indexes = [
            models.Index(fields=["person", "office"], name="posts_of_person"),
            models.Index(fields=["office", "role"], name="posts_by_role"),
            models.Index(fields=["unit"], name="posts_in_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.person_id}"


class Delegation(models.Model):
    """For an absence: `receiver` holds `powers` of `giver` from a moment to a moment; no re-delegation.

    Confined to a unit, to kinds of documents (codes; none = all) and to a book; `basis` is the written authorisation.
    """

    item_kind = "delegation"

    giver = models.ForeignKey(Post, models.PROTECT, related_name="+")
    receiver = models.ForeignKey(Post, models.PROTECT, related_name="+")
    powers = models.JSONField(default=list)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    reason = models.CharField(max_length=200)
    revoked_at = models.DateTimeField(null=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    kinds = models.JSONField(default=list, db_default=[])
    book = models.CharField(max_length=3, choices=Book, blank=True, default=Book.BOTH, db_default="")
    basis = models.CharField(max_length=200, blank=True, db_default="")  # số, ngày văn bản ủy quyền

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="delegation_ends_after_start"
            ),
            models.CheckConstraint(condition=~Q(giver=F("receiver")), name="nobody_delegates_to_themselves"),
        ]
        indexes = [models.Index(fields=["receiver", "ends_at"], name="delegations_received")]


class OfficeRules(models.Model):
    """Operating rules (quy chế) of an office as settings; what each means stands in `organisations.rules`."""

    item_kind = "office_rules"

    office = models.OneToOneField(Office, models.PROTECT, primary_key=True, related_name="+")
    deputies_see_all = models.BooleanField(default=True)
    common_series = models.BooleanField(default=False)  # one series for all kinds, or one per kind
    unit_in_symbol = models.BooleanField(default=True)  # 01/KH-VKS-VP rather than 01/KH-VKS
    handling_days = models.SmallIntegerField(default=15)  # working days when no deadline is given
    rule_number = models.CharField(max_length=60, blank=True, db_default="")  # số, ký hiệu of the quy chế
    rule_on = models.DateField(null=True)
    duties = models.JSONField(default=dict, db_default={})  # {duty: [roles]} where not as the sector's
    days_by_kind = models.JSONField(default=dict, db_default={})  # {code of a kind: working days}
    kept_powers = models.JSONField(default=list, db_default=[])  # what the rules forbid to delegate
    longest_delegation = models.SmallIntegerField(default=60, db_default=60)  # days
    # the clerk may record what leaders wrote and signed on paper, with the scan as evidence
    clerk_records_paper = models.BooleanField(default=False, db_default=False)
    number_before_signature = models.BooleanField(
        default=False, db_default=False
    )  # the signer sees the number
    # kinds that heads of units sign by order (TL.); empty: the head of administration alone, the usual kinds
    by_order_kinds = models.JSONField(default=list, db_default=[])
    seal_mm = models.SmallIntegerField(default=36, db_default=36)  # diameter of the seal, as it is on paper
    # what is not in the book yet follows its sender's recall or change over the axis without the clerk
    changes_unregistered = models.BooleanField(default=False, db_default=False)
    # a draft with errors of form (Phụ lục I) cannot be submitted
    form_errors_stop = models.BooleanField(default=False, db_default=False)

    def days_for(self, kind: str) -> int:
        """Working days in which a document of this kind is handled when nobody sets a deadline; 0 = none."""
        return int(self.days_by_kind.get(kind, self.handling_days))


class RightsChange(models.Model):
    """What changed in a person's rights, until they confirm that they know (Decree 30/2020, Phụ lục VI, III.3.c)."""

    item_kind = "rights_change"

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    text = models.CharField(max_length=400)
    by_name = models.CharField(max_length=80)
    changed_at = models.DateTimeField()
    item_kind_of = models.CharField(max_length=16, blank=True)  # the document or dossier that it is about
    item_id_of = models.BigIntegerField(null=True)
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["person", "-changed_at"], name="rights_changes_of_person"),
            models.Index(fields=["office", "-changed_at"], name="rights_changes_of_office"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "item_kind_of", "item_id_of"],
                condition=Q(item_id_of__isnull=False, confirmed_at=None),
                name="one_open_alert_per_item",
            )
        ]
