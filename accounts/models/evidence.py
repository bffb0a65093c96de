"""What speaks for an organization: a mailbox, a call-back, an official register, a sponsor."""

import uuid
from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.models.owed import OwedMail, OwedMailQuerySet
from accounts.models.parties import Party
from accounts.models.people import User


class DomainProofQuerySet(OwedMailQuerySet["DomainProof"]):
    SHOWN_IN_THE_MAIL = ("asked_by",)

    def open_at(self, at: datetime) -> Self:
        return self.filter(confirmed_at=None, expires_at__gt=at)

    def confirmed(self) -> Self:
        return self.filter(confirmed_at__isnull=False)


class DomainProof(OwedMail):
    """A mail to a mailbox at the party's own domain; who has its link can read that mailbox."""

    OPEN_FOR = timedelta(days=3)  # over a weekend

    secret = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    party = models.ForeignKey(
        Party,
        on_delete=models.CASCADE,  # it speaks for nobody else
        related_name="domain_proofs",
    )
    email = models.EmailField(_("email address"))
    asked_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )  # the mailbox stays confirmed when its person is erased
    confirmed_at = models.DateTimeField(null=True, blank=True)

    objects = DomainProofQuerySet.as_manager()

    class Meta(OwedMail.Meta):
        verbose_name = _("confirmed mailbox")
        verbose_name_plural = _("confirmed mailboxes")
        constraints = [
            *OwedMail.Meta.constraints,
            models.CheckConstraint(
                condition=Q(email=Lower("email")), name="mailbox_address_is_lower_case"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party}: {self.email}"


class CallBackQuerySet(models.QuerySet["CallBack"]):
    def fresh_at(self, at: datetime) -> Self:
        """Calls of the past year: a yearly renewal takes a new one."""
        return self.filter(called_at__gt=at - CallBack.COUNTS_FOR)

    def answered_by_them(self) -> Self:
        """Calls in which they themselves said whether they know of it."""
        return self.filter(outcome__in=[CallBack.Outcome.CONFIRMED, CallBack.Outcome.DENIED])


class CallBack(models.Model):
    """A reviewer called a number that the party did not give us, and asked for it there."""

    class Outcome(models.TextChoices):
        CONFIRMED = "confirmed", _("They confirmed who they are, and that they signed up")
        DENIED = "denied", _("They know nothing of it")
        NO_ANSWER = "no_answer", _("Nobody answered")
        WRONG_NUMBER = "wrong_number", _("The number belongs to somebody else")

    COUNTS_FOR = timedelta(days=365)  # as long as what it helped to verify

    party = models.ForeignKey(
        Party,
        on_delete=models.CASCADE,  # erased with its party; the audit keeps the ids
        related_name="call_backs",
    )
    number = models.CharField(_("number called"), max_length=30)
    source = models.CharField(_("where the number was found"), max_length=200)
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome)
    called_name = models.CharField(max_length=200, blank=True)  # its legal name, then
    called_at = models.DateTimeField()
    called_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = CallBackQuerySet.as_manager()

    class Meta:
        verbose_name = _("call-back")
        verbose_name_plural = _("call-backs")
        constraints = [
            models.CheckConstraint(
                condition=~Q(number="") & ~Q(source=""),
                name="call_back_says_which_number_and_where_it_was_found",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party}: {self.get_outcome_display()}"

    @property
    def is_of_another_name(self) -> bool:
        """They were asked for a party of that legal name, which has taken another one since."""
        return self.called_name != self.party.legal_name


class RegisterEntryQuerySet(models.QuerySet["RegisterEntry"]):
    def matching(self, party: Party) -> Self:
        """Found under the name and number as they stand: a change begins a new round."""
        return self.filter(party=party, round=party.round, outcome=RegisterEntry.Outcome.MATCHES)


class RegisterEntry(models.Model):
    """A reviewer looked the party up in an official register, by its legal name and number."""

    class Outcome(models.TextChoices):
        MATCHES = "matches", _("Legal name and number stand there, and it has not ended")
        DIFFERS = "differs", _("It stands there otherwise, or it has ended")
        NOT_THERE = "not_there", _("It is not there")

    party = models.ForeignKey(
        Party,
        on_delete=models.CASCADE,  # erased with its party; the audit keeps the ids
        related_name="register_entries",
    )
    round = models.PositiveIntegerField(help_text=_("Of the party, whose facts were looked up."))
    register = models.CharField(_("which register"), max_length=200)
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome)
    looked_up_at = models.DateTimeField()
    looked_up_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = RegisterEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry in a register")
        verbose_name_plural = _("entries in registers")
        constraints = [
            models.CheckConstraint(
                condition=~Q(register=""), name="register_entry_says_which_register"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party}: {self.get_outcome_display()}"


class SponsorshipQuerySet(models.QuerySet["Sponsorship"]):
    def standing(self) -> Self:
        """Vouched for, and not taken back."""
        return self.filter(vouched_at__isnull=False, withdrawn_at=None)

    def unanswered(self) -> Self:
        return self.filter(vouched_at=None, withdrawn_at=None)


class Sponsorship(models.Model):
    """A party asks to be vouched for, by a link it passes on; a verified party may do so."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    party = models.ForeignKey(
        Party,
        on_delete=models.CASCADE,  # nobody is left to vouch for
        related_name="sponsorships",
    )
    asked_at = models.DateTimeField()
    sponsor = models.ForeignKey(
        Party,
        on_delete=models.CASCADE,  # a voucher without its voice is none
        null=True,
        blank=True,
        related_name="vouched_for",
    )
    vouched_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )  # the party stands for it, not the person
    vouched_at = models.DateTimeField(null=True, blank=True)
    vouched_name = models.CharField(
        max_length=120, blank=True, help_text=_("What the party was called when they vouched.")
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = SponsorshipQuerySet.as_manager()

    class Meta:
        verbose_name = _("sponsorship")
        verbose_name_plural = _("sponsorships")
        constraints = [
            models.CheckConstraint(
                condition=Q(sponsor=None, vouched_at=None)
                | Q(sponsor__isnull=False, vouched_at__isnull=False),
                name="sponsorship_says_who_vouched_and_when",
            ),
            models.CheckConstraint(
                condition=Q(sponsor=None) | ~Q(sponsor=F("party")),
                name="nobody_sponsors_their_own_party",
            ),
            models.UniqueConstraint(
                fields=["party"],
                condition=Q(vouched_at=None, withdrawn_at=None),
                name="sponsorship_is_asked_for_once",
            ),
            models.UniqueConstraint(
                fields=["party", "sponsor"],
                condition=Q(withdrawn_at=None),
                name="sponsor_vouches_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party} ← {self.sponsor or '…'}"

    @property
    def is_of_another_name(self) -> bool:
        """They vouched for a party of that name, which has taken another one since."""
        return self.vouched_name != self.party.name
