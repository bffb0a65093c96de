"""What is missing or wrong in the environment stops the start, with one clear sentence."""

import os
import runpy
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

PROJECT = Path(__file__).resolve().parents[2]

COMPLETE = {
    "SECRET_KEY": "k" * 60 + "0123456789",
    "ALLOWED_HOSTS": "alongside.example.org",
    "SITE_URL": "https://alongside.example.org",
    "DEFAULT_FROM_EMAIL": "hello@example.org",
    "DATABASE_URL": "postgres://nobody@localhost/none",
    "REDIS_URL": "redis://localhost",
}


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
    settings = started(**COMPLETE)

    assert (settings["DEBUG"], settings["DEMO"]) == (False, False)
    assert settings["ALLOWED_HOSTS"] == ["alongside.example.org"]
    assert settings["SECURE_SSL_REDIRECT"] is True
    assert settings["SECURE_HSTS_SECONDS"] == 31536000
    assert settings["SESSION_COOKIE_SECURE"] is settings["CSRF_COOKIE_SECURE"] is True
    assert settings["SESSION_COOKIE_HTTPONLY"] is True
    assert settings["MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN"] is False


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


def test_the_deployment_check_is_clean():
    checked = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=PROJECT,
        env={"PATH": os.environ["PATH"]} | COMPLETE,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (checked.returncode, checked.stderr) == (0, "")
