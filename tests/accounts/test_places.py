"""Where a ZIP code is, with the dirt of the real table handled once."""

import zoneinfo

import pytest
import zipcodes
from django.utils import translation

from accounts.models import Party
from accounts.places import (
    TERRITORIES,
    UnknownCounty,
    UnknownZip,
    counties_of_state,
    county_centroid,
    county_named,
    county_time_zone,
    place_of_zip,
)
from accounts.states import STATES, state_name, states_by_name


def test_a_zip_has_a_point_a_county_a_state_and_a_time_zone():
    place = place_of_zip("11201")

    assert (place.zip, place.county, place.state) == ("11201", "Kings County, NY", "NY")
    assert place.time_zone == "America/New_York"
    assert (round(place.latitude, 1), round(place.longitude, 1)) == (40.7, -74.0)


@pytest.mark.parametrize("typed", [" 11201 ", "11201-1234"])
def test_a_zip_is_understood_as_people_type_it(typed):
    assert place_of_zip(typed).zip == "11201"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "A ZIP code has five digits."),
        ("1120", "A ZIP code has five digits."),
        ("112011", "A ZIP code has five digits."),
        ("SW1A 1AA", "A ZIP code has five digits."),
        ("1120१", "A ZIP code has five digits."),
        ("00000", "We do not know the ZIP code 00000."),
    ],
)
def test_a_zip_that_does_not_exist_gets_a_clear_error(typed, said):
    with pytest.raises(UnknownZip) as refused:
        place_of_zip(typed)

    assert str(refused.value) == said


@pytest.mark.parametrize(
    ("code", "county", "state", "zone"),
    [
        ("00901", "San Juan Municipio, PR", "PR", "America/Puerto_Rico"),
        ("96910", "Guam, GU", "GU", "Pacific/Guam"),
        ("00802", "U.S. Virgin Islands, VI", "VI", "America/Puerto_Rico"),
        ("96799", "American Samoa, AS", "AS", "Pacific/Pago_Pago"),
        ("96950", "Northern Mariana Islands, MP", "MP", "Pacific/Guam"),
    ],
)
def test_the_territories_are_places_too(code, county, state, zone):
    place = place_of_zip(code)

    assert place.state == state
    offset = zoneinfo.ZoneInfo(place.time_zone)
    assert str(offset) == place.time_zone
    if state in TERRITORIES:
        assert place.county == county
        assert county_named(STATES[state], state) == county
        assert county_time_zone(county) == place.time_zone
    else:
        assert place.county.endswith(", PR")
    assert county_centroid(place.county) is not None


def test_a_point_at_zero_is_no_point():
    at_zero = [
        row["zip_code"]
        for row in zipcodes.list_all()
        if row["state"] == "DC" and float(row["lat"]) == 0 == float(row["long"])
    ]
    assert at_zero != []

    found = [place_of_zip(code) for code in at_zero]

    assert {(place.latitude, place.longitude) for place in found} == {(None, None)}
    assert {place.county for place in found} == {"District of Columbia, DC"}


def test_the_centroid_of_washington_is_in_washington():
    latitude, longitude = county_centroid("District of Columbia, DC")

    assert (round(latitude), round(longitude)) == (39, -77)


def test_a_zip_without_a_real_time_zone_is_refused():
    real = zoneinfo.available_timezones()
    unreal = [
        row["zip_code"]
        for row in zipcodes.list_all()
        if row["state"] in STATES and row["timezone"] not in real
    ]
    assert unreal != []

    for code in unreal:
        with pytest.raises(UnknownZip, match="time zone"):
            place_of_zip(code)


def test_military_addresses_are_no_places_to_meet():
    military = [r["zip_code"] for r in zipcodes.list_all() if r["state"] in {"AE", "AP", "AA"}]

    for code in military[:20]:
        with pytest.raises(UnknownZip):
            place_of_zip(code)


