"""Rows and bodies lie in one partition per year (Asia/Ho_Chi_Minh); years before 2020 share the default one."""

from django.db import connection


def make(*years: int) -> None:
    """Make the partitions of these years unless they exist; a year must not have rows in the default one."""
    with connection.cursor() as cursor:
        for year in years:
            cursor.execute("SELECT search_make_partitions(%s)", [year])
