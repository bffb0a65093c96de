"""The command that tries the mail server."""

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from alongside.management.commands.mail_test import Command


def test_one_neutral_mail_goes_out(capsys):
    call_command("mail_test", "ana@example.org")

    assert [message.to for message in mail.outbox] == [["ana@example.org"]]
    assert mail.outbox[0].subject == "A test from Alongside"
    assert capsys.readouterr().out == (
        "The mail backend “locmem” took the mail to ana@example.org"
        " from Alongside <hello@example.org>.\n"
    )


def test_a_server_that_is_away_is_named(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1

    with pytest.raises(CommandError) as refused:
        call_command("mail_test", "ana@example.org")

    assert str(refused.value).startswith("The mail server 127.0.0.1:1 refused it: ")
    assert refused.value.returncode == 1


def test_on_the_command_line_it_touches_no_database_and_ends_with_1_if_refused(settings, capsys):
    """Here every query is refused."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1

    with pytest.raises(SystemExit) as ended:
        Command().run_from_argv(["manage.py", "mail_test", "ana@example.org"])

    told = capsys.readouterr()
    assert (ended.value.code, told.out) == (1, "")
    assert told.err.startswith("CommandError: The mail server 127.0.0.1:1 refused it: ")
    assert len(told.err.splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "the following arguments are required: ADDRESS (see --help)"),
        (["nobody"], "'nobody' is no email address (see --help)"),
        (["a@example.org", "more"], "unrecognized arguments: more (see --help)"),
    ],
)
def test_wrong_usage_is_one_line_and_exit_code_2(capsys, arguments, said):
    with pytest.raises(SystemExit) as ended:
        Command().run_from_argv(["manage.py", "mail_test", *arguments])

    assert ended.value.code == 2
    assert capsys.readouterr().err.splitlines() == [f"CommandError: {said}"]
