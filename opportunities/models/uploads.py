"""A spreadsheet on its way in: its rows wait here to be looked at, and then to be saved."""

import uuid
from datetime import timedelta
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Party, User


class UploadQuerySet(models.QuerySet["Upload"]):
    def of(self, user: User) -> Self:
        """Those of the parties this person speaks for."""
        return self.filter(party__memberships__user=user)

    def unfinished(self) -> Self:
        """Something of them is left for the worker."""
        return self.filter(status__in=[Upload.Status.CHECKING, Upload.Status.SAVING])


class Upload(models.Model):
    """One file that somebody brought: checked row by row first, saved only when they say so."""

    class Status(models.TextChoices):
        CHECKING = "checking", _("Being checked")
        CHECKED = "checked", _("Checked: nothing is saved yet")
        SAVING = "saving", _("Being saved")
        DONE = "done", _("Saved")

    KEPT_FOR = timedelta(days=7)  # time to correct the file and look again

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    party = models.ForeignKey(
        Party,
        on_delete=models.CASCADE,  # nothing is to be saved for a party that is gone
        related_name="uploads",
    )
    by = models.ForeignKey(
        User,
        on_delete=models.CASCADE,  # nor for somebody who is gone
        related_name="+",
    )
    word = models.CharField(max_length=5, choices=[("need", _("Needs")), ("offer", _("Offers"))])
    publishes = models.BooleanField(default=False)
    status = models.CharField(max_length=10, choices=Status, default=Status.CHECKING)
    would_be_seen = models.PositiveIntegerField(default=0)  # rows, of those that were checked
    left_out = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    created_at = models.DateTimeField()

    objects = UploadQuerySet.as_manager()

    class Meta:
        verbose_name = _("upload")
        verbose_name_plural = _("uploads")
        constraints = [
            models.CheckConstraint(
                condition=Q(word__in=["need", "offer"]), name="upload_is_of_needs_or_offers"
            ),
        ]
        indexes = [
            models.Index(fields=["party", "-created_at"], name="upload_by_party"),
            models.Index(
                fields=["created_at"],
                condition=Q(status__in=["checking", "saving"]),
                name="upload_work",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_word_display()} · {self.get_status_display()}"

    @property
    def is_at_work(self) -> bool:
        return self.is_being_checked or self.is_being_saved

    @property
    def is_being_checked(self) -> bool:
        return self.status == Upload.Status.CHECKING

    @property
    def is_being_saved(self) -> bool:
        return self.status == Upload.Status.SAVING

    @property
    def is_checked(self) -> bool:
        return self.status == Upload.Status.CHECKED

    @property
    def is_done(self) -> bool:
        return self.status == Upload.Status.DONE


class UploadRow(models.Model):
    """A row of the file, and what it would do or did; its cells go once used or refused.

    Its title stays, so that people find the row, unless it says who somebody is.
    """

    class Outcome(models.TextChoices):
        WAITING = "", _("Not looked at yet")
        CREATED = "created", _("New")
        UPDATED = "updated", _("Changed")
        UNCHANGED = "unchanged", _("As it is")
        REJECTED = "rejected", _("Not taken")

    TITLE_LENGTH = 120

    upload = models.ForeignKey(
        Upload,
        on_delete=models.CASCADE,  # a row is nothing without its file
        related_name="rows",
    )
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=TITLE_LENGTH, blank=True)
    cells = models.JSONField(default=dict, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.WAITING, blank=True)
    column = models.CharField(max_length=40, blank=True)
    notes = models.TextField(blank=True)
    publishes = models.BooleanField(default=False)
    is_saved = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("row of an upload")
        verbose_name_plural = _("rows of uploads")
        constraints = [
            models.UniqueConstraint(fields=["upload", "number"], name="upload_row_is_once"),
            models.CheckConstraint(
                condition=Q(is_saved=False) & ~Q(outcome="rejected") | Q(cells={}),
                name="upload_row_lets_its_cells_go",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} · {self.get_outcome_display()}"
