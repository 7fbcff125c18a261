"""Conformance with the Arabic cases of Microsoft Recognizers-Text (MIT) for numbers and dates: the share right per model.

    python -m eval.recognizers [--specs FOLDER] [--model NAME] [--show]

A case is right when we find as many expressions as it lists and each agrees: at least half of the characters of both spans
together are shared (we keep whole orthographic words, and the approximator of a number), and the value is the same unless the
case says that it is not to be compared. Days without a year are compared with the past resolution, since reports tell the past.
An end that the case gives as the day after is the same as our inclusive last day.

The models read general texts (`arithmetic`, `places_in_order`, `intervals`, `times(general=True)`); reports are read
more narrowly.
Left out are cases that contradict themselves or each other: docs/recognizers-left-out.md lists each with the reason (one that
comes out right all the same is kept). Both shares are printed: of the cases kept, and of all.
"""

import argparse
import json
import re
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path

from tawthiq.records.span import Span
from tawthiq.text.arithmetic import general_numbers
from tawthiq.text.dates import times
from tawthiq.text.folding import fold
from tawthiq.text.intervals import intervals
from tawthiq.text.numbers import numbers
from tawthiq.text.places_in_order import places_in_order

Found = Sequence[tuple[Span, object]]
LEFT_OUT = Path(__file__).resolve().parents[1] / "docs" / "recognizers-left-out.md"
"""The table of cases left out: model, place in its file, reason."""
_ROW = re.compile(r"^\| (?P<model>\w+) \| (?P<case>\d+) \| (?P<reason>.+) \|$", re.MULTILINE)


def _number_model(text: str, _: date) -> Found:
    return [(figure.span, figure.value) for figure in general_numbers(text)]


def _ordinal_model(text: str, _: date) -> Found:
    return [
        (place.span, place.offset if place.counted_from == "start" else f"{place.counted_from}{place.offset:+d}")
        for place in places_in_order(text)
    ]


def _of_kind(kind: str) -> Callable[[str, date], Found]:
    return lambda text, _: [
        (n.core if kind == "ordinal" else n.span, n.minimum) for n in numbers(text, "ar") if n.kind == kind
    ]


def _range_model(text: str, _: date) -> Found:
    return [(one.span, (one.minimum, one.maximum)) for one in intervals(text)]


_PERIODS = ("time_of_day", "now", "open", "until_now", "since")


def _days(text: str, base: date) -> Found:
    return [
        (w.mention.span, w.period and w.period.first)
        for w in times(text, "ar", base, general=True)
        if w.reason.startswith("ago:")
        or (
            not w.reason.startswith((*_PERIODS, "positioned")) and (w.period is None or w.period.first == w.period.last)
        )
    ]


def _ranges(text: str, base: date) -> Found:
    return [
        (w.mention.span, w.period and (w.period.first, w.period.last))
        for w in times(text, "ar", base, general=True)
        if w.reason.startswith("positioned")
        or (not w.reason.startswith(_PERIODS[:2]) and (w.period is None or w.period.first != w.period.last))
    ]


MODELS: dict[str, Callable[[str, date], Found]] = {
    "Number/NumberModel": _number_model,
    "Number/OrdinalModel": _ordinal_model,
    "Number/PercentModel": _of_kind("percent"),
    "Number/NumberRangeModel": _range_model,
    "DateTime/DateParser": _days,
    "DateTime/DateExtractor": _days,
    "DateTime/DatePeriodParser": _ranges,
    "DateTime/DatePeriodExtractor": _ranges,
}


def _span(text: str, result: dict, floor: int) -> Span | None:
    wanted = result["Text"].strip()
    at = text.find(wanted, floor)
    if at < 0:
        at = fold(text).find(fold(wanted), floor)
    if at < 0 and wanted and "Start" in result:  # its own text differs from what stands there
        return Span(result["Start"], result["End"] + 1)
    return Span(at, at + len(wanted)) if at >= 0 else None


def _agree(ours: Span, theirs: Span) -> bool:
    shared = min(ours.end, theirs.end) - max(ours.start, theirs.start)
    return shared * 2 >= max(ours.end, theirs.end) - min(ours.start, theirs.start)


