"""The admin shows matches and notices, and changes none."""

import pytest
from django.contrib import admin
from django.urls import reverse

from matching.models import Block, Match
from notices import actions as notices
from notices.models import Notice
from tests.factories import NOON, make_match, make_staff
from tests.matching.pages import signed_in
from trail.models import Rematch

pytestmark = pytest.mark.django_db


@pytest.fixture
def superuser():
    return make_staff(is_superuser=True)


@pytest.mark.parametrize("model", [Match, Notice, Rematch])
def test_rows_are_there_to_look_at_and_not_to_change(model, superuser):
    match = make_match()
    notices.owe(recipient=superuser, event="nudge", key="1", path="/secret/", at=NOON)
    Rematch.objects.create(started_at=NOON)
    row, client = model.objects.get(), signed_in(superuser)
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}"

    assert client.get(reverse(f"{name}_changelist")).status_code == 200
    page = client.get(reverse(f"{name}_change", args=[row.pk]))
    assert page.status_code == 200
    assert "/secret/" not in page.content.decode()
    assert client.post(reverse(f"{name}_change", args=[row.pk]), {}).status_code == 403
    assert client.post(reverse(f"{name}_delete", args=[row.pk]), {}).status_code == 403
    assert client.get(reverse(f"{name}_add")).status_code == 403
    assert Match.objects.get() == match


def test_who_blocks_whom_is_not_in_the_admin():
    assert not admin.site.is_registered(Block)


def test_how_far_a_rematch_is_can_be_seen(superuser):
    rematch = Rematch.objects.create(started_at=NOON)
    for number in (1, 2, 3):
        rematch.blocks.create(
            number=number, need_ids=[], done_at=NOON if number < 3 else None, proposed=4
        )
    page = signed_in(superuser).get(reverse("admin:trail_rematch_changelist"))
    assert "2 of 3 blocks, 12 proposals" in page.content.decode()
