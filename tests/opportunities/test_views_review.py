"""Reviewers' pages: what waits, everything needed to decide, and the decision."""

import pytest
from django.urls import reverse

from accounts.models import Membership
from opportunities.models import Condition, PostingReview, Topic
from tests.factories import (
    NOON,
    make_need,
    make_offer,
    make_party,
    make_reviewer,
    make_staff,
    make_user,
    owner_of,
)
from tests.opportunities.pages import answer, complaints, hidden, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]

QUEUE = "desk:queue"


def page_url(posting, name="review_posting"):
    return reverse(f"opportunities:{name}", args=[posting.public_id])


def waiting_job(**fields):
    values = {"kind": "job", "status": "in_review", "reviews_needed": 2, "round": 1} | fields
    return make_offer(make_party("business"), ("baker",), **values)


def waiting_need(**fields):
    values = {"status": "in_review", "reviews_needed": 1, "round": 1} | fields
    return make_need(**values)


def test_to_everybody_else_these_pages_do_not_exist():
    offer = waiting_job()
    for person in (make_user(), owner_of(offer.party)):
        client = signed_in(person)
        assert client.get(reverse(QUEUE)).status_code == 404
        for address in (page_url(offer), page_url(offer, "review_suspend")):
            assert client.post(address, {"decision": "approve"}).status_code == 404
        assert client.get(page_url(offer)).status_code == 404
    assert PostingReview.objects.count() == 0


def test_a_reviewer_never_sees_what_their_own_party_sent_in():
    offer = waiting_job()
    reviewer = make_reviewer()
    Membership.objects.create(user=reviewer, party=offer.party, role="staff", joined_at=NOON)
    client = signed_in(reviewer)

    assert offer.title not in client.get(reverse(QUEUE)).content.decode()
    assert client.get(page_url(offer)).status_code == 404
    assert client.post(page_url(offer), {"decision": "approve"}).status_code == 404


def test_a_draft_that_was_never_sent_in_is_nobodys_to_read():
    draft = make_need(status="draft")

    assert signed_in(make_reviewer()).get(page_url(draft)).status_code == 404


def test_two_reviewers_open_a_first_job():
    offer = waiting_job()
    first, second = (signed_in(make_reviewer(), enforce_csrf_checks=True) for _ in range(2))

    assert complaints(first.get(reverse(QUEUE))) == []
    answer(first, page_url(offer), {"decision": "approve"})
    offer.refresh_from_db()
    assert offer.status == "in_review"
    left = first.get(reverse(QUEUE)).context
    assert (left["mine"], [case.title for case in left["others"]]) == ([], [offer.title])
    assert "You have decided on this already." in first.get(page_url(offer)).content.decode()

    answer(second, page_url(offer), {"decision": "approve"})
    offer.refresh_from_db()
    assert offer.status == "active"


def test_sending_back_needs_a_reason_that_the_poster_reads():
    offer = waiting_job()
    client = signed_in(make_reviewer(), enforce_csrf_checks=True)

    refused = answer(client, page_url(offer), {"decision": "decline", "reason": ""})
    assert complaints(refused) == []
    assert list(refused.context["form"].errors) == ["reason"]
    answer(client, page_url(offer), {"decision": "decline", "reason": "Who pays for tools?"})

    offer.refresh_from_db()
    assert (offer.status, offer.reviews.get().reason) == ("draft", "Who pays for tools?")


def test_nobody_decides_on_a_round_they_have_not_read():
    offer = waiting_job()
    client = signed_in(make_reviewer())
    read = hidden(client.get(page_url(offer)))
    type(offer).objects.filter(pk=offer.pk).update(round=2, pay_amount=9)

    sent = client.post(page_url(offer), read | {"decision": "approve"}, follow=True)

    assert "It was changed while you read it." in sent.content.decode()
    assert PostingReview.objects.count() == 0


def test_reviewers_read_what_nobody_else_reads():
    need = waiting_need(
        exclusions=["alcohol"], audience="minors", questions=["Does it name a house?"]
    )
    page = signed_in(make_reviewer()).get(page_url(need))

    assert complaints(page) == []
    html = page.content.decode()
    for fact in ("Alcohol is served or present", "Minors", "11201", "Does it name a house?"):
        assert fact in html


def test_reviewers_read_pay_and_supervision():
    page = signed_in(make_reviewer()).get(page_url(waiting_job(tips=True)))

    html = page.content.decode()
    for fact in ("$21.00 an hour, tips come on top", "Our shop in Brooklyn", "Shop manager"):
        assert fact in html


def test_an_offer_is_taken_off_the_market_with_a_reason():
    offer = make_offer(make_party("business"), kind="job", round=1)
    client = signed_in(make_reviewer(), enforce_csrf_checks=True)
    page = client.get(page_url(offer))
    assert complaints(page) == []

    refused = client.post(page_url(offer, "review_suspend"), hidden(page))
    assert complaints(refused) == []
    sent = hidden(page) | {"reason": "Two people called us about it."}
    client.post(page_url(offer, "review_suspend"), sent)

    offer.refresh_from_db()
    assert offer.status == "suspended"
    assert client.post(page_url(waiting_need(), "review_suspend"), sent).status_code == 404


# The admin


def staff(**fields):
    return signed_in(make_staff(**fields))


def test_reviewers_with_staff_rights_extend_the_lists():
    client = staff(is_reviewer=True)
    topic = Topic.objects.get(slug="baker")

    client.post(
        reverse("admin:opportunities_condition_add"),
        {"slug": "loud", "kind": "setting", "label": "Loud", "label_es": "Ruidoso"},
    )
    client.post(
        reverse("admin:opportunities_topic_change", args=[topic.pk]),
        {"synonyms": "bread maker,panadera", "name": "Something else", "retired": ""},
    )

    assert Condition.objects.get(slug="loud").label_es == "Ruidoso"
    topic.refresh_from_db()
    assert (topic.synonyms, topic.name) == (["bread maker", "panadera"], "Baker")


def test_nobody_else_extends_the_lists_and_nobody_deletes_from_them():
    condition = Condition.objects.get(slug="alcohol")
    change = reverse("admin:opportunities_condition_change", args=[condition.pk])
    delete = reverse("admin:opportunities_condition_delete", args=[condition.pk])
    typed = {"label": "Changed", "label_es": ""}

    for client in (staff(), signed_in(make_reviewer())):
        assert client.post(change, typed).status_code in {302, 403}
    assert staff(is_reviewer=True).post(delete, {"post": "yes"}).status_code == 403

    condition.refresh_from_db()
    assert condition.label == "Alcohol is served or present"


def test_postings_are_only_looked_at_and_without_what_is_silent():
    need = make_need(exclusions=["alcohol"], audience="both")
    client = staff(is_reviewer=True, is_superuser=True)
    address = reverse("admin:opportunities_need_change", args=[need.pk])

    html = client.get(address).content.decode()
    assert need.title in html
    for silent in ("alcohol", "Adults and minors", "11201"):
        assert silent not in html
    assert client.post(address, {"title": "Changed"}).status_code == 403
