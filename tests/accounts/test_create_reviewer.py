"""The command that makes a reviewer."""

import io
import os
import pty
import select
import subprocess
import sys
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from django.core.management import CommandError, call_command

from accounts.management.commands.create_reviewer import Command
from accounts.models import User
from tests.factories import make_user
from trail.models import Audit

PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def no_terminal(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO())


@pytest.mark.django_db
def test_a_reviewer_is_made_who_signs_in_by_mail(capsys):
    call_command("create_reviewer", "Rosa@Example.org", "--name", "Rosa Diaz")

    person = User.objects.get()
    assert (person.email, person.name, person.is_reviewer) == (
        "rosa@example.org",
        "Rosa Diaz",
        True,
    )
    assert (person.is_staff, person.has_usable_password()) == (False, False)
    assert EmailAddress.objects.get().verified is True
    assert Audit.objects.get().verb == "reviewer_made"
    assert capsys.readouterr().out == (
        "rosa@example.org is a reviewer (new account).\n"
        "They sign in with a code by mail: http://localhost:8000/account/login/code/\n"
    )


@pytest.mark.django_db
def test_a_known_person_keeps_their_name(capsys):
    make_user(email="rosa@example.org", name="Rosa")

    call_command("create_reviewer", "rosa@example.org")

    assert User.objects.get().is_reviewer is True
    assert User.objects.get().name == "Rosa"
    assert capsys.readouterr().out.startswith("rosa@example.org is a reviewer.\n")


def test_what_is_no_address_is_refused():
    with pytest.raises(CommandError) as refused:
        call_command("create_reviewer", "rosa")

    assert (str(refused.value), refused.value.returncode) == (
        "'rosa' is no email address (see --help)",
        2,
    )


def test_wrong_usage_is_one_line_and_exit_code_2(capsys):
    with pytest.raises(SystemExit) as ended:
        Command().run_from_argv(["manage.py", "create_reviewer"])

    assert ended.value.code == 2
    assert capsys.readouterr().err.splitlines() == [
        "CommandError: the following arguments are required: EMAIL (see --help)"
    ]


def test_on_a_terminal_a_password_is_asked_for_twice_and_must_be_good():
    typed = ["correct-horse-9", "correct-horse-8"]
    ours, theirs = pty.openpty()
    command = subprocess.Popen(
        [sys.executable, "manage.py", "create_reviewer", "rosa@example.org"],
        cwd=PROJECT,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    )
    os.close(theirs)
    screen = ""
    for prompt, answer in zip(["Password", "Again"], typed, strict=True):
        screen += _read_until(ours, prompt)
        os.write(ours, answer.encode() + b"\n")
    screen += _read_until(ours, "(see --help)")

    assert command.wait(timeout=30) == 2
    assert "the passwords differ" in screen
    assert not any(answer in screen for answer in typed)
    os.close(ours)


def _read_until(terminal, words):
    seen = ""
    while words not in seen:
        ready, _write, _wrong = select.select([terminal], [], [], 30)
        assert ready, f"{words!r} did not come after {seen!r}"
        seen += os.read(terminal, 4096).decode(errors="replace")
    return seen
