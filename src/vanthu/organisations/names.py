"""Vietnamese names for typing and for signatures."""

import re

from vanthu.kernel.vietnamese import fold


def key_of(text: str) -> str:
    """Lower case without diacritics, only words and figures: what typed text is compared with."""
    return re.sub(r"[^a-z0-9]+", " ", fold(text)).strip()


def office_key(name: str, short_name: str) -> str:
    """The `search_key` of an office: its names, and "viện kiểm sát nhân dân" also as "vks", "vksnd"."""
    long_name = key_of(name)
    short = key_of(short_name)
    return f"{long_name} {short} {long_name.replace('vien kiem sat nhan dan', 'vks')}"[:300]
