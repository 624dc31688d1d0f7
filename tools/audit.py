"""Looks up known vulnerabilities of the locked packages. Says plainly when the service could not be asked."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COMMAND = [
    *(
        sys.executable,
        "-m",
        "pip_audit",
        "--requirement",
        "requirements/dev.txt",
        "--require-hashes",
        "--disable-pip",
    ),
    *("--vulnerability-service", "pypi", "--format", "json", "--progress-spinner", "off", "--timeout", "10"),
]


def main() -> int:
    done = subprocess.run(COMMAND, cwd=ROOT, check=False, capture_output=True, text=True)
    try:
        packages = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        print(f"NOT POSSIBLE HERE: pip-audit gave no answer.\n{done.stderr.strip()[-500:]}")
        return 0
    unknown = [package["name"] for package in packages if "skip_reason" in package]
    found = [(package, hole) for package in packages for hole in package.get("vulns", [])]
    for package, hole in found:
        repaired = ", ".join(hole["fix_versions"]) or "no version yet"
        print(f"{package['name']} {package['version']}: {hole['id']}, repaired in {repaired}")
    if unknown:
        print(
            f"NOT POSSIBLE HERE for {len(unknown)} of {len(packages)} packages: the index gives no such data."
        )
    else:
        print(f"{len(packages)} packages asked, {len(found)} vulnerabilities known.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
