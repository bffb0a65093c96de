"""Sign-ups and sign-ins of people in tests."""

import re

import pytest
from django.core import mail
from django.test import Client

CODE = re.compile(r"^([A-Z0-9]{4}-[A-Z0-9]{4}|[A-Z0-9]{6,9})$", re.MULTILINE)


@pytest.fixture(autouse=True)
def _try_afresh(nobody_has_tried_too_often):
    """Most of these tests try something."""


@pytest.fixture
def strict_client():
    """A browser: it sends back the proof that each form carries, or is refused."""
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def mailed_code():
    """The code in the newest mail."""

    def newest():
        return CODE.search(mail.outbox[-1].body)[1]

    return newest


@pytest.fixture
def client_of_another_browser():
    """A second browser, with cookies of its own."""
    return Client()
