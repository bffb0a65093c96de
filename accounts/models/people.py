"""People who sign in."""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    """Makes people, who are known by their e-mail address alone."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(
            email, password, is_staff=True, is_superuser=True, is_reviewer=True, **fields
        )


def spoken_languages() -> list[tuple[str, Any]]:
    """Asked for when needed, so that one language more takes no migration."""
    return list(settings.LANGUAGES)


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in. Never a survivor: survivors are not recorded here."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("email address"), unique=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    language = models.CharField(_("language"), max_length=5, choices=spoken_languages, default="en")
    time_zone = models.CharField(_("time zone"), max_length=40, default="America/New_York")
    has_chosen_time_zone = models.BooleanField(
        default=False, help_text=_("Otherwise it is that of the team's place.")
    )
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    is_reviewer = models.BooleanField(_("reviewer"), default=False)
    is_staff = models.BooleanField(_("may open the admin"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    joined_at = models.DateTimeField(_("joined"), auto_now_add=True)
    conduct_version = models.PositiveSmallIntegerField(
        default=0, help_text=_("The version of the agreement they accepted last; 0: none yet.")
    )
    conduct_accepted_at = models.DateTimeField(null=True, blank=True)

    second_factor_asked_at = models.DateTimeField(
        null=True, blank=True, help_text=_("From when on the second step's two weeks count.")
    )

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.CheckConstraint(condition=Q(email=Lower("email")), name="email_is_lower_case"),
            models.CheckConstraint(
                condition=Q(conduct_version=0, conduct_accepted_at=None)
                | Q(conduct_version__gt=0, conduct_accepted_at__isnull=False),
                name="agreement_is_accepted_exactly_when_dated",
            ),
        ]

    def __str__(self) -> str:
        return self.get_full_name()

    def get_full_name(self) -> str:
        return self.name or self.email

    def get_short_name(self) -> str:
        return self.name.split(" ")[0] if self.name else self.email
