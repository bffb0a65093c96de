"""The demo replaces a database of its own and never another one."""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from alongside.demo import database
from alongside.embedded import PROJECT, Servers


@pytest.fixture
def running():
    """The servers that these tests run on, without the demo's databases."""
    host = settings.DATABASES["default"]["HOST"]
    if not host.startswith("/"):
        pytest.skip("Only on servers that the tests started themselves.")
    servers = Servers(Path(host).parent)
    yield servers
    with servers.connect() as connection:
        for name in (database.NAME, database.TEMPLATE):
            connection.execute(f"DROP DATABASE IF EXISTS {name}")


def _begin(running):
    return database.fresh_database(
        running, today=date(2027, 1, 12), environment={}, say=lambda _line: None
    )


@pytest.mark.parametrize("name", [database.NAME, database.TEMPLATE])
def test_a_database_of_somebody_else_is_refused_and_stays(running, name):
    running.create_database(name)

    with pytest.raises(database.ForeignDatabase):
        _begin(running)

    assert running.has_database(name)


def test_with_a_database_in_the_environment_the_demo_refuses():
    with pytest.raises(CommandError) as refusal:
        call_command("demo")

    assert "Take DATABASE_URL out of the environment" in str(refusal.value)


def test_from_a_shell_that_is_set_up_for_production_it_refuses_in_one_line():
    environment = {"PATH": os.environ["PATH"], "DATABASE_URL": "postgres://me@db.example.org/real"}
    demo = [sys.executable, "manage.py", "demo"]

    asked = subprocess.run(
        demo, cwd=PROJECT, env=environment, capture_output=True, text=True, check=False
    )

    assert (asked.returncode, asked.stdout) == (1, "")
    assert asked.stderr.startswith("CommandError: The demo brings a database of its own")
    assert asked.stderr.count("\n") == 1


def test_another_day_needs_another_country():
    one, other = date(2027, 1, 12), date(2027, 1, 13)

    assert database._fingerprint(one) == database._fingerprint(one)
    assert database._fingerprint(one) != database._fingerprint(other)
