"""A migrated database that the databases of tests are copied from, made again when a migration has changed."""

import hashlib
from pathlib import Path

import psycopg
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from psycopg import sql

_LOCK = 20_260_101
_KEPT = 3  # other runs may just be copying the newest
_MAKING = "migrated_in_making"


def migrated(server: str) -> str:
    """The name of a database on the server (a connection string) that has every migration. Processes wait for one."""
    name = f"migrated_{_digest()}"
    with psycopg.connect(server, autocommit=True) as maker:
        maker.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        known = "SELECT datname FROM pg_database WHERE datname LIKE 'migrated%' ORDER BY oid DESC"
        names = [one for (one,) in maker.execute(known)]
        if name not in names:
            for old in {_MAKING, *names[_KEPT:]}:
                maker.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(old)))
            _make(maker, name)
    return name


def _digest() -> str:
    """Of every migration that is installed."""
    digest = hashlib.sha256()
    for app in sorted(apps.get_app_configs(), key=lambda one: one.label):
        for file in sorted(Path(app.path).glob("migrations/**/*")):
            if file.is_file() and file.suffix in (".py", ".sql"):
                digest.update(f"{app.label}/{file.name}\n".encode() + file.read_bytes())
    return digest.hexdigest()[:16]


def _make(maker: psycopg.Connection, name: str) -> None:
    maker.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(_MAKING)))
    wanted, connection.settings_dict["NAME"] = connection.settings_dict["NAME"], _MAKING
    try:
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = wanted
    names = (sql.Identifier(_MAKING), sql.Identifier(name))
    maker.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(*names))
