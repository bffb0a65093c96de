"""Bring a spreadsheet's rows in: each is imported or rejected with its number and a reason."""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import DataError, IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import Party, User
from accounts.places import UnknownCounty, UnknownZip
from accounts.refusals import Refused
from opportunities import actions
from opportunities.daily_limits import TooManyFromFiles
from opportunities.many import NewDraft, save_drafts
from opportunities.models import Condition, Need, Offer, Topic
from opportunities.spreadsheets.facts import changed_facts, column_of, new_facts
from opportunities.spreadsheets.parties import Parties
from opportunities.spreadsheets.report import Report
from opportunities.spreadsheets.rows import (
    NeedRow,
    OfferRow,
    parse_need,
    parse_offer,
    suggest_topics,
)
from opportunities.spreadsheets.tables import RowRejected, TableRow

BATCH = 200  # rows of one transaction: few enough to lose, enough to be fast
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class _Incoming:
    """A row that can be read and knows its party."""

    number: int
    columns: frozenset[str]  # that the file has
    row: NeedRow | OfferRow
    party: Party
    by: User | None  # an owner of the party; a file has no person


def import_rows(
    rows: Iterable[TableRow],
    *,
    model: type[Need] | type[Offer],
    parties: Parties,
    publish: bool = False,
    dry_run: bool = False,
    most_seen: int | None = None,
    at: datetime,
    progress: Callable[[Report], None] = lambda report: None,
    report: Report | None = None,
) -> Report:
    """Create, update or leave alone one posting for each row, by party and id.

    publish    sends in what is complete; what is not stays a draft, with a note
    dry_run    does all of it and takes all of it back
    most_seen  rows that may be published, or change what is; None for any number
    progress   is told from time to time
    report     is written on, where somebody wants to know of each row
    """
    run = _Run(model, parties, report or Report(), publish=publish, most_seen=most_seen, at=at)
    with transaction.atomic() if dry_run else nullcontext():
        for batch in _batches(rows):
            with transaction.atomic():
                run.take(batch)
            progress(run.report)
        if dry_run:
            transaction.set_rollback(True)
    return run.report


def _batches(rows: Iterable[TableRow]) -> Iterator[list[TableRow]]:
    rows = iter(rows)
    while batch := list(islice(rows, BATCH)):
        yield batch


def _public_ids(keys: Iterable[str]) -> list[UUID]:
    return [UUID(key) for key in keys if _UUID.fullmatch(key)]


