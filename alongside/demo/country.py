"""A fictional country, the same for the same seed: who lives there, what they need and offer.

Pure: texts in, plans out. ``settling.py`` makes the plans true through the real actions.
"""

import random
import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from screening.wages import floor

TEXTS = Path(__file__).parent / "texts"
SEED = 2027
PASSWORD = "quiet-harbor-27"  # noqa: S105 - printed for everybody who runs the demo
Card = Mapping[str, Any]

STRAY = 0.12  # share of offers that land anywhere, so that some needs and offers find nobody
IN_REVIEW = {"nonprofit": 3, "business": 3, "volunteer": 5}  # parties that wait for a reviewer
ASKED_BACK = {"nonprofit": 1, "business": 1, "volunteer": 1}  # parties that owe an answer


@dataclass(frozen=True)
class Person:
    """Somebody who signs in. ``check`` is the level a reviewer recorded, empty for none."""

    name: str
    email: str
    phone: str = ""
    check: str = ""
    check_days: int = 730  # days from today until it expires
    language: str = "en"


@dataclass(frozen=True)
class Plan:
    """One party: facts for its profile, where it is, who speaks for it, what it posts.

    standing   "verified", "in_review" or "more_information"
    age_days   how long ago it was founded
    """

    kind: str
    facts: dict[str, Any]
    zip: str
    counties: tuple[str, ...]
    people: tuple[Person, ...]
    standing: str
    age_days: int
    city: str
    needs: list[dict[str, Any]] = field(default_factory=list)
    offers: list[dict[str, Any]] = field(default_factory=list)

    @property
    def confidential(self) -> bool:
        return bool(self.counties)


@dataclass(frozen=True)
class Country:
    """Everyone who lives there. The first plan of each kind belongs to a ready sign-in."""

    plans: tuple[Plan, ...]
    reviewers: tuple[Person, ...]

    def of_kind(self, kind: str) -> list[Plan]:
        return [plan for plan in self.plans if plan.kind == kind]


def make_country(*, seed: int, today: date) -> Country:
    """Deal the texts to people and cities."""
    return _Dealer(random.Random(seed), today).country()


def texts(name: str) -> list[Card]:
    """The cards of one file, such as ``needs``."""
    cards: list[Card] = _read(name)[name]
    return cards


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((TEXTS / f"{name}.toml").read_text(encoding="utf-8"))


