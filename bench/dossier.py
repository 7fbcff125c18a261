"""A dossier of an incident with 20 sources: seconds and peak memory against the goal of stage 7 (<= 20 s, <= 500 MB).

20 reports of our own wording with 8 claims each, a screenshot of 1,280 by 6,000 pixels and a proof each; Arabic and English,
HTML and PDF, for a court. Made in a process of its own, so that memory is that of making it, with screenshots made small as
they are taken out of an archive; seconds of the clock and of the processor.
"""

import io
import random
import resource
import subprocess
import sys
import time
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PIL import Image, ImageDraw

from tawthiq.pipeline.dossier_screenshots import shrunk
from tawthiq.publication.dossier.writing import made_dossier, write_dossier
from tawthiq.records.disclosure import (
    DisclosedClaim,
    DisclosedDecision,
    DisclosedGrade,
    DisclosedIncident,
    DisclosedPlace,
    DisclosedReport,
    DisclosedSlot,
    Profile,
)
from tawthiq.records.dossier import Attached, ChainEntry, DossierEvidence, ReportEvidence
from tawthiq.records.handing_out import AboutArchive

SOURCES = 20
SECONDS, MEGABYTES = 20, 500
DAY, MOMENT = date(2021, 5, 4), datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
FACTS = (
    ("collected-as", "browser"), ("program", "tawthiq 0.1.0"), ("clock", "synchronized"), ("way-out", "direct"),
    ("browser", "Chromium 140.0"), ("window", "1280 × 900"), ("status", "200"), ("server", "203.0.113.9:443"),
)  # fmt: skip
SLOTS = (
    ("when", "", "فجر يوم الثلاثاء الرابع من أيار"), ("hour", "", "فجراً"), ("where", "", "بلدة السنديانة في ريف المدينة"),
    ("who", "", "الطيران الحربي"), ("how", "", "غارة جوية"), ("killed", "all", "سبعة أشخاص على الأقل"),
    ("killed", "children", "بينهم ثلاثة أطفال"), ("injured", "all", "وأصيب خمسة عشر شخصاً آخرون بجروح"),
)  # fmt: skip


def main() -> None:
    """Print the figures of a dossier in one language and in both beside their goals."""
    for languages in ("ar", "ar,en"):
        command = [sys.executable, "-m", "bench.dossier", languages]
        print(subprocess.run(command, check=True, capture_output=True, text=True).stdout, end="")


def make(languages: tuple[str, ...]) -> None:
    """Make one dossier in this process and print what it took."""
    incident, screenshots = _incident(), [_screenshot(at) for at in range(1, SOURCES + 1)]
    about = AboutArchive("bench", "bench.example/a+0a1b2c3d+AAAA", Profile.COURT, None)
    begun, cpu = time.perf_counter(), time.process_time()
    evidence = _evidence([shrunk(each).picture or b"" for each in screenshots])
    with TemporaryDirectory() as folder:
        made = Path(folder) / "made"
        write_dossier(made_dossier(incident, evidence, about, languages), made)
        sizes = {path.name: path.stat().st_size // 1000 for path in made.iterdir() if path.is_file()}
    seconds, processor = time.perf_counter() - begun, time.process_time() - cpu
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{SOURCES} sources, {len(incident.claims)} claims, {' and '.join(languages)}, HTML and PDF: {sizes} kB")
    print(
        f"seconds {seconds:.1f} (processor {processor:.1f}; goal <= {SECONDS})  peak {megabytes:.0f} MB (goal <= {MEGABYTES})"
    )


def _incident() -> DisclosedIncident:
    slots = tuple(_slot(name, group, words) for name, group, words in SLOTS)
    reports = tuple(
        DisclosedReport(
            f"item-{at}", at, f"صحيفة رقم {at}", f"غارة على السنديانة، الرواية {at}", f"https://news.example/{at}", "",
            "ar", DAY, MOMENT, "c-1", "text/html", f"{at:02x}" * 32, at,
        )
        for at in range(1, SOURCES + 1)
    )  # fmt: skip
    grades = tuple(
        DisclosedGrade(at, "likely", "probable", by) for at in range(1, SOURCES + 1) for by in ("tern", "gull")
    )
    decisions = tuple(DisclosedDecision("sheet-given", by, MOMENT, "cd" * 32) for by in ("tern", "gull"))
    place = DisclosedPlace("SY.trial", "السنديانة", "Sindiyana", "town", "SY", 36.2, 37.1, False)
    return DisclosedIncident(
        number=12, act="airstrike", first=DAY, last=DAY, state="verified", status="holds", sensitive=False, warnings=(),
        score=0.9, decided_by="person", places=(place,), slots=slots, statements=(), reports=reports, sources=SOURCES,
        violations=("KIL",), attributions=(), grades=grades, differing=(), decisions=decisions, persons=(), verified=DAY,
    )  # fmt: skip


def _slot(name: str, group: str, words: str) -> DisclosedSlot:
    claims = tuple(_claim(name, group, words, at) for at in range(1, SOURCES + 1))
    key = f"{name}-{group}" if group else name
    return DisclosedSlot(key, name, group, "disputed" if group else "agreed", "", ((0, 1),) if group else (), claims)


def _claim(name: str, group: str, words: str, at: int) -> DisclosedClaim:
    plain: dict[str, Any] = {"harm": "", "minimum": None, "maximum": None, "first": None, "last": None, "precision": ""}
    position = at % 3 if group else 0
    if group:
        plain |= {"harm": name, "minimum": 3 + position, "maximum": 3 + position}
    if name == "when":
        plain |= {"first": DAY, "last": DAY, "precision": "day"}
    codes = {"who": "russia", "how": "airstrike", "where": "SY.trial", "hour": "02:30-06:30"}
    return DisclosedClaim(
        key=f"{name}-{at}", position=position, slot=name, group=group or "all", part_of=group == "children",
        code=codes.get(name, ""), shown=words, speaker="سكان من البلدة", speaker_actor="", hedged=False, source=at,
        document=f"item-{at}", event=0, start=40 * at, end=40 * at + len(words), text=words, told=DAY, **plain,
    )  # fmt: skip


def _evidence(screenshots: list[bytes]) -> DossierEvidence:
    attached = tuple(
        Attached(f"entry-{at:08}.tlog-proof", "text/plain", random.Random(at).randbytes(1200), "proof")
        for at in range(1, SOURCES + 1)
    )
    reports = tuple(
        ReportEvidence(
            f"item-{at}",
            screenshots[at - 1],
            "",
            FACTS,
            (ChainEntry(at, "captured", MOMENT, "c-1"),),
            (attached[at - 1].name,),
        )
        for at in range(1, SOURCES + 1)
    )
    return DossierEvidence(reports, attached, "bench.example/a\n20\nAAAA\n\n— bench.example/a AAAA\n")


def _screenshot(at: int) -> bytes:
    """A picture with as much in it as a page of news has: a photograph and lines of text."""
    chance = random.Random(at)
    drawn = Image.new("RGB", (1280, 6000), "white")
    drawn.paste(Image.effect_noise((1100, 600), 60).convert("RGB"), (90, 200))
    lines = ImageDraw.Draw(drawn)
    for top in range(850, 5950, 34):
        for left in range(90, 1100, 40):
            lines.rectangle((left, top, left + chance.randrange(10, 36), top + 14), fill=(40, 44, 52))
    data = io.BytesIO()
    drawn.save(data, "PNG", compress_level=1)
    return data.getvalue()


if __name__ == "__main__":
    make(tuple(sys.argv[1].split(","))) if len(sys.argv) > 1 else main()
