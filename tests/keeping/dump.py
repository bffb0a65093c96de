"""All rows of all tables as text, to look for words in."""

from django.db import connection
from psycopg import sql


def dump(*, without=()):
    """One line a row, each after the name of its table."""
    lines = []
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            if table not in without:
                rows = sql.SQL("SELECT t.*::text FROM {} t").format(sql.Identifier(table))
                cursor.execute(rows)
                lines += [f"{table} {row[0]}" for row in cursor.fetchall()]
    return lines


def found(word):
    """The rows in which a word stands, whatever its case."""
    return [line for line in dump() if word.lower() in line.lower()]
