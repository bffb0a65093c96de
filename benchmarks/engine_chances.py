"""How often what happens in the synthetic country: chosen, not measured."""

CHANCES = {
    "in person, online, either": (0.65, 0.15, 0.20),
    "class, apprenticeship, job": (0.75, 0.05, 0.20),
    "verified": 0.97,
    "topics of an offer, one to three": (0.55, 0.30, 0.15),
    "topics of a need, one or two": (0.75, 0.25),
    "confidential need": 0.15,
    "offer without an end": 0.6,
    "offer by day, in person, that lists dates": 0.02,
    "adults, minors, both": (0.78, 0.05, 0.17),
    "check asked: none, references, registry, fingerprint": (0.65, 0.18, 0.10, 0.07),
    "check held: none, references, registry, fingerprint": (0.30, 0.25, 0.20, 0.25),
    "need that excludes something": 0.3,
    "need that requires a term": 0.1,
    "offer with tags": 0.35,
    "offer with terms": 0.5,
}
RADII_KM = ((8.0, 16.0, 25.0, 40.0, 80.0), (0.10, 0.15, 0.25, 0.35, 0.15))
LANGUAGES = (("en",), ("es",), ("en", "es"), ("en", "zh"), ("en", "vi"), ("en", "fr"), ("ar", "en"))
LANGUAGE_CHANCES = (0.62, 0.08, 0.18, 0.04, 0.03, 0.03, 0.02)
EVENING, LONG_EVENING, MORNING, AFTERNOON = (1080, 1200), (1020, 1260), (540, 720), (780, 1020)
DAYTIME, EARLY, NIGHT, WHOLE = (540, 1020), (360, 840), (1320, 360), (0, 1440)
OFFERED = (  # weekdays, hours; how many keep them
    ((), WHOLE, 4),
    ((0,), EVENING, 3),
    ((1,), EVENING, 4),
    ((2,), EVENING, 4),
    ((3,), EVENING, 4),
    ((1, 3), EVENING, 6),
    ((0, 2), EVENING, 5),
    ((0, 1, 2, 3, 4), LONG_EVENING, 8),
    ((5,), MORNING, 6),
    ((5,), DAYTIME, 5),
    ((6,), AFTERNOON, 4),
    ((5, 6), DAYTIME, 6),
    ((0, 1, 2, 3, 4), DAYTIME, 14),
    ((0, 1, 2, 3, 4), MORNING, 6),
    ((0, 1, 2, 3, 4), AFTERNOON, 4),
    ((0, 1, 2, 3, 4), EARLY, 5),
    ((4, 5), NIGHT, 2),
    ((0, 1, 2, 3, 4), NIGHT, 2),
    ((2, 4), MORNING, 3),
    ((0, 2, 4), AFTERNOON, 3),
)
ASKED = (  # weekdays, hours; minutes, sessions; how many ask so
    ((1,), EVENING, 90, 6, 8),
    ((3,), EVENING, 90, 8, 7),
    ((2,), EVENING, 120, 6, 6),
    ((1, 3), EVENING, 90, 10, 7),
    ((0, 2), LONG_EVENING, 120, 8, 5),
    ((5,), MORNING, 120, 5, 8),
    ((5,), DAYTIME, 180, 4, 6),
    ((6,), AFTERNOON, 90, 6, 4),
    ((0, 1, 2, 3, 4), DAYTIME, 240, 20, 12),
    ((0, 1, 2, 3, 4), DAYTIME, 480, 20, 10),
    ((0, 1, 2, 3, 4), EARLY, 300, 20, 4),
    ((0, 1, 2, 3, 4), MORNING, 60, 6, 9),
    ((0, 2, 4), AFTERNOON, 90, 9, 6),
    ((2, 4), MORNING, 90, 8, 5),
    ((5, 6), DAYTIME, 240, 8, 3),
    ((4, 5), NIGHT, 240, 8, 2),
    ((), WHOLE, 60, 10, 3),
)
