"""A file may bring any word as a condition: none of them carries a number or a name across."""

import pytest

from accounts.refusals import WordsRefused
from opportunities import actions, uploading
from opportunities.disclosure import facts_of
from opportunities.models import Offer, Upload, UploadRow
from tests.factories import NOON, make_offer, make_party, owner_of

pytestmark = pytest.mark.django_db
CALL = "call_me_212_555_0100"
HEAD = b"offer_id,title,zip,tags,terms,kind\n"


def brought(*rows):
    party = make_party()
    upload = uploading.begin(
        party=party,
        by=owner_of(party),
        model=Offer,
        content=[HEAD, *(row.encode() + b"\n" for row in rows)],
        publishes=False,
        at=NOON,
    )
    uploading.finish(upload_id=upload.pk, at=NOON)
    return Upload.objects.get(pk=upload.pk).rows.order_by("number")


def test_a_number_is_refused_among_the_conditions_of_a_file():
    rows = brought(f"A,Knitting,11201,{CALL},,", f"B,Sewing,11201,,{CALL},", "C,Baking,11201,,,")

    assert [(row.outcome, row.column) for row in rows] == [
        (UploadRow.Outcome.REJECTED, "tags"),
        (UploadRow.Outcome.REJECTED, "terms"),
        (UploadRow.Outcome.CREATED, ""),
    ]


def test_nor_does_an_edit_bring_it_in():
    offer = make_offer()

    with pytest.raises(WordsRefused):
        actions.edit(posting=offer, by=None, facts={"tags": [CALL]}, at=NOON)


def test_a_word_that_nobody_has_read_is_shown_to_nobody():
    offer = make_offer(tags=["maria_lopez", "online_only_platform"], terms=["ask_for_rosa"])

    shown = [value for fact in facts_of(offer, has_met=True) for value in fact.values]

    assert [value for value in shown if "maria" in value or "rosa" in value] == []


def test_what_stands_in_the_wrong_cell_is_repeated_in_no_reason():
    (row,) = brought("A,Knitting,11201,,,Maria Lopez born 01/02/1990 call 212-555-0100")

    assert row.notes == "This cell is not understood, and may tell who somebody is."
