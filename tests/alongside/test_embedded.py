"""The embedded servers: shared or apart as asked, private, and gone afterwards."""

import os
import shutil
import stat
import tempfile
from pathlib import Path

import psycopg
import pytest

from alongside import embedded
from alongside.embedded import CannotStart, servers
from tests import migrated


@pytest.fixture
def files():
    """Where the tests' own migrated ones are; asked for before the place is another."""
    return migrated.files()


@pytest.fixture
def place(monkeypatch):
    """A temporary place of this test's own, short as a socket's path must be."""
    folder = Path(tempfile.mkdtemp(dir="/tmp"))
    folder.chmod(0o755)
    programs = embedded._postgres_folder()
    monkeypatch.setattr(embedded, "_postgres_folder", lambda: programs)  # copied once, for root
    monkeypatch.setattr(embedded, "_short_temporary_place", lambda: folder)
    yield folder
    shutil.rmtree(folder)


def answers(running: embedded.Servers) -> bool:
    with psycopg.connect(running.database_url()) as connection:
        return connection.execute("SELECT 1").fetchone() == (1,)


def test_a_second_user_gets_servers_apart_that_leave_no_trace(files, place):
    with servers("demo", files=files) as first:
        with servers("demo", files=files) as second:
            assert first.folder != second.folder
            assert answers(second)
        assert not second.folder.exists()
        assert answers(first)


def test_shared_servers_run_until_the_last_user_leaves_and_keep_what_was_written(place):
    with servers("local", shared=True) as first:
        assert stat.S_IMODE(first.sockets.stat().st_mode) == 0o700  # nobody else can reach them
        with servers("local", shared=True) as second:
            assert first == second
        with psycopg.connect(first.database_url()) as one:
            one.execute("CREATE TABLE kept (id int)")
    with pytest.raises(psycopg.OperationalError):
        answers(first)
    with servers("local", shared=True) as again, psycopg.connect(again.database_url()) as two:
        assert two.execute("SELECT count(*) FROM kept").fetchone() == (0,)


def test_it_begins_with_the_files_that_it_is_given_whatever_was_there(files, place):
    was_there = embedded._own_folder(place / f"alongside-{os.getuid()}-{embedded._mark()}-tests")
    (was_there / "postgres").mkdir()
    (was_there / "postgres" / "PG_VERSION").write_text("9.6\n")

    with servers("tests", files=files) as running:
        assert running.has_database(migrated.DATABASE)


def test_a_folder_that_somebody_prepared_for_us_is_refused(place):
    mine = place / "elsewhere"
    mine.mkdir()
    trap = place / f"alongside-{os.getuid()}-{embedded._mark()}-demo"
    trap.symlink_to(mine)
    with pytest.raises(CannotStart), servers("demo"):
        pass
