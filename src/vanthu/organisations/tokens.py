"""Keys of programs: how a key is written, and what its scopes leave of the powers of whoever it acts for."""

import hashlib
import secrets
from dataclasses import dataclass, replace

from vanthu.kernel.actor import Actor

MARK = "vt"
LONGEST_DAYS = 365


@dataclass(frozen=True, slots=True)
class Scope:
    """What a token may be used for: `powers` are those of the account that it leaves."""

    name: str
    label: str
    powers: frozenset[str] = frozenset()


# Signing, approving, administering, delegating and the ledger are a person's own: no scope gives them.
SCOPES = (
    Scope(
        "read", "Đọc văn bản, công việc, hồ sơ trong phạm vi được xem", frozenset({"print_books", "chase"})
    ),
    Scope(
        "documents",
        "Vào sổ, tiếp nhận, trình, trả lại, phân công văn bản đến",
        frozenset({"register", "present", "return", "direct", "distribute"}),
    ),
    Scope("issue", "Cấp số, phát hành, gửi lại văn bản đi", frozenset({"number", "recall"})),
    Scope(
        "tasks",
        "Giao việc, đôn đốc, trả lời gia hạn, báo và duyệt kết quả",
        frozenset({"assign", "handle", "direct", "distribute", "chase"}),
    ),
    Scope(
        "drafts",
        "Soạn thảo, trình, kiểm tra dự thảo",
        frozenset({"draft", "review_content", "review_form"}),
    ),
    Scope("dossiers", "Lập và quản lý hồ sơ công việc", frozenset({"keep_dossier", "take_over"})),
    Scope("calendar", "Lên, sửa, hủy lịch công tác", frozenset({"plan", "schedule"})),
    Scope("files", "Tải tệp lên"),
    Scope("webhooks", "Đăng ký nhận thông báo tự động (webhook)", frozenset({"connect"})),
)
BY_NAME = {scope.name: scope for scope in SCOPES}


def narrowed(by: Actor, scopes: frozenset[str]) -> Actor:
    """The actor with no more powers than these scopes leave; what they see stays as it is."""
    powers = frozenset().union(*(BY_NAME[name].powers for name in scopes if name in BY_NAME))
    return replace(
        by,
        powers=by.powers & powers,
        delegated=tuple(pair for pair in by.delegated if pair[0] in powers),
        unit_powers=frozenset(pair for pair in by.unit_powers if pair[1] in powers),
    )


@dataclass(frozen=True, slots=True)
class Key:
    """A key as a program sends it: `vt_<prefix>_<secret>`."""

    prefix: str
    secret: str

    @classmethod
    def fresh(cls) -> "Key":
        """A random key: the secret has 256 bits."""
        return cls(secrets.token_hex(5), secrets.token_urlsafe(32))

    @classmethod
    def read(cls, text: str) -> "Key | None":
        """The key in a text, or None for a text that is none."""
        mark, _, rest = text.partition("_")
        prefix, _, secret = rest.partition("_")
        return cls(prefix, secret) if mark == MARK and prefix and secret else None

    @property
    def text(self) -> str:
        return f"{MARK}_{self.prefix}_{self.secret}"

    @property
    def hash(self) -> str:
        """Under what the secret is kept. It is random, so that a fast hash is as good as a slow one."""
        return hashlib.sha256(self.secret.encode()).hexdigest()