class _Run:
    """One import: its report, and what it remembers from row to row."""

    def __init__(
        self,
        model: type[Need] | type[Offer],
        parties: Parties,
        report: Report,
        *,
        publish: bool,
        most_seen: int | None,
        at: datetime,
    ) -> None:
        self.report = report
        self._model = model
        self._parties = parties
        self._publish = publish
        self._most_seen = most_seen
        self._at = at
        self._parse = parse_need if model is Need else parse_offer
        self._key = "need_id" if model is Need else "offer_id"
        self._rows_of_keys: dict[tuple[int, str], int] = {}
        self._topics = {topic.slug: topic for topic in Topic.objects.filter(retired=False)}
        self._words = frozenset(Condition.objects.values_list("slug", flat=True))

    def take(self, batch: list[TableRow]) -> None:
        """Import or reject each row of a batch, inside one transaction."""
        incoming = []
        for table_row in batch:
            try:
                incoming.append(self._read(table_row))
            except RowRejected as refused:
                self.report.reject(table_row.number, refused.column, refused.reason)
        existing = self._existing(incoming)
        new = []
        for each in incoming:
            with self._rejecting(each):
                self._tell(each)
                if posting := existing.get((each.party.pk, each.row.import_id)):
                    self._save(each, posting)
                else:
                    new.append((each, self._begun(each)))
        self._keep(new)

    @contextmanager
    def _rejecting(self, each: _Incoming) -> Iterator[None]:
        """What is refused inside is the reason why this row is."""
        try:
            yield
        except actions.WordsRefused as refused:
            self._reject(each, refused.problems[0][0], str(refused))
        except (UnknownZip, UnknownCounty) as unknown:
            self._reject(each, "zip", str(unknown))
        except Refused as refused:
            self._reject(each, "", str(refused))
        except (IntegrityError, DataError):
            self._not_taken(each)

    def _reject(self, each: _Incoming, fact: str, reason: str) -> None:
        self.report.reject(each.number, column_of(fact, self._key), reason)

    def _not_taken(self, each: _Incoming) -> None:
        """What two imports at once, for example, end in."""
        self._reject(each, "", _("The database does not take this row as it is."))

    def _read(self, table_row: TableRow) -> _Incoming:
        """Understand a row and find its party. Raises ``RowRejected``."""
        if table_row.refusal:
            raise table_row.refusal
        row = self._parse(table_row.cells, self._at.date(), time_zone="")
        party, by = self._parties.of(row, at=self._at)
        before = self._rows_of_keys.setdefault((party.pk, row.import_id), table_row.number)
        if before != table_row.number:
            raise RowRejected(
                self._key,
                _("“%(id)s” stands in row %(row)s already.") % {"id": row.import_id, "row": before},
            )
        return _Incoming(table_row.number, frozenset(table_row.cells), row, party, by)

    def _existing(self, incoming: list[_Incoming]) -> dict[tuple[int, str], Need | Offer]:
        """The postings of these rows, by party and id; an export's id may be the public one."""
        keys = {each.row.import_id for each in incoming}
        parties = {each.party.pk for each in incoming}
        imported = Q(import_id__in=keys) & ~Q(import_id="")
        made_here = Q(import_id="", public_id__in=_public_ids(keys))
        found = self._model.objects.filter(
            imported | made_here, party__in=parties
        ).prefetch_related("topics")
        return {
            (posting.party_id, posting.import_id or str(posting.public_id)): posting
            for posting in found
        }

    def _save(self, each: _Incoming, posting: Need | Offer) -> None:
        if facts := changed_facts(each.row, posting, each.columns, self._topics):
            posting = self._update(each, posting, facts)
            self.report.count(each.number, "updated")
        else:
            self.report.count(each.number, "unchanged")
        self._send_in_if_asked(each, posting)

    def _begun(self, each: _Incoming) -> NewDraft:
        facts = new_facts(each.row, each.party, self._topics)
        if not facts["topics"]:
            facts["topics"] = self._suggested(each)
        begun = actions.new_draft(model=self._model, party=each.party, facts=facts, at=self._at)
        return NewDraft(*begun, each.by)

    def _keep(self, new: list[tuple[_Incoming, NewDraft]]) -> None:
        """Save new drafts at once; where the database does not take them all, one by one."""
        try:
            save_drafts([draft for _each, draft in new], at=self._at)
        except (IntegrityError, DataError):
            for one in new if len(new) > 1 else []:
                self._keep([one])
            if len(new) == 1:
                self._not_taken(new[0][0])
            return
        for each, draft in new:
            self.report.count(each.number, "created")
            with self._rejecting(each):
                self._send_in_if_asked(each, draft.posting)

    def _update(
        self, each: _Incoming, posting: Need | Offer, facts: dict[str, Any]
    ) -> Need | Offer:
        if posting.status != self._model.Status.DRAFT:
            self._allow_another()
            edited = actions.edit(posting=posting, by=each.by, facts=facts, at=self._at)
            self.report.count(each.number, "edited")
            return edited
        return actions.save_draft(
            model=self._model,
            party=each.party,
            by=each.by,
            facts=facts,
            posting=posting,
            at=self._at,
        )

    def _suggested(self, each: _Incoming) -> list[Topic]:
        """The topics the text speaks of; the doubtful ones are named for a person to confirm."""
        sure, doubtful = suggest_topics(each.row)
        if doubtful:
            self.report.note(
                each.number,
                _("topics: please choose, perhaps %(topics)s.") % {"topics": ", ".join(doubtful)},
            )
        return [self._topics[slug] for slug in sure if slug in self._topics]

    def _send_in_if_asked(self, each: _Incoming, posting: Need | Offer) -> None:
        """Publish a draft; what stands in the way becomes a note, and it stays a draft."""
        if not self._publish or posting.status != self._model.Status.DRAFT:
            return
        try:
            self._allow_another()
            actions.publish(posting=posting, by=each.by, at=self._at)
        except Refused as refused:
            self.report.note(each.number, _("stays a draft. %(why)s") % {"why": refused})
        else:
            self.report.count(each.number, "published")

    def _allow_another(self) -> None:
        """Raises ``TooManyFromFiles`` where as many as may are seen by others already."""
        if self._most_seen is not None and self.report.seen_by_others >= self._most_seen:
            raise TooManyFromFiles

    def _tell(self, each: _Incoming) -> None:
        for warning in each.row.warnings:
            self.report.note(each.number, warning)
        self.report.unknown_words.update(each.row.words - self._words)