def test_every_fortieth_zip_is_a_place_of_a_state():
    rows = [row for row in zipcodes.list_all() if row["state"] in STATES][::40]

    found = [place_of_zip(row["zip_code"]) for row in rows]

    assert len(found) > 1000
    assert [place for place in found if place.state not in STATES] == []
    assert [p for p in found if p.county and not p.county.endswith(f", {p.state}")] == []


@pytest.mark.parametrize(
    ("typed", "state", "county"),
    [
        ("Kings County", "NY", "Kings County, NY"),
        ("kings", "NY", "Kings County, NY"),
        ("Kings County, NY", "", "Kings County, NY"),
        ("kings, ny", "CA", "Kings County, NY"),
        ("Orleans Parish", "LA", "Orleans Parish, LA"),
        ("orleans", "LA", "Orleans Parish, LA"),
        ("District of Columbia", "DC", "District of Columbia, DC"),
        ("Franklin, Ohio", "", "Franklin County, OH"),
        ("Franklin County, Ohio", "NY", "Franklin County, OH"),
        ("Condado de Franklin, OH", "", "Franklin County, OH"),
        ("condado de Kings, Nueva York", "", "Kings County, NY"),
        ("Franklin", "OH", "Franklin County, OH"),
        ("Franklin County Ohio", "NY", "Franklin County, OH"),
        ("Delaware", "OH", "Delaware County, OH"),
        ("Cuyahoga", "", "Cuyahoga County, OH"),
        ("Saint Louis County, Missouri, USA", "", "St. Louis County, MO"),
        ("Municipio de Añasco", "PR", "Anasco Municipio, PR"),
    ],
)
def test_a_county_is_understood_as_people_type_it(typed, state, county):
    assert county_named(typed, state) == county


def test_two_counties_of_one_bare_name_are_asked_about():
    with pytest.raises(UnknownCounty, match=r"Did you mean: .*Baltimore"):
        county_named("baltimore", "MD")
    with pytest.raises(UnknownCounty, match="Did you mean: Kings County, NY"):
        county_named("Kinks", "NY")


@pytest.mark.parametrize(
    ("typed", "state", "said"),
    [
        (
            "Franklin",
            "",
            "In which state is “Franklin”? Please add it, as in “Kings County, NY”.",
        ),
        (
            "Franklin, Pickaway",
            "OH",
            "“Pickaway” is no state that we know. Please write one county a line.",
        ),
        (
            "Frankln, Ohio",
            "",
            "“Frankln” is no county of Ohio. Did you mean: Franklin County, OH?",
        ),
        ("Kings", "XX", "“Kings” names no state that we know."),
        ("Zzzzzzzz", "NY", "“Zzzzzzzz” is no county of New York."),
    ],
)
def test_an_unknown_county_gets_a_clear_error(typed, state, said):
    with pytest.raises(UnknownCounty) as refused:
        county_named(typed, state)

    assert str(refused.value) == said


def test_each_county_has_one_spelling():
    for state in STATES:
        names = counties_of_state(state)
        plain = [name.lower().replace(".", "") for name in names]
        assert len(plain) == len(set(plain))
        assert names == sorted(names)


def test_every_state_and_territory_has_counties_with_a_point_and_a_time_zone():
    for state in STATES:
        names = counties_of_state(state)
        assert names != []
        assert [name for name in names if not county_time_zone(name)] == []


def test_what_is_no_county_has_no_point_and_no_time_zone():
    assert county_centroid("Atlantis County, NY") is None
    assert county_time_zone("Atlantis County, NY") == ""
    assert county_time_zone("") == ""


def test_states_go_by_their_names_in_the_readers_language():
    with translation.override("es"):
        names = dict(states_by_name())
        assert (names["NY"], names["DC"]) == ("Nueva York", "Distrito de Columbia")
        listed = list(names)
        assert listed.index("MI") + 1 == listed.index("MN")  # Míchigan, Minnesota
        home = Party(confidential=True, state="NY")
        assert "Nueva York" in home.public_name

    assert place_of_zip("96910").county == "Guam, GU"  # what is stored has one name
    assert state_name("XX") == ""