def _same_value(model: str, ours: object, result: dict) -> bool:
    if model.startswith("Number"):
        return _same_number(model, ours, str((result.get("Resolution") or {}).get("value")))
    past = (result.get("Value") or {}).get("PastResolution") or {}
    if model.endswith("Extractor") or not past:
        return True
    if "date" in past:
        return (ours is None and past["date"].startswith("0001")) or (
            isinstance(ours, date) and ours.isoformat() == past["date"]
        )
    if not isinstance(ours, tuple) or "startDate" not in past:
        return not isinstance(ours, tuple)
    ends = (ours[1].isoformat(), (ours[1] + timedelta(days=1)).isoformat())
    return ours[0].isoformat() == past["startDate"] and past.get("endDate") in ends


def _same_number(model: str, ours: object, wanted: str) -> bool:
    if model.endswith("RangeModel"):
        low, _, high = wanted.strip("[]()").partition(",")
        assert isinstance(ours, tuple)
        return all(_same_end(end, one) for end, one in zip((low, high), ours, strict=True))
    try:
        figure = float(wanted.rstrip("%"))
    except ValueError:
        return ours == wanted
    return isinstance(ours, int | float) and abs(ours - figure) <= 1e-6 * abs(figure)


def _same_end(wanted: str, ours: float | None) -> bool:
    return ours is None if not wanted else ours is not None and abs(ours - float(wanted)) <= 1e-6 * abs(float(wanted))


def _right(model: str, case: dict) -> bool:
    text = case["Input"]
    base = date.fromisoformat((case.get("Context") or {}).get("ReferenceDateTime", "2016-11-07")[:10])
    ours, theirs = MODELS[model](text, base), case["Results"]
    if len(ours) != len(theirs):
        return False
    floor = 0
    for (span, value), result in zip(ours, theirs, strict=True):
        wanted = _span(text, result, floor)
        if wanted is None or not _agree(span, wanted):
            return False
        floor = wanted.end
        ignored = str(case.get("IgnoreResolution", "")).lower() == "true"
        if not ignored and not _same_value(model, value, result):
            return False
    return True


def left_out(page: Path = LEFT_OUT) -> dict[tuple[str, int], str]:
    """The reason for each case left out, by model and place in its file, counted from 0."""
    return {(row["model"], int(row["case"])): row["reason"] for row in _ROW.finditer(page.read_text(encoding="utf-8"))}


def measure(specs: Path, model: str, show: bool) -> tuple[int, int, int, Counter[str]]:
    """Right and kept cases, all cases, and how many were left out for each reason."""
    cases = json.loads((specs / f"{model}.json").read_text(encoding="utf-8-sig"))
    listed = left_out()
    right = kept = 0
    reasons: Counter[str] = Counter()
    for place, case in enumerate(cases):
        reason = listed.get((model.rpartition("/")[2], place))
        good = _right(model, case)
        if reason is not None and not good:
            reasons[reason] += 1
            continue
        kept += 1
        right += good
        if show and not good:
            base = date.fromisoformat((case.get("Context") or {}).get("ReferenceDateTime", "2016-11-07")[:10])
            ours = [(span.of(case["Input"]), str(value)) for span, value in MODELS[model](case["Input"], base)]
            print("  ", place, case["Input"][:110], "| wanted", [r["Text"] for r in case["Results"]], "| ours", ours)
    return right, kept, len(cases), reasons


def figures(corpus: Path, shared: Path | None) -> dict[str, float]:
    """The share right of all cases of each model, those left out counted as wrong."""
    if shared is None:
        return {}
    found = {}
    for model in MODELS:
        right, _, total, _ = measure(shared / "specs" / "recognizers", model, show=False)
        found[f"recognizers {model.rpartition('/')[2]} of all"] = right / total
    return found


def main() -> None:
    """Prints a line a model, then what was left out."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--specs", type=Path, default=Path(__file__).resolve().parents[2] / "shared/specs/recognizers")
    parser.add_argument("--model", action="append")
    parser.add_argument("--show", action="store_true")
    options = parser.parse_args()
    if not options.specs.is_dir():
        print("the cases of ../shared/specs/recognizers are not at hand")
        return
    for model in MODELS:
        if options.model and not any(name in model for name in options.model):
            continue
        right, kept, total, reasons = measure(options.specs, model, options.show)
        print(f"{model:30s} {right}/{kept} = {right / kept:.3f} of the cases kept; {right / total:.3f} of all {total}")
        for reason, count in reasons.most_common():
            print(f"{'':30s} left out {count}: {reason}")


if __name__ == "__main__":
    main()
