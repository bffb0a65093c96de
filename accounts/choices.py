"""Words that people, parties and postings share."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Language(models.TextChoices):
    """Languages people can teach and be served in (ISO 639-1, or 639-3 where there is none)."""

    ENGLISH = "en", _("English")
    SPANISH = "es", _("Spanish")
    CHINESE = "zh", _("Chinese")
    TAGALOG = "tl", _("Tagalog")
    VIETNAMESE = "vi", _("Vietnamese")
    ARABIC = "ar", _("Arabic")
    FRENCH = "fr", _("French")
    KOREAN = "ko", _("Korean")
    RUSSIAN = "ru", _("Russian")
    PORTUGUESE = "pt", _("Portuguese")
    HAITIAN_CREOLE = "ht", _("Haitian Creole")
    HINDI = "hi", _("Hindi")
    THAI = "th", _("Thai")
    AMHARIC = "am", _("Amharic")
    UKRAINIAN = "uk", _("Ukrainian")
    SIGN = "ase", _("American Sign Language")


class CheckLevel(models.TextChoices):
    """How closely a person was looked at; each level includes the ones before it."""

    NONE = "none", _("None")
    REFERENCES = "references", _("References")
    REGISTRY = "registry", _("Registry search")
    FINGERPRINT = "fingerprint", _("Fingerprint check")

    @property
    def rank(self) -> int:
        return list(CheckLevel).index(self)


TIME_ZONES = [
    ("America/New_York", _("Eastern (New York)")),
    ("America/Chicago", _("Central (Chicago)")),
    ("America/Denver", _("Mountain (Denver)")),
    ("America/Phoenix", _("Mountain without clock change (Phoenix)")),
    ("America/Los_Angeles", _("Pacific (Los Angeles)")),
    ("America/Anchorage", _("Alaska (Anchorage)")),
    ("Pacific/Honolulu", _("Hawaii (Honolulu)")),
    ("America/Puerto_Rico", _("Puerto Rico")),
    ("America/St_Thomas", _("U.S. Virgin Islands")),
    ("Pacific/Guam", _("Guam and Northern Mariana Islands")),
    ("Pacific/Pago_Pago", _("American Samoa")),
]
