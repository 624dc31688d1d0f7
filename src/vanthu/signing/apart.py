"""Verify files that a stranger hands in, in a process of its own with limits of time and memory.

`python -m vanthu.signing.apart FILE…` prints one JSON list of reports; `verify_apart` runs it.
"""

import json
import os
import resource
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from vanthu.kernel.later import later
from vanthu.signing.report import Finding, Report

if TYPE_CHECKING:
    from vanthu.signing import verify
else:
    verify = later("vanthu.signing.verify")

SECONDS = 45
"""How long all files of one call may take together."""
_CPU_SECONDS = 30
_MEMORY = 2 * 1024**3
_TOO_LONG = Report(
    "unknown",
    findings=(Finding("too_heavy", "tệp quá lớn hoặc quá phức tạp để kiểm tra ở đây, không kết luận"),),
)


def verify_apart(paths: Sequence[Path]) -> list[Report]:
    """Reports on the files, in their order; what takes too long or too much memory is "unknown"."""
    command = [sys.executable, "-m", "vanthu.signing.apart", *map(str, paths)]
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            timeout=SECONDS,
            env=os.environ,
        )
    except subprocess.TimeoutExpired as late:
        lines = (late.stdout or b"").splitlines()
    else:
        lines = done.stdout.splitlines()
    reports = [Report.from_json(json.loads(line)) for line in lines if line.endswith(b"}")]
    return [*reports, *[_TOO_LONG] * (len(paths) - len(reports))]


def main(paths: Sequence[str]) -> None:
    """In the process of its own: a report per line."""
    verifier = verify.Verifier(None)
    for path in paths:
        sys.stdout.write(json.dumps(verifier.verify(Path(path)).as_json()) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CPU, (_CPU_SECONDS, _CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    main(sys.argv[1:])
