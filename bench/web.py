"""Pages and search over a large archive: p50 and p95 in milliseconds against the goals of the design.

TAWTHIQ_BENCH_REPORTS sets the number of reports (20,000 unless told). Texts are drawn from a vocabulary with the skew of
real words (Zipf), in a database made for the run.
"""

import os
import random
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from pathlib import Path
from tempfile import TemporaryDirectory

from tawthiq.archive.database import open_database, set_up_django

set_up_django()  # before models are imported

from django.db import transaction  # noqa: E402
from django.test import Client  # noqa: E402

from tawthiq.archive.models import Capture, Event, Report, SearchText, SecondOpinion, Statement, Zone  # noqa: E402
from tawthiq.archive.models.keys import row_key  # noqa: E402
from tawthiq.archive.search import Results, search  # noqa: E402
from tawthiq.archive.word_places import packed  # noqa: E402
from tawthiq.casework.models import User  # noqa: E402
from tawthiq.records.span import Span  # noqa: E402
from tawthiq.text.analysis import stem  # noqa: E402

REPORTS = int(os.environ.get("TAWTHIQ_BENCH_REPORTS", "20000"))
WORDS = 40_000
LENGTH = 300
AT_ONCE = 1000
ROUNDS = 60
ACTS = ("airstrike", "shelling", "arrest", "abduction", "explosive")
LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"


def main() -> None:
    """Fill a database, ask for pages and searches, print what they took."""
    with TemporaryDirectory() as folder:
        open_database(Path(folder) / "tawthiq.sqlite3")
        started = time.perf_counter()
        vocabulary = fill(random.Random(7))
        print(
            f"{REPORTS:,} reports of {LENGTH} words filled in at {REPORTS / (time.perf_counter() - started):,.0f} a second"
        )
        measure(vocabulary, random.Random(11))


def fill(chance: random.Random) -> list[str]:
    """Rows of synthetic reports; the vocabulary they are drawn from, most frequent word first."""
    vocabulary = ["".join(chance.choices(LETTERS, k=chance.randint(3, 8))) for _ in range(WORDS)]
    weights = list(accumulate(1 / rank for rank in range(1, WORDS + 1)))
    for first in range(1, REPORTS + 1, AT_ONCE):
        with transaction.atomic():
            _batch(range(first, min(first + AT_ONCE, REPORTS + 1)), vocabulary, weights, chance)
    return vocabulary


def _batch(numbers: range, vocabulary: list[str], weights: list[float], chance: random.Random) -> None:
    texts = {number: chance.choices(vocabulary, cum_weights=weights, k=LENGTH) for number in numbers}
    now = datetime(2026, 1, 1, tzinfo=UTC)
    Capture.objects.bulk_create(
        Capture(
            number=number, identifier=f"c{number}", kind="url", source=f"https://example.org/{number}", final="",
            collected=now, path="", offset=0, length=0, sha256="", file_sha256="", log_index=number, logged=now, state="read",
        )
        for number in numbers
    )  # fmt: skip
    Report.objects.bulk_create(
        Report(
            capture_id=number, language="ar", title=" ".join(words[:8]), publisher=f"outlet {number % 40}",
            published=date(2012, 1, 1) + timedelta(days=chance.randrange(5000)), text=" ".join(words), encoding="utf-8",
            statement_count=1, event_count=1, reader="bench",
        )
        for number, words in texts.items()
    )  # fmt: skip
    Zone.objects.bulk_create(
        Zone(key=row_key(number, 0), report_id=number, kind="body", start=0, end=len(" ".join(words)))
        for number, words in texts.items()
    )
    Statement.objects.bulk_create(
        Statement(
            key=row_key(number, 0), report_id=number, order=0, start=0, end=9, text="x", kind="direct", stance="asserts"
        )
        for number in numbers
    )
    Event.objects.bulk_create(
        Event(
            key=row_key(number, 0), report_id=number, order=0, act=chance.choice(ACTS), start=0, end=3, text="x",
            modality="stated", scope="single",
        )
        for number in numbers
    )  # fmt: skip
    SecondOpinion.objects.bulk_create(
        SecondOpinion(
            report_id=number, by="bench", text="x" * 2000 * (number % 10 == 0), agreement=0.875 + number % 1000 / 8000
        )
        for number in numbers
    )
    SearchText.objects.bulk_create(
        SearchText(
            report_id=number,
            exact="\n".join(words),
            stemmed="\n".join(map(stem, words)),
            places=packed(Span(end - len(word), end) for word, end in zip(words, _ends(words), strict=True)),
        )
        for number, words in texts.items()
    )


def _ends(words: list[str]) -> list[int]:
    """Where each word ends in the text of all, joined by blanks."""
    return [end + number for number, end in enumerate(accumulate(map(len, words)))]


def measure(vocabulary: list[str], chance: random.Random) -> None:
    """Ask for each page and each kind of search, and print p50 and p95."""
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(User.objects.make("bench", "bench", User.Role.READER))

    def page(address: Callable[[], str]) -> Callable[[], object]:
        return lambda: client.get(address())

    def words(low: int, high: int) -> str:
        return " ".join(chance.sample(vocabulary[low:high], 2))

    last = REPORTS // 30
    _time("list of reports, any page", page(lambda: f"/reports/?page={chance.randint(1, min(20, last))}"), 150)
    _time("list of reports, by act", page(lambda: f"/reports/?act={chance.choice(ACTS)}"), 150)
    _time("list of reports, by words", page(lambda: f"/reports/?words={words(100, 5000)}"), 150)
    _time("list of statements", page(lambda: "/statements/"), 150)
    _time("one report", page(lambda: f"/reports/{chance.randint(1, REPORTS)}/"), 150)
    _time("one page, taken apart", page(lambda: f"/reports/{chance.randint(1, REPORTS)}/page/"), 150)
    _time("pages that wait", page(lambda: f"/review/pages/?page={chance.randint(1, 20)}"), 150)
    _time("search page", page(lambda: f"/search/?words={words(100, 5000)}"), 150)
    _time("search, two middling words", lambda: search(words(100, 5000)), 20)
    _time("search, two frequent words", lambda: search(words(5, 100)), 20)
    _time("count of matches", lambda: len(Results(words(100, 5000))), 20)


def _time(name: str, ask: Callable[[], object], goal: int) -> None:
    ask()
    taken = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        ask()
        taken.append((time.perf_counter() - started) * 1000)
    taken.sort()
    print(f"{name:28} p50 {taken[ROUNDS // 2]:7.1f} ms   p95 {taken[int(ROUNDS * 0.95)]:7.1f} ms   goal {goal} ms")


if __name__ == "__main__":
    main()
