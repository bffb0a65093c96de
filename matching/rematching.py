"""Look at every open need once more: cut into blocks by place, done one by one, resumable.

A block is a row, and one message carries its id. Whoever has done one sends for the
next, so that a rematch takes one worker process and leaves the others to what people
do meanwhile. Where the chain breaks (a killed worker, a lost broker) the sweep finds
what stands and sends for it again. Twice does no harm.
"""

from collections.abc import Iterator
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef

from matching.market.board import Board
from matching.market.touched import Touched
from matching.pipeline import match
from opportunities.models import Need
from trail import actions as trail
from trail.incidents import is_locked
from trail.models import Rematch, RematchBlock
from trail.tasks import wake

BLOCK = 1_000  # needs; a few seconds of work, so that a kill costs little and locks are brief
TASK = "matching.tasks.rematch_block"


def begin(*, at: datetime) -> tuple[Rematch, bool]:
    """Cut all open needs into blocks. Returns the rematch under way, and whether it is new."""
    try:
        with transaction.atomic():
            rematch = Rematch.objects.create(started_at=at)
            RematchBlock.objects.bulk_create(
                RematchBlock(rematch=rematch, number=number, need_ids=ids)
                for number, ids in enumerate(_blocks(at), start=1)
            )
            trail.record(actor_id=None, verb="rematch_started", subject=rematch, at=at)
    except IntegrityError:  # one_rematch_at_a_time
        return Rematch.objects.unfinished().get(), False
    return rematch, True


def _blocks(at: datetime) -> Iterator[list[int]]:
    """Ids of open needs that are close to each other: by degree of latitude, then longitude."""
    places = Need.objects.open_at(at).values_list("latitude", "longitude", "counties", "pk")
    in_order = sorted(places, key=_place)
    for start in range(0, len(in_order), BLOCK):
        yield [pk for *_place, pk in in_order[start : start + BLOCK]]


def _place(need: tuple[float | None, float | None, list[str], int]) -> tuple[object, ...]:
    """Sorts by place; those without a point of their own come last, by what they name."""
    latitude, longitude, counties, pk = need
    if latitude is None or longitude is None:
        return 1, 0, 0.0, counties, pk
    return 0, int(latitude), longitude, [], pk


def send_for_next(*, at: datetime) -> None:
    """Have a worker do the first block that nobody works on; say so if all are done."""
    if block_id := _first_free():
        wake(TASK, block_id)
    else:
        _finish(at=at)


def take_turn(*, block_id: int, board: Board, at: datetime) -> None:
    """Do a block and send for the next. A message that came twice ends here."""
    if work(block_id=block_id, board=board, at=at):
        send_for_next(at=at)


def work(*, block_id: int, board: Board, at: datetime) -> bool:
    """Do a block, unless it is done or somebody works on it. Returns whether it was done here."""
    with transaction.atomic():
        block = _held(block_id)
        if block is None:
            return False
        board.refresh(at=at)
        needs = Touched(needs=frozenset(block.need_ids), offers=frozenset())
        block.proposed, block.done_at = len(match(board, needs, at=at)), at
        block.save(update_fields=["proposed", "done_at"])
    return True


def work_all(*, board: Board, at: datetime) -> Iterator[RematchBlock]:
    """Do here what stands, without a worker. Yields each block that is done."""
    while block_id := _first_free():
        if work(block_id=block_id, board=board, at=at):
            yield RematchBlock.objects.get(pk=block_id)
    _finish(at=at)


def sweep(*, at: datetime) -> None:
    """Go on with a rematch that nobody works on."""
    blocks = RematchBlock.objects.standing()
    with transaction.atomic():
        free = len(blocks.select_for_update(skip_locked=True, no_key=True).values_list("pk"))
        is_idle = free == blocks.count()
    if is_idle and Rematch.objects.unfinished().exists():
        send_for_next(at=at)


@transaction.atomic
def _first_free() -> int | None:
    if is_locked():
        return None
    free = RematchBlock.objects.standing().select_for_update(skip_locked=True, no_key=True)
    return free.values_list("pk", flat=True).first()


def _held(block_id: int) -> RematchBlock | None:
    if is_locked():
        return None
    standing = RematchBlock.objects.standing().filter(pk=block_id)
    return standing.select_for_update(skip_locked=True, no_key=True).first()


def _finish(*, at: datetime) -> None:
    """All blocks are done: so is the rematch. Where somebody still works, they say it."""
    standing = RematchBlock.objects.standing().filter(rematch=OuterRef("pk"))
    Rematch.objects.unfinished().exclude(Exists(standing)).update(finished_at=at)
