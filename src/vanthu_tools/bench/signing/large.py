"""Sign one large file in this process and print what it took: `python -m … SOURCE PKI KEY < certificate.pem`.

The process holds what signing needs and no pages, lists or tables, as a service of its own would.
"""

import json
import os
import re
import sys
import time
from importlib import import_module
from pathlib import Path

from cryptography import x509
from django.conf import settings

_BASE = "vanthu.signing.providers.base"


def main() -> None:
    """Django's settings first: the room of signing reads them as it is loaded."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    source, settings.PKI_DIR, key_name = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
    single, base = (import_module(name) for name in ("vanthu_tools.bench.signing.single", _BASE))
    holder = base.KeyHolder(x509.load_pem_x509_certificate(sys.stdin.buffer.read()), key_name)
    before, begun = _megabytes("VmRSS"), time.process_time()
    single.sign(source, source.with_suffix(".signed"), holder)
    used = time.process_time() - begun
    print(json.dumps({"before": before, "peak": _megabytes("VmHWM"), "seconds": used}))


def _megabytes(line: str) -> float:
    """A line of what Linux tells of this process; the peak of `getrusage` would be that of the parent."""
    found = re.search(rf"^{line}:\s+(\d+) kB", Path("/proc/self/status").read_text(encoding="ascii"), re.M)
    if found is None:
        raise RuntimeError(f"no {line} in /proc/self/status")
    return int(found[1]) / 1024


if __name__ == "__main__":
    main()
