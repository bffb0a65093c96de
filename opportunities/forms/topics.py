"""The second page of questions: which topics, how, and where."""

import re
from collections.abc import Collection
from decimal import Decimal
from typing import Any, ClassVar, Self

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.places import UnknownCounty, UnknownZip, county_named, place_of_zip
from opportunities.choices import Format, Kind, Mode, Venue
from opportunities.distances import in_km, in_miles
from opportunities.forms.base import Section, StepForm
from opportunities.forms.fields import OneOfField, TickedField
from opportunities.forms.topic_list import grouped_topics
from opportunities.models import MAX_TOPICS, Offer, Topic
from opportunities.topics import suggest

CONFIDENT = 0.6  # a suggestion at least this sure is ticked for the person to confirm
OFFERED = 8  # as many topics as one takes in at a glance


class TopicsForm(StepForm):
    """Topics to confirm, and the place.

    The list of topics to tick is short: what the words suggest, what is chosen
    already, and what was looked for. All the others of its kind stand in one grouped
    list; who looks by name finds those of the other kinds as well.
    """

    SECTIONS: ClassVar[tuple[Section, ...]] = (
        Section(
            "topics",
            _("Topics"),
            _("A need and an offer meet when they share a topic."),
            ("topics", "look", "other"),
        ),
        Section("how", _("How"), _("So that we ask only people for whom it works."), ("format",)),
        Section(
            "place",
            _("Where"),
            "",
            ("mode", "venue", "zip", "counties", "radius_miles"),
        ),
    )
    PLAIN: ClassVar[tuple[str, ...]] = ("format", "mode")
    looked_for = ""  # the words somebody looked for a topic with
    found = 0  # how many topics they may mean

    topics = TickedField(label=_("Tick what is meant"))
    look = forms.CharField(label=_("Look for a topic"), max_length=80, required=False)
    other = forms.ChoiceField(label=_("Or choose it from the list"), required=False)
    format = forms.ChoiceField(
        label=_("What form should it have?"),
        choices=Format.choices,
        widget=forms.RadioSelect,
    )
    mode = forms.ChoiceField(
        label=_("In person or online?"), choices=Mode.choices, widget=forms.RadioSelect
    )
    venue = OneOfField(label=_("If in person, at whose place?"))
    zip = forms.CharField(
        label=_("ZIP code"),
        max_length=10,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "postal-code"}),
    )
    counties = forms.CharField(
        label=_("Counties, one a line"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    radius_miles = forms.DecimalField(
        min_value=0, max_value=3000, max_digits=6, decimal_places=1, label=_("Miles")
    )
    place = forms.ChoiceField(
        choices=[("zip", "zip"), ("counties", "counties")],
        widget=forms.HiddenInput,
        required=False,
    )

    def known(self) -> dict[str, Any]:
        posting = self.posting
        self._chosen = list(posting.topics.order_by("name", "pk"))
        known = super().known() | {"zip": posting.zip, "place": "zip"}
        known["venue"] = Venue.NEUTRAL if posting.venue == Venue.ONLINE else posting.venue
        known["topics"] = [topic.slug for topic in self._chosen]
        if posting.is_work and not self._chosen:
            known["mode"] = Mode.IN_PERSON  # most work is; asked for the first time
        if isinstance(posting, Offer):
            return known | {"radius_miles": in_miles(posting.radius_km)}
        named = posting.counties or posting.party.counties
        known |= {"counties": "\n".join(named), "zip": posting.zip or posting.party.zip}
        if posting.confidential:
            known["place"] = "counties"
        return known

    def prepare(self) -> None:
        super().prepare()
        self._catalog = list(Topic.objects.filter(retired=False).order_by("name", "pk"))
        self.suggested = self._suggestions()
        if not self._chosen and not self.is_redrawn:
            self.initial["topics"] = [
                slug for slug, confidence in self.suggested if confidence >= CONFIDENT
            ]
        self.offer_topics(self._ticked())
        self.fields["other"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            ("", "—"),
            *grouped_topics(self._catalog, Kind(self.posting.kind)),
        ]
        self._ask_about_place()

    def _suggestions(self) -> list[tuple[str, float]]:
        words = f"{self.posting.title}\n{self.posting.description}"
        return suggest(words, self.posting.kind, limit=OFFERED)

    def _ticked(self) -> list[str]:
        if not self.is_bound:
            return list(self.initial["topics"])
        ticked: list[str] = self.fields["topics"].widget.value_from_datadict(
            self.data, self.files, "topics"
        )
        return ticked or []

    def offer_topics(self, more: Collection[str]) -> None:
        """Tickable: what is chosen, suggested or was looked for, by name and without twins."""
        chosen = {topic.slug: topic.label for topic in self._chosen}
        names = {topic.slug: topic.label for topic in self._catalog} | chosen
        slugs = dict.fromkeys([*chosen, *more, *(slug for slug, _sure in self.suggested)])
        self.fields["topics"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (slug, names[slug]) for slug in slugs if slug in names
        ]

    def _ask_about_place(self) -> None:
        if not self.is_class:
            self.drop("format", "venue")
            self.fields["mode"].help_text = _("Where the work is done.")
        else:
            venues = [choice for choice in Venue.choices if choice[0] != Venue.ONLINE]
            self.fields["venue"].choices = venues  # type: ignore[attr-defined]  # a ChoiceField
            self.fields["venue"].help_text = _(
                "The exact place is agreed after an introduction, never here."
            )
        if self.is_need:
            self._ask_about_place_of_need()
        else:
            self.drop("counties", "place")
            self._ask_about_reach()

    def _ask_about_place_of_need(self) -> None:
        self.drop("radius_miles")
        party = self.posting.party
        self.fields["zip"].help_text = _(
            "We look for people who come this far. Only the county is shown, never the ZIP code."
        )
        self.fields["counties"].help_text = _(
            "Your place is confidential, so we ask for no ZIP code and keep none: people are"
            " found by county alone. Such as “%(county)s”."
        ) % {"county": party.counties[0] if party.counties else "Kings County, NY"}
        if self.is_confidential:
            self.drop("zip")
        else:
            self.drop("counties")

    def _ask_about_reach(self) -> None:
        self.fields["radius_miles"].label = (
            _("How many miles would you go?")
            if self.is_class
            else _("From how many miles away may people come?")
        )
        self.fields["radius_miles"].help_text = _(
            "We ask you only for what lies within this distance."
        )
        self.fields["zip"].help_text = (
            _("Where you set out from. We measure the distance from there.")
            if self.is_class
            else _("Of the place of work. We measure the distance from there.")
        )
        if self.posting.party.confidential:
            self.fields["zip"].help_text = _(
                "Your own place is confidential, so please give the ZIP code of another place:"
                " the one where this happens."
            )

    @property
    def looks_for_topics(self) -> bool:
        """Whether the list to tick may not be enough."""
        return bool(self.looked_for or not self.suggested or self.errors.get("topics"))

    @property
    def is_confidential(self) -> bool:
        """Whether this need is asked for counties: as typed, else as it stands."""
        place = self.data.get("place") if self.is_bound else None
        if place not in {"zip", "counties"}:
            place = self.initial["place"]
        return bool(place == "counties")

    # What the buttons beside "Go on" do

    def looked(self) -> Self:
        """The page again, with the topics that the words looked for may mean."""
        words = str(self["look"].value() or "")
        found = self._found(words)
        redrawn = self.redrawn(look="")
        redrawn.offer_topics([*self._ticked(), *found])
        redrawn.looked_for, redrawn.found = words, len(found)
        return redrawn

    def added(self) -> Self:
        """The page again, with the topic from the whole list ticked."""
        other = self["other"].value()
        return self.redrawn(topics=[*self._ticked(), *([other] if other else [])], other="")

    def moved(self, place: str) -> Self:
        """The page again, asking for the place in the other way."""
        return self.redrawn(place="counties" if place == "counties" else "zip")

    def redrawn(self, **changes: Any) -> Self:
        return super().redrawn(**({"topics": self._ticked()} | changes))

    def _found(self, words: str) -> list[str]:
        low = words.lower().strip()
        if not low:
            return []
        named = [
            topic.slug
            for topic in self._catalog
            if any(low in text.lower() for text in (topic.name, topic.label, *topic.synonyms))
        ]
        meant = [slug for slug, _sure in suggest(words, self.posting.kind, limit=OFFERED)]
        return list(dict.fromkeys([*meant, *named]))[: 2 * OFFERED]

    # What was answered

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self._clean_topics(cleaned)
        if self.is_class:
            online = cleaned.get("mode") == Mode.REMOTE
            cleaned["venue"] = Venue.ONLINE if online else cleaned.get("venue", "")
            self.need("venue", _("Please choose where it takes place."))
        if self.is_need and self.is_confidential:
            self._clean_counties(cleaned)
        elif cleaned.get("zip"):
            try:
                place_of_zip(cleaned["zip"])
            except UnknownZip as unknown:
                self.add_error("zip", str(unknown))
        return cleaned

    def _clean_topics(self, cleaned: dict[str, Any]) -> None:
        slugs = cleaned.get("topics", [])
        if cleaned.get("other"):
            slugs = [*slugs, cleaned["other"]]
        cleaned["topics"] = chosen = list(dict.fromkeys(slugs))
        self.need("topics", _("Please choose at least one topic: without one, nothing can fit."))
        if len(chosen) > MAX_TOPICS:
            self.add_error(
                "topics",
                gettext("Please choose at most %(most)d topics: more no longer say what is meant.")
                % {"most": MAX_TOPICS},
            )

    def _clean_counties(self, cleaned: dict[str, Any]) -> None:
        names = [name.strip() for name in re.split(r"[\n;|]", cleaned.get("counties", ""))]
        state = self.posting.state or self.posting.party.state
        found = []
        for name in filter(None, names):
            try:
                found.append(county_named(name, state))
            except UnknownCounty as unknown:
                self.add_error("counties", str(unknown))
        cleaned["counties"] = list(dict.fromkeys(found))

    def facts(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        chosen = {topic.slug: topic for topic in [*self._catalog, *self._chosen]}
        facts = super().facts() | {"topics": [chosen[slug] for slug in cleaned["topics"]]}
        if self.is_class:
            facts["venue"] = cleaned["venue"]
        if isinstance(self.posting, Offer):
            return facts | self._reach(self.posting)
        if self.is_confidential:
            return facts | {"confidential": True, "counties": cleaned["counties"]}
        return facts | {"confidential": False} | self._zip()

    def _zip(self) -> dict[str, Any]:
        """A ZIP as it stands is not given again, so that a point set more exactly is kept."""
        typed: str = self.cleaned_data.get("zip", "")
        return {"zip": typed} if typed and typed != self.posting.zip else {}

    def _reach(self, offer: Offer) -> dict[str, Any]:
        miles: Decimal | None = self.cleaned_data.get("radius_miles")
        if miles is None or miles == in_miles(offer.radius_km):
            return self._zip()  # untouched: what was stored more exactly is kept
        return self._zip() | {"radius_km": in_km(miles)}
