"""What is missing or wrong in the environment stops the start, with one clear sentence."""

import os
import runpy
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.test import override_settings

PROJECT = Path(__file__).resolve().parents[2]

COMPLETE = {
    "SECRET_KEY": "k" * 60 + "0123456789",
    "ALLOWED_HOSTS": "alongside.example.org",
    "SITE_URL": "https://alongside.example.org",
    "DEFAULT_FROM_EMAIL": "hello@example.org",
    "DATABASE_URL": "postgres://nobody@localhost/none",
    "REDIS_URL": "redis://localhost",
}
SERVERS = {"DATABASES", "CACHES"}  # a check asks none


@pytest.fixture
def started(monkeypatch):
    """Read the settings file afresh, with nothing in the environment but this."""

    def start(**environment):
        for name in [*COMPLETE, "DEBUG", "DEMO", "LOG_LEVEL"]:
            monkeypatch.delenv(name, raising=False)
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        return runpy.run_path(str(PROJECT / "alongside" / "settings.py"))

    return start


@pytest.mark.parametrize(
    "name", ["SECRET_KEY", "SITE_URL", "DEFAULT_FROM_EMAIL", "DATABASE_URL", "REDIS_URL"]
)
def test_a_missing_setting_stops_the_start(started, name):
    without = {key: value for key, value in COMPLETE.items() if key != name}

    with pytest.raises(ImproperlyConfigured) as refused:
        started(**without)

    assert str(refused.value) == f"Set {name} in the environment: it has no safe default."


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("DEBUG", "perhaps", "DEBUG must be yes or no, not 'perhaps'."),
        ("EMAIL_PORT", "smtp", "EMAIL_PORT must be a whole number, not 'smtp'."),
        ("LOG_LEVEL", "loud", "LOG_LEVEL must be one of DEBUG, INFO, WARNING, ERROR, not 'loud'."),
    ],
)
def test_a_wrong_setting_stops_the_start(started, name, value, said):
    with pytest.raises(ImproperlyConfigured) as refused:
        started(**COMPLETE, **{name: value})

    assert str(refused.value) == said


def test_outside_debug_the_defaults_are_safe(started):
    found = started(**COMPLETE)

    assert (found["DEBUG"], found["DEMO"]) == (False, False)
    assert found["ALLOWED_HOSTS"] == ["alongside.example.org"]
    assert found["SECURE_SSL_REDIRECT"] is True
    assert found["SECURE_HSTS_SECONDS"] == 31536000
    assert found["SESSION_COOKIE_SECURE"] is found["CSRF_COOKIE_SECURE"] is True
    assert found["SESSION_COOKIE_HTTPONLY"] is True
    assert found["MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN"] is False


def test_a_start_without_settings_says_what_to_set():
    started = subprocess.run(
        [sys.executable, "-c", "import django; django.setup()"],
        cwd=PROJECT,
        env={"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "alongside.settings"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert started.returncode == 1
    assert started.stderr.splitlines()[-1] == (
        "django.core.exceptions.ImproperlyConfigured: "
        "Set SECRET_KEY in the environment: it has no safe default."
    )


def test_the_deployment_check_is_clean(started):
    production = {
        name: value
        for name, value in started(**COMPLETE).items()
        if name.isupper() and name not in SERVERS and value != getattr(settings, name, None)
    }

    with override_settings(**production):
        call_command("check", deploy=True, fail_level="WARNING", stderr=(said := StringIO()))

    assert said.getvalue() == ""
