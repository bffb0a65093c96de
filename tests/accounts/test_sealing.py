"""Secrets of second steps lie sealed, and a change of the project's secret loses none of them."""

import io
from importlib import import_module

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.apps import apps
from django.core.management import call_command
from time_machine import travel

from accounts.sealing import CannotOpen, seal, unseal
from tests.factories import NOON, make_user

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXP" * 2
CODE = format_hotp_value(hotp_value(SECRET, int(NOON.timestamp()) // 30))
OPEN = {"secret": SECRET, "seed": "a" * 80, "migrated_codes": ["one", "two"], "used_mask": 0}


@pytest.fixture(autouse=True)
def noon():
    with travel(NOON, tick=False):
        yield


def change_key(settings, *, keep):
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY] if keep else []
    settings.SECRET_KEY = "another-secret-that-is-long-enough"


def accepts(person):
    return TOTP(Authenticator.objects.get(user=person, type="totp")).validate_code(CODE)


def stored(person):
    return list(Authenticator.objects.filter(user=person).values_list("data", flat=True))


def test_no_secret_of_a_second_step_lies_open_in_the_database():
    person = make_user()
    TOTP.activate(person, SECRET)
    codes = RecoveryCodes.activate(person)

    assert SECRET not in str(stored(person))
    assert all(code not in str(stored(person)) for code in codes.generate_codes())
    assert RecoveryCodes(codes.instance).generate_codes() == codes.generate_codes()
    assert accepts(person)


def test_they_open_after_a_change_of_the_secret_as_long_as_the_old_one_is_given(settings):
    person = make_user()
    TOTP.activate(person, SECRET)

    change_key(settings, keep=True)
    assert accepts(person)


def test_sealed_anew_they_open_without_the_old_secret(settings):
    person, out = make_user(), io.StringIO()
    TOTP.activate(person, SECRET)
    change_key(settings, keep=True)

    call_command("reseal_second_steps", stdout=out)
    settings.SECRET_KEY_FALLBACKS = []

    assert out.getvalue() == "1 sealed anew, 0 cannot be opened.\n"
    assert accepts(person)


def test_without_its_secret_the_door_stays_shut_until_the_step_is_forgotten(settings):
    person, out = make_user(), io.StringIO()
    TOTP.activate(person, SECRET)
    change_key(settings, keep=False)

    assert not accepts(person)
    call_command("reseal_second_steps", forget=True, stdout=out)
    assert out.getvalue().startswith("0 sealed anew, 1 cannot be opened.")
    assert stored(person) == []


def test_the_migration_seals_what_lay_open_and_opens_it_on_the_way_back():
    migration = import_module("accounts.migrations.0007_second_steps_are_sealed")
    person = make_user()
    Authenticator.objects.create(user=person, type="totp", data=OPEN)
    key = {"name": "Key", "credential": {"id": "1"}}
    Authenticator.objects.create(user=person, type="webauthn", data=key)

    migration.seal_all(apps, None)
    sealed = {one["type"]: one["data"] for one in Authenticator.objects.values("type", "data")}
    assert SECRET not in str(sealed)
    assert unseal(sealed["totp"]["secret"]) == SECRET
    assert [unseal(code) for code in sealed["totp"]["migrated_codes"]] == ["one", "two"]
    assert sealed["webauthn"] == key

    migration.open_all(apps, None)
    assert Authenticator.objects.get(type="totp").data == OPEN


def test_what_was_sealed_twice_is_never_the_same_and_what_was_changed_does_not_open():
    first, second = seal(SECRET), seal(SECRET)

    assert first != second
    assert unseal(first) == unseal(second) == SECRET
    with pytest.raises(CannotOpen):
        unseal(first[:-4] + "AAA=")
