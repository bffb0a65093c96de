"""One's own posting: edited, published, paused, renewed, completed, taken back."""

import re
from datetime import date

import pytest
from django.urls import reverse

from opportunities.models import PostingReview
from tests.factories import NOON, make_need, make_offer, make_party, make_reviewer, owner_of
from tests.opportunities.pages import CLASS_WORDS, WORK_PAY, answer, complaints, signed_in, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]


def client_of(posting):
    return signed_in(owner_of(posting.party), enforce_csrf_checks=True)


def status_of(posting):
    posting.refresh_from_db()
    return posting.status


def test_a_need_is_paused_and_goes_on():
    need = make_need()
    client = client_of(need)

    answer(client, url(need, "pause"), {})
    assert status_of(need) == "paused"
    answer(client, url(need, "resume"), {})
    assert status_of(need) == "open"


@pytest.mark.parametrize(("word", "status"), [("complete", "completed"), ("withdraw", "withdrawn")])
def test_what_cannot_be_undone_asks_first(word, status):
    need = make_need()
    client = client_of(need)

    asked = client.get(url(need, word)).content.decode()
    assert "This cannot be undone." in asked
    assert status_of(need) == "open"
    answer(client, url(need, word), {})
    assert status_of(need) == status
    assert complaints(client.get(url(need))) == []


def test_a_move_that_is_not_possible_says_so():
    offer = make_offer(status="withdrawn")
    client = signed_in(owner_of(offer.party))

    page = client.get(url(offer, "pause"))
    assert complaints(page) == []
    assert "This is not possible now." in page.content.decode()
    sent = client.post(url(offer, "pause"), follow=True)
    assert status_of(offer) == "withdrawn"
    assert "not possible for this posting" in sent.content.decode()


def test_an_expired_need_is_renewed():
    need = make_need(status="expired", end_date=date(2027, 1, 5))
    client = client_of(need)

    wrong = answer(client, url(need, "renew"), {"end_date": "2027-01-06"})
    assert complaints(wrong) == []
    assert "still to come" in wrong.content.decode()
    answer(client, url(need, "renew"), {"end_date": "2027-09-30"})

    assert (status_of(need), need.end_date) == ("open", date(2027, 9, 30))


@pytest.mark.parametrize(
    ("status", "first"),
    [
        ("draft", "Look it over and publish"),
        ("open", "See the matches"),
        ("paused", "Go on looking"),
        ("expired", "Renew"),
        ("withdrawn", None),
    ],
)
def test_a_posting_puts_one_thing_first(status, first):
    need = make_need(status=status)

    page = client_of(need).get(url(need)).content.decode().partition("<main")[2]

    full = re.findall(r'<a class="button" [^>]*>([^<]*)|<button type="submit">([^<]*)', page)
    assert [link or button for link, button in full] == ([first] if first else [])


def test_an_offer_may_be_renewed_without_an_end():
    offer = make_offer()

    answer(client_of(offer), url(offer, "renew"), {"end_date": ""})

    assert (status_of(offer), offer.end_date) == ("active", None)


def test_a_change_of_pay_goes_back_to_review_and_says_so():
    offer = make_offer(make_party("business"), kind="job")
    client = client_of(offer)

    sent = answer(client, url(offer, "step", "work"), WORK_PAY | {"pay_amount": "18"}, follow=True)

    assert "a reviewer looks at it again" in sent.content.decode()
    assert (status_of(offer), offer.reviews_needed) == ("in_review", 2)


def test_a_change_of_hours_alone_takes_effect_at_once():
    offer = make_offer(make_party("business"), kind="job")
    hours = {
        "start_date": "2027-01-01",
        "end_date": "2027-06-30",
        "from_2": "8:00",
        "to_2": "16:00",
    }

    sent = answer(client_of(offer), url(offer, "step", "hours"), hours, follow=True)

    assert "Saved." in sent.content.decode()
    assert "looks at it again" not in sent.content.decode()
    assert (status_of(offer), offer.slots) == ("active", ["Wed 08:00-16:00"])


def test_a_page_saved_unchanged_changes_nothing():
    """Whatever a spreadsheet brought survives a look at the pages."""
    need = make_need(
        slots=["Tue 18:00-20:00", "Tue 20:30-22:00", "Sat 22:00-02:00"],
        dates=[date(2027, 1, 16), date(2027, 1, 19)],
        languages=["en", "qaa"],
        requires=["transport", "word_of_theirs"],
        exclusions=["alcohol"],
        latitude=40.7,
        sessions=2,
        minutes=60,
    )
    client = client_of(need)
    before = vars_of(need)

    for slug in ("words", "topics", "hours", "terms"):
        page = client.get(url(need, "step", slug))
        sent = client.post(url(need, "step", slug), as_a_browser_sends(page))
        assert sent.status_code == 302, (slug, sent.context["form"].errors)

    assert vars_of(need) == before


