"""The memory of lines that hosts repeat, as rows: what each page shows, what is learned from it, which pages to read again.

A page's rows are saved with its report; in the same transaction the memory weighs them, and reports whose body holds a
block that was not known when they were read are set to unread. A run that is ended at any moment leaves both or neither.
A block that is known stays known (`page.likeness`), and what a page shows does not depend on what was known: so whatever
the order of reading, the rows end the same.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import islice

from django.db.models import Count, F, QuerySet

from tawthiq.archive.models import BlockPage, Capture, KnownBlock, Post, ShownBlock, Zone
from tawthiq.archive.models.keys import ROWS_PER_REPORT, row_key
from tawthiq.page.blocks import is_settled
from tawthiq.page.hosts import host_of
from tawthiq.page.likeness import SEEN_ON, looked_at, print_of, seen_on_three
from tawthiq.pipeline.correct_page import CORRECTED
from tawthiq.pipeline.read_capture import ReadCapture
from tawthiq.records.block import Block, PageBlocks, PagePrint
from tawthiq.records.page import Zone as ZoneRecord
from tawthiq.records.page import ZoneKind
from tawthiq.records.span import Span

_AT_ONCE = 500
_PRINTS = 400


def save_blocks(number: int, shown: PageBlocks | None) -> None:
    """The rows of what report `number` shows. The caller holds the transaction and has saved the report."""
    if shown is None:
        return
    BlockPage.objects.create(report_id=number, host=shown.host, address=shown.address, title=shown.title)
    ShownBlock.objects.bulk_create(
        ShownBlock(key=row_key(number, order), block=one.digest, start=one.span.start, end=one.span.end)
        for order, one in enumerate(shown.blocks)
    )
    _count([one.digest for one in shown.blocks], 1)


def drop_blocks(number: int) -> None:
    """Delete the rows of what report `number` shows; what was learned stays. The caller holds the transaction."""
    shown = _shown_by(number)
    _count(list(shown.values_list("block", flat=True)), -1)
    shown.delete()
    BlockPage.objects.filter(report=number).delete()


class BlockMemory:
    """What is known of each host during one run."""

    def __init__(self) -> None:
        self._known: dict[str, frozenset[int]] = {}
        self._print = lru_cache(_PRINTS)(_print)

    def known_at(self, address: str) -> frozenset[int]:
        """The digests of the blocks known on the host of an address; none where it is no web address."""
        host = host_of(address)
        return self._known_on(host) if host else frozenset()

    def weigh(self, saved: Mapping[int, ReadCapture]) -> set[int]:
        """Learn from the reports just saved, and set to unread those from which a block that is known now has yet to leave.

        Gives the numbers of the latter. The caller holds the transaction in which the reports were saved.
        """
        taught = {number: read.blocks for number, read in saved.items() if read.blocks}
        for shown in taught.values():
            self._known.pop(shown.host, None)  # what an earlier transaction learned counts only if it was kept
        new = list(self._learned(taught))
        outdated = {key // ROWS_PER_REPORT for key in _keys_of(new)}
        for number, shown in taught.items():
            digests = {one.digest for one in shown.blocks}
            if self._known_on(shown.host) & digests != saved[number].known:
                outdated.add(number)
        outdated = {number for number in outdated if not self._is_settled(number)}
        for some in _chunks(sorted(outdated)):
            Capture.objects.filter(number__in=some).update(state=Capture.State.UNREAD)
        return outdated

    def _is_settled(self, number: int) -> bool:
        """Whether reading the report anew would change nothing: what is known now takes the same lines from its body."""
        page = BlockPage.objects.select_related("report").only("host", "title", "report__text", "report__reader")
        row = page.get(pk=number)
        if CORRECTED in row.report.reader:
            return False
        zones = Zone.objects.filter(report=number).values_list("kind", "start", "end", "reason")
        posts = Post.objects.filter(report=number).values_list("start", "end")
        return is_settled(
            row.report.text,
            tuple(ZoneRecord(ZoneKind(kind), Span(start, end), reason) for kind, start, end, reason in zones),
            host=row.host,
            known=self._known_on(row.host),
            title=row.title,
            posts=tuple(Span(start, end) for start, end in posts),
        )

    def _known_on(self, host: str) -> frozenset[int]:
        if host not in self._known:
            self._known[host] = frozenset(KnownBlock.objects.filter(host=host).values_list("block", flat=True))
        return self._known[host]

    def _learned(self, taught: Mapping[int, PageBlocks]) -> Iterator[int]:
        """The blocks that the pages make known, now saved as known."""
        hosts = {one.digest: shown.host for shown in taught.values() for one in shown.blocks}
        counted = Counter(one.digest for shown in taught.values() for one in shown.blocks)
        open_yet = sorted(digest for digest, host in hosts.items() if digest not in self._known_on(host))
        answers: dict[tuple[int, ...], bool] = {}
        for digest, pages in _shown_often(open_yet):
            most = looked_at(pages)
            if most == looked_at(pages - counted[digest]):
                continue
            numbers = _first_pages(digest, most)
            if numbers not in answers:
                answers[numbers] = seen_on_three(self._print(number) for number in numbers)
            if answers[numbers]:
                host = hosts[digest]
                KnownBlock.objects.create(block=digest, host=host, pages=pages)
                self._known[host] |= {digest}
                yield digest


def _first_pages(digest: int, most: int) -> tuple[int, ...]:
    """The numbers of the first reports that show a block."""
    keys = ShownBlock.objects.filter(block=digest).order_by("key").values_list("key", flat=True)[:most]
    return tuple(key // ROWS_PER_REPORT for key in keys)


def _print(number: int) -> PagePrint:
    page = BlockPage.objects.select_related("report").only("address", "title", "report__text").get(pk=number)
    blocks = [Block(row.block, Span(row.start, row.end)) for row in _shown_by(number)]
    return print_of(page.address, page.title, page.report.text, blocks)


def _shown_by(number: int) -> QuerySet[ShownBlock]:
    return ShownBlock.objects.filter(key__gte=row_key(number, 0), key__lt=row_key(number + 1, 0))


def _shown_often(digests: list[int]) -> Iterator[tuple[int, int]]:
    """Those of the blocks that enough reports show, with how many do."""
    for some in _chunks(digests):
        counted = ShownBlock.objects.filter(block__in=some).order_by("block").values_list("block")
        yield from counted.annotate(pages=Count("key")).filter(pages__gte=SEEN_ON)


def _keys_of(digests: list[int]) -> Iterator[int]:
    for some in _chunks(digests):
        yield from ShownBlock.objects.filter(block__in=some).values_list("key", flat=True)


def _count(digests: list[int], by: int) -> None:
    """Change how many reports show those of the blocks that are known."""
    for some in _chunks(digests):
        KnownBlock.objects.filter(block__in=some).update(pages=F("pages") + by)


def _chunks(values: Iterable[int]) -> Iterator[list[int]]:
    """The values in lists that a query can hold."""
    source = iter(values)
    while some := list(islice(source, _AT_ONCE)):
        yield some
