"""What is missing or wrong in the environment stops the start, with one clear sentence."""

import os
import subprocess
import sys

import pytest

COMPLETE = {
    "SECRET_KEY": "k" * 60 + "0123456789",
    "ALLOWED_HOSTS": "alongside.example.org",
    "SITE_URL": "https://alongside.example.org",
    "DEFAULT_FROM_EMAIL": "hello@example.org",
    "DATABASE_URL": "postgres://nobody@localhost/none",
    "REDIS_URL": "redis://localhost",
}


def run(code, **environment):
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-c", code],
        env=kept | environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    "name", ["SECRET_KEY", "SITE_URL", "DEFAULT_FROM_EMAIL", "DATABASE_URL", "REDIS_URL"]
)
def test_a_missing_setting_stops_the_start(name):
    without = {key: value for key, value in COMPLETE.items() if key != name}

    started = run("import alongside.settings", **without)

    assert started.returncode == 1
    assert started.stderr.splitlines()[-1] == (
        "django.core.exceptions.ImproperlyConfigured: "
        f"Set {name} in the environment: it has no safe default."
    )


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("DEBUG", "perhaps", "DEBUG must be yes or no, not 'perhaps'."),
        ("EMAIL_PORT", "smtp", "EMAIL_PORT must be a whole number, not 'smtp'."),
        ("LOG_LEVEL", "loud", "LOG_LEVEL must be one of DEBUG, INFO, WARNING, ERROR, not 'loud'."),
    ],
)
def test_a_wrong_setting_stops_the_start(name, value, said):
    started = run("import alongside.settings", **COMPLETE, **{name: value})

    assert started.returncode == 1
    assert started.stderr.splitlines()[-1].endswith(said)


def test_outside_debug_the_defaults_are_safe():
    code = (
        "from alongside import settings as s; print(s.DEBUG, s.DEMO, s.SECURE_SSL_REDIRECT,"
        " s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_HSTS_SECONDS,"
        " s.SESSION_COOKIE_HTTPONLY, s.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN)"
    )

    started = run(code, **COMPLETE)

    assert started.stdout == "False False True True True 31536000 True False\n"


def test_the_deployment_check_is_clean():
    code = (
        "import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'alongside.settings'\n"
        "from django.core.management import execute_from_command_line as run\n"
        "run(['manage.py', 'check', '--deploy', '--fail-level', 'WARNING'])"
    )

    checked = run(code, **COMPLETE)

    assert (checked.returncode, checked.stderr) == (0, "")