def test_an_offer_saved_unchanged_changes_nothing():
    offer = make_offer(
        make_party("business"),
        ("baker",),
        kind="job",
        radius_km=37.5,
        tips=True,
        shift_minutes=450,
        end_date=None,
        tags=["age_18", "their_own"],
    )
    client = client_of(offer)
    before = vars_of(offer)

    for slug in ("words", "topics", "hours", "work", "terms"):
        page = client.get(url(offer, "step", slug))
        sent = client.post(url(offer, "step", slug), as_a_browser_sends(page))
        assert sent.status_code == 302, (slug, sent.context["form"].errors)

    assert vars_of(offer) == before


def vars_of(posting):
    posting.refresh_from_db()
    kept = {name: value for name, value in vars(posting).items() if name[0] != "_"}
    del kept["updated_at"]
    return kept | {"topics": sorted(posting.topics.values_list("slug", flat=True))}


def as_a_browser_sends(page):
    """The form of the page with every value that it shows."""
    form = page.context["form"]
    shown = {name: form[name].value() for name in form.fields}
    sent = {
        name: field.field.widget.format_value(shown[name])
        if hasattr(field.field.widget, "format_value") and not isinstance(shown[name], list | bool)
        else shown[name]
        for name, field in ((name, form[name]) for name in form.fields)
    }
    flat = {
        name: value[0] if isinstance(value, list) and len(value) == 1 else value
        for name, value in sent.items()
    }
    kept = {name: value for name, value in flat.items() if value not in (None, "", [], False)}
    return {"csrfmiddlewaretoken": page.context["csrf_token"]} | {
        name: str(value) if not isinstance(value, list) else value for name, value in kept.items()
    }


def test_words_that_are_refused_say_so_at_their_field_and_stay_there():
    need = make_need(status="draft")
    client = client_of(need)
    typed = CLASS_WORDS | {"description": "My client Maria, 23, needs this. Call 212-555-0100."}

    sent = answer(client, url(need, "step", "words"), typed)

    assert complaints(sent) == []
    assert list(sent.context["form"].errors) == ["description"]
    assert "My client Maria, 23" in sent.content.decode()
    need.refresh_from_db()
    assert "Maria" not in need.description


def test_a_draft_is_put_aside_half_done_and_found_again():
    client = signed_in(owner_of(make_party()), enforce_csrf_checks=True)

    sent = answer(
        client,
        reverse("opportunities:need_new"),
        {"kind": "class", "title": "Half a thought", "description": "", "later": "yes"},
    )
    assert sent.url == reverse("opportunities:mine")
    listed = client.get(sent.url).content.decode()

    assert "Half a thought" in listed
    assert "Go on with the draft" in listed


def test_a_published_posting_cannot_be_put_aside_half_done():
    need = make_need()

    sent = answer(
        client_of(need), url(need, "step", "words"), {"title": "", "description": "", "later": "y"}
    )

    assert list(sent.context["form"].errors) == ["title"]


def test_publishing_half_a_draft_names_what_is_missing():
    draft = make_offer(make_party("business"), kind="job", status="draft", pay_amount=None)
    client = signed_in(owner_of(draft.party))

    page = client.get(url(draft, "publish"))
    assert complaints(page) == []
    assert "<li>pay</li>" in page.content.decode()
    sent = client.post(url(draft, "publish"), follow=True)

    assert "please add: pay" in sent.content.decode()
    assert status_of(draft) == "draft"


def test_publishing_without_a_verified_party_says_what_it_waits_for():
    draft = make_need(make_party(verified=False, mission=""), status="draft")
    client = client_of(draft)

    sent = answer(client, url(draft, "publish"), {}, follow=True)

    assert "It opens once your profile is verified." in sent.content.decode()
    assert status_of(draft) == "in_review"


def test_the_reason_of_a_reviewer_is_read_on_the_page():
    draft = make_offer(make_party("business"), kind="job", status="draft", round=1)
    PostingReview.objects.create(
        offer=draft,
        round=1,
        reviewer=make_reviewer(),
        decision="decline",
        reason="Please say who pays for the uniform.",
        at=NOON,
    )

    page = client_of(draft).get(url(draft)).content.decode()

    assert "Please say who pays for the uniform." in page


def test_a_published_kind_is_fixed():
    need = make_need()

    answer(client_of(need), url(need, "step", "words"), CLASS_WORDS | {"kind": "job"})

    need.refresh_from_db()
    assert (need.kind, need.title) == ("class", CLASS_WORDS["title"])


def test_a_draft_that_turns_into_work_leaves_its_wishes_behind():
    need = make_need(status="draft", exclusions=["alcohol", "not_woman_led"], helpers=3)

    sent = answer(client_of(need), url(need, "step", "words"), CLASS_WORDS | {"kind": "job"})

    need.refresh_from_db()
    assert sent.url == url(need, "step", "details")
    assert (need.kind, need.exclusions, need.helpers) == ("job", ["alcohol"], 1)
