"""The benchmark: a sector as large as wished in a database of its own, and people who work in it."""

from vanthu_tools.bench.place import at_work, bench_server, database_name

__all__ = ["at_work", "bench_server", "database_name"]
