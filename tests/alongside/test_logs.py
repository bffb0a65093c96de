"""Log lines carry ids, and nothing that a person typed."""

import json
import logging

import pytest
from django.db import IntegrityError, connection
from django.urls import reverse

from accounts.models import User
from alongside import celery_app, logs
from tests.factories import make_user


def line(message, *arguments, error=None, **facts):
    exc_info = (type(error), error, error.__traceback__) if error else None
    record = logging.LogRecord("test", logging.INFO, "x.py", 1, message, arguments, exc_info)
    for fact, value in facts.items():
        setattr(record, fact, value)
    return json.loads(logs.JsonFormatter().format(record))


@pytest.fixture
def written(settings):
    """Every line the process writes, formatted as in production."""
    lines = []

    class Keep(logging.Handler):
        def emit(self, record):
            lines.append(self.format(record))

    handler = Keep()
    handler.setFormatter(logs.JsonFormatter())
    root = logging.getLogger()
    requests = logging.getLogger("alongside.requests")
    levels = root.level, requests.level
    root.setLevel(logging.DEBUG)
    requests.setLevel(logging.INFO)
    root.addHandler(handler)
    yield lines
    root.removeHandler(handler)
    root.setLevel(levels[0])
    requests.setLevel(levels[1])


def test_addresses_queries_and_one_time_keys_are_cut_out():
    found = line("sent to %s, see /team/?q=maria and /password/reset/key/1-abc/", "ana@example.org")

    assert found["message"] == (
        "sent to [address], see /team/?[query] and /password/reset/key/[key]/"
    )


@pytest.mark.django_db
def test_an_error_gives_its_kind_and_place_but_not_its_words():
    make_user(email="canary@example.org")
    try:
        make_user(email="canary@example.org")
    except IntegrityError as error:
        found = line("Saving failed: %s", error, error=error)
        connection.needs_rollback = False
    assert found["message"] == "Saving failed"
    assert found["error"] == "django.db.utils.IntegrityError"
    assert "make_user" in found["trace"][1]
    assert "canary" not in json.dumps(found)


@pytest.mark.django_db
def test_each_request_has_an_id_in_the_log_and_in_the_answer(client, written):
    answer = client.get(reverse("healthz"))

    own = [json.loads(text) for text in written if "alongside.requests" in text]
    assert [one["request_id"] for one in own] == [answer.headers["X-Request-ID"]]
    assert (own[0]["method"], own[0]["route"], own[0]["status"]) == ("GET", "healthz", 503)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given", "kept"), [("0123456789abcdef", True), ("short", False), ("a" * 8 + "\n{}", False)]
)
def test_the_proxys_id_is_kept_if_it_is_an_id(client, given, kept):
    answer = client.get(reverse("healthz"), headers={"X-Request-ID": given})

    assert (answer.headers["X-Request-ID"] == given) is kept


@pytest.mark.django_db
def test_nothing_a_person_types_is_logged(client, written):
    person = User.objects.create_user("canary@example.org", "canary-password", name="Canary Name")
    client.post(reverse("account_login"), {"login": person.email, "password": "canary-wrong"})
    client.post(reverse("account_request_login_code"), {"email": person.email})
    client.get("/canary-path/?q=canary-query")
    client.get(reverse("account_reset_password_from_key", args=["1", "canary-key"]))
    client.get(reverse("healthz") + "?q=canary-query", headers={"User-Agent": "canary-agent"})

    assert written != []
    spoken = [text for text in written if "canary" in text.lower()]
    assert [json.loads(text)["message"] for text in spoken] == []


def test_a_tasks_lines_carry_its_id(written):
    seen = []

    @celery_app.task(name="tests.write_a_line", shared=False)
    def write_a_line():
        logging.getLogger("test").warning("working")
        seen.append(logs.task_id.get())

    write_a_line.apply(task_id="task-1")

    assert seen == ["task-1"]
    assert logs.task_id.get() == ""
    assert [json.loads(text)["task_id"] for text in written if "working" in text] == ["task-1"]
    del celery_app.tasks["tests.write_a_line"]


def test_a_failed_tasks_words_stay_out_of_the_log(written):
    @celery_app.task(name="tests.fail", shared=False)
    def fail():
        raise ValueError("canary@example.org, Canary Name")

    fail.apply(task_id="task-2")

    failed = [json.loads(text) for text in written if "ValueError" in text]
    assert [one["error"] for one in failed] == ["builtins.ValueError"]
    assert "anary" not in "".join(written)
    del celery_app.tasks["tests.fail"]


def test_the_id_of_a_request_ends_with_it():
    assert logs.request_id.get() == ""
