"""What tests of the pages of matches share: who looks, at what, and what they see."""

from datetime import timedelta

from django.test import Client
from django.urls import reverse

from tests.factories import NOON, owner_of

ACTS = ("accept", "decline", "say_why", "later", "read", "take_back", "end", "start", "complete")


def signed_in(person, **options):
    client = Client(**options)
    client.force_login(person)
    return client


def people_of(match):
    """Who answers for the need, and who for the offer."""
    return owner_of(match.need.party), owner_of(match.offer.party)


def page_of(match, person):
    return text(signed_in(person).get(url_of(match)))


def list_of(person, **query):
    return text(signed_in(person).get(reverse("matching:list"), query))


def text(answer):
    assert answer.status_code == 200
    return answer.content.decode()


def url_of(match, act="match"):
    return reverse(f"matching:{act}", args=[match.public_id])


def said(side, answer="yes", ago=timedelta(hours=1)):
    return {f"{side}_answer": answer, f"{side}_answered_at": NOON - ago}


def main_of(page, match):
    """The page's own part, without what differs from match to match."""
    main = page.partition("<main")[2].partition("</main>")[0]
    lines = [line for line in main.splitlines() if "csrfmiddlewaretoken" not in line]
    return "\n".join(lines).replace(str(match.public_id), "ID")
