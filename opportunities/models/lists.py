"""The lists that postings choose from: topics and conditions."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from opportunities.models.fields import words
from opportunities.topics import name_of


class Topic(models.Model):
    """An entry of the taxonomy, loaded from the file that ships with the project."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=120)
    group = models.CharField(_("group"), max_length=30)
    synonyms = words(_("synonyms"), max_length=120)
    umbrella = models.BooleanField(
        _("umbrella"), default=False, help_text=_("Shared with every topic of its group.")
    )
    soc = models.CharField(_("SOC 2018 code"), max_length=10, blank=True)
    retired = models.BooleanField(_("retired"), default=False)

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """Its name in the reader's language."""
        return name_of(self.slug, get_language() or "en") or self.name


class Condition(models.Model):
    """A word that a posting may exclude, carry, require or state. Reviewers extend the list."""

    class Kind(models.TextChoices):
        SETTING = "setting", _("Setting")
        EMPLOYER_REQUIREMENT = "employer_requirement", _("Employer's requirement")
        CLASS_ONLY = "class_only", _("Classes only")
        TERM = "term", _("Term an offer may state")

    slug = models.SlugField(max_length=40, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    label = models.CharField(_("label"), max_length=120)
    label_es = models.CharField(_("label in Spanish"), max_length=120, blank=True)
    retired = models.BooleanField(_("retired"), default=False)

    class Meta:
        verbose_name = _("condition")
        verbose_name_plural = _("conditions")

    def __str__(self) -> str:
        spanish = (get_language() or "en").startswith("es")
        return self.label_es if spanish and self.label_es else self.label
