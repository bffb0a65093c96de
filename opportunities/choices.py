"""The words of the fit rules and of the forms, one place for each list."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    CLASS = "class", _("Class or help")
    APPRENTICESHIP = "apprenticeship", _("Apprenticeship")
    JOB = "job", _("Job")


class TopicGroup(models.TextChoices):
    """The groups of the taxonomy."""

    LIFE_SKILLS = "life-skills", _("Life skills")
    CAREER_READINESS = "career-readiness", _("Career readiness")
    CERTIFICATION = "certification", _("Certification")
    APPRENTICESHIP = "apprenticeship", _("Apprenticeship")
    JOB = "job", _("Job")
    CARE = "care", _("Care")


class Format(models.TextChoices):
    GROUP_CLASS = "group_class", _("Group class")
    MENTORING = "mentoring", _("Mentoring")
    ONE_TIME_HELP = "one_time_help", _("One-time professional help")


class Venue(models.TextChoices):
    NONPROFIT = "nonprofit", _("At the nonprofit")
    HELPER = "helper", _("At the helper's place")
    NEUTRAL = "neutral", _("At a neutral place")
    ONLINE = "online", _("Online")


class Mode(models.TextChoices):
    IN_PERSON = "in_person", _("In person")
    REMOTE = "remote", _("Online")
    EITHER = "either", _("In person or online")


class Audience(models.TextChoices):
    ADULTS = "adults", _("Adults")
    MINORS = "minors", _("Minors")
    BOTH = "both", _("Adults and minors")


class PayPeriod(models.TextChoices):
    HOUR = "hour", _("an hour")
    DAY = "day", _("a day")
    WEEK = "week", _("a week")
    MONTH = "month", _("a month")
    YEAR = "year", _("a year")


class RecordPolicy(models.TextChoices):
    """What an employer does with a criminal record."""

    NOT_ASKED = "not_asked", _("We do not ask")
    AFTER_OFFER = "after_offer", _("We ask after a job offer, and look at each case")
    BEFORE_OFFER = "before_offer", _("We ask before a job offer, and look at each case")
    BARRED_BY_LAW = "barred_by_law", _("The law bars some records for this work")