class _Dealer:
    """Deals cards like a person who wants the game to be good: offers near needs, mostly."""

    def __init__(self, dice: random.Random, today: date) -> None:
        self.dice = dice
        self.today = today
        self.cities: list[Card] = _read("places")["cities"]
        self.names = self._all_names()
        self.emails: set[str] = set()
        self.numbers = iter(range(100, 200))
        self.asked: dict[str, list[Card]] = {city["name"]: [] for city in self.cities}

    def country(self) -> Country:
        reviewers = (
            self._person(name="Ruth Starling", email="reviewer@example.org"),
            self._person(name="Hector Inkwell", email="reviewer2@example.org"),
        )
        nonprofits = self._nonprofits()
        self._deal_needs(nonprofits)
        businesses = [self._business(card) for card in texts("businesses")]
        volunteers = [self._volunteer(card) for card in texts("volunteers")]
        plans = nonprofits + businesses + volunteers
        return Country(tuple(self._some_wait(plans)), reviewers)

    # Nonprofits and what they need

    def _nonprofits(self) -> list[Plan]:
        cards = texts("nonprofits")
        free = [city for city in self.cities for _one in range(city.get("nonprofits", 1))]
        self.dice.shuffle(free)
        by_name = {city["name"]: city for city in self.cities}
        plans = []
        for card in cards:
            city = by_name[card["city"]] if "city" in card else self._city_for(card, free)
            plans.append(self._nonprofit(card, city))
        return sorted(plans, key=lambda plan: "nonprofit@" not in plan.people[0].email)

    def _city_for(self, card: Card, free: list[Card]) -> Card:
        """The next free city; one where Spanish is spoken for a team that speaks it first."""
        if not free:
            return self.dice.choice(self.cities)
        spanish = card.get("languages", ["en"])[0] == "es"
        fitting = [city for city in free if city.get("spanish", False) == spanish]
        city = (fitting or free)[0]
        free.remove(city)
        return city

    def _nonprofit(self, card: Card, city: Card) -> Plan:
        residential = card.get("residential", False)
        people = [self._person(name=card.get("owner"), email=card.get("email"))]
        people += [self._person() for _colleague in range(self.dice.choice([0, 1, 1]))]
        facts = self._organization(card) | {
            "residential": residential,
            "alias": card.get("alias", ""),
        }
        return self._plan(
            "nonprofit",
            facts,
            city,
            people,
            counties=tuple(city["counties"]) if residential else (),
        )

    def _deal_needs(self, plans: Sequence[Plan]) -> None:
        cards = list(texts("needs"))
        self.dice.shuffle(cards)
        for card in cards:
            languages = set(card.get("languages", ["en"]))
            able = [plan for plan in plans if languages & set(plan.facts["languages"])]
            plan = min(able, key=lambda plan: (len(plan.needs), self.dice.random()))
            plan.needs.append(self._need(card, plan))
            self.asked[plan.city].append(card)

    def _need(self, card: Card, plan: Plan) -> dict[str, Any]:
        kind = card.get("kind", "class")
        start = self.today + timedelta(days=self.dice.randint(4, 20))
        weeks = card["sessions"] + self.dice.randint(6, 12) if "sessions" in card else 20
        venue = card.get("venue", "nonprofit")
        facts = self._posting(card) | {
            "venue": "neutral" if plan.confidential and venue == "nonprofit" else venue,
            "start_date": start,
            "end_date": start + timedelta(weeks=weeks),
            "minutes": card["minutes"],
            "check_level": card.get("check", "none"),
            "exclusions": list(card.get("exclusions", [])),
            "requires": list(card.get("requires", [])),
            "seats": card.get("seats", 1),
        }
        if kind == "class":
            return facts | {"sessions": card["sessions"]}
        return facts | {"shifts_per_week": card["shifts_per_week"], "venue": ""}

    # Businesses and volunteers, and what they offer

    def _business(self, card: Card) -> Plan:
        cards = card["offers"]
        city = self._city_near_needs(card, cards)
        level = max((offer.get("check", "") for offer in cards), default="")
        people = [self._person(name=card.get("owner"), email=card.get("email"), check=level)]
        plan = self._plan("business", self._organization(card), city, people)
        plan.offers.extend(self._offer(offer, city) for offer in cards)
        return plan

    def _volunteer(self, card: Card) -> Plan:
        city = self._city_near_needs(card, [card])
        languages = list(card.get("languages", ["en"]))
        person = self._person(
            name=card.get("name"),
            email=card.get("email"),
            check=card["check"],
            language="es" if languages[0] == "es" else "en",
        )
        facts = {"name": person.name, "mission": card["about"], "languages": languages}
        plan = self._plan("volunteer", facts, city, [person])
        plan.offers.append(self._offer(card, city))
        return plan

    def _city_near_needs(self, card: Card, offers: Sequence[Card]) -> Card:
        """Where somebody asked for this; now and then anywhere."""
        if "city" in card:
            return next(city for city in self.cities if city["name"] == card["city"])
        if self.dice.random() < STRAY:
            return self.dice.choice(self.cities)
        wanted = Counter(
            {
                name: sum(_meet(need, offer) for need in needs for offer in offers)
                for name, needs in self.asked.items()
            }
        )
        return max(self.cities, key=lambda city: (wanted[city["name"]], self.dice.random()))

    def _offer(self, card: Card, city: Card) -> dict[str, Any]:
        start = self.today - timedelta(days=self.dice.randint(0, 20))
        endless = self.dice.random() < 0.6
        facts = self._posting(card) | {
            "venue": card.get("venue", "neutral"),
            "start_date": start,
            "end_date": None if endless else self.today + timedelta(days=330),
            "radius_km": float(card.get("km", 40)),
            "tags": list(card.get("tags", [])),
            "terms": list(card.get("terms", [])),
            "capacity": card.get("capacity", 1),
        }
        if card.get("kind", "class") == "class":
            return facts | {"groups": card.get("groups", 1)}
        return facts | self._work(card, city)

    def _work(self, card: Card, city: Card) -> dict[str, Any]:
        facts = {
            "format": "",
            "venue": "",
            "pay_amount": max(Decimal(card["pay"]), _least_pay(city, tips=card.get("tips", False))),
            "pay_period": "hour",
            "tips": card.get("tips", False),
            "hours_per_week": Decimal(str(card["hours_per_week"])),
            "shift_minutes": card["shift"],
            "workplace": card["workplace"].format(city=city["name"]),
            "supervisor": card["supervisor"],
            "record_policy": card["record_policy"],
        }
        if card["kind"] == "apprenticeship":
            facts |= {
                "length_months": card["months"],
                "credential": card["credential"],
                "sponsor": card["sponsor"],
                "instruction": card["instruction"],
                "wage_steps": card["wage_steps"],
            }
        return facts

    # What all have in common

    def _posting(self, card: Card) -> dict[str, Any]:
        kind = card.get("kind", "class")
        hours = card["hours"]
        chosen = hours if isinstance(hours, str) else self.dice.choice(hours)
        return {
            "kind": kind,
            "title": card["title"],
            "description": " ".join(card["text"].split()),
            "topics": list(card["topics"]),
            "format": card.get("format", "group_class") if kind == "class" else "",
            "mode": card.get("mode", "in_person"),
            "slots": chosen.split(";"),
            "languages": list(card.get("languages", ["en"])),
            "audience": card.get("audience", "adults"),
        }

    def _organization(self, card: Card) -> dict[str, Any]:
        slug = _slug(card["name"])
        return {
            "name": card["name"],
            "legal_name": f"{card['name']} {self.dice.choice(['Inc.', 'LLC', 'Corp.'])}",
            "registration_number": f"00-{self.dice.randrange(10**6, 10**7)}",
            "mission": card["mission"],
            "website": f"https://{slug}.example.org/",
            "languages": list(card.get("languages", ["en"])),
        }

    def _plan(
        self,
        kind: str,
        facts: dict[str, Any],
        city: Card,
        people: Sequence[Person],
        counties: tuple[str, ...] = (),
    ) -> Plan:
        return Plan(
            kind=kind,
            facts=facts,
            zip="" if counties else self.dice.choice(city["zips"]),
            counties=counties,
            people=tuple(people),
            standing="verified",
            age_days=self.dice.randint(30, 300),
            city=city["name"],
        )

    def _person(self, *, name: str | None = None, email: str | None = None, **facts: Any) -> Person:
        name = name or next(self.names)
        address = email or f"{_slug(name)}@example.org"
        if address in self.emails:
            raise ValueError(f"Two people would share {address}.")
        self.emails.add(address)
        phone = f"({self.dice.randint(201, 989)}) 555-0{next(self.numbers, 199)}"
        ends = self.dice.choice([45, 200, 400, 730, 900])
        return Person(name=name, email=address, phone=phone, check_days=ends, **facts)

    def _all_names(self) -> Iterator[str]:
        """Every given name with a family name, once, in an order of the seed."""
        pools = _read("names")
        given, family = list(pools["given"]), list(pools["family"])
        self.dice.shuffle(given)
        self.dice.shuffle(family)
        for turn in range(len(family)):
            for place, first in enumerate(given):
                yield f"{first} {family[(place + turn) % len(family)]}"

    def _some_wait(self, plans: Sequence[Plan]) -> list[Plan]:
        """Leave a few to the reviewers; never the ready sign-ins."""
        waiting: dict[int, str] = {}
        for kind, count in IN_REVIEW.items():
            rest = [index for index, plan in enumerate(plans) if plan.kind == kind][1:]
            drawn = self.dice.sample(rest, count + ASKED_BACK[kind])
            waiting |= dict.fromkeys(drawn[:count], "in_review")
            waiting |= dict.fromkeys(drawn[count:], "more_information")
        return [
            _with_standing(plan, waiting.get(index, "verified")) for index, plan in enumerate(plans)
        ]


def _with_standing(plan: Plan, standing: str) -> Plan:
    age = plan.age_days if standing == "verified" else plan.age_days % 7 + 1
    return Plan(**{**plan.__dict__, "standing": standing, "age_days": age})


def _least_pay(city: Card, *, tips: bool) -> Decimal:
    """The minimum wage where the city is: "Franklin County, OH" is in Ohio."""
    return Decimal(str(floor(city["counties"][0][-2:], tips=tips)))


def _meet(need: Card, offer: Card) -> bool:
    """Whether these cards are about the same thing in a common language."""
    return (
        need.get("kind", "class") == offer.get("kind", "class")
        and bool(set(need["topics"]) & set(offer["topics"]))
        and bool(set(need.get("languages", ["en"])) & set(offer.get("languages", ["en"])))
    )


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", ".", plain).strip(".")
