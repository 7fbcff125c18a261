"""Annotating sample reports: compile reports written in a short form, and label which event each act word tells.

    python tools/annotate.py compile SOURCE.txt... --reports REPORTS.jsonl --readings READINGS.jsonl
    python tools/annotate.py sheet REPORTS.jsonl READINGS.jsonl [--from N] [--count N]
    python tools/annotate.py label REPORTS.jsonl READINGS.jsonl LABELS.txt --mentions MENTIONS.jsonl

How reports are to be read: docs/contracts.md (reading/1) and docs/annotating.md, which also describes the short form. A sheet
prints each report with its act words numbered; a line of labels "ID: 1=0 2=0 3=-" says that words 1 and 2 tell the report's
event 0 and word 3 tells none. Labels are kept as character spans, so that they outlive the word lists that made the sheet.
"""

import argparse
import json
import re
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from tawthiq.reading.actor_table import actors
from tawthiq.reading.actors import actor_mentions
from tawthiq.reading.contract import document_from_json
from tawthiq.reading.marked import mark
from tawthiq.reading.places import place_mentions
from tawthiq.reading.prepared import prepare
from tawthiq.reading.setting import setting
from tawthiq.records.count import Group, Harm
from tawthiq.records.event import Act, Modality, Scope
from tawthiq.text.language import language as language_of

Json = dict[str, Any]
Span = tuple[int, int]
NTH = re.compile(r"#(\d+)$")
COUNT = re.compile(r'(\w+) (\w+) "(.+?)" (\d+|\?)\.\.(\d+|\?)( part)?$')
LABEL = re.compile(r"\d+=(?:\d+|-)")
STANCES = {"asserts", "denies", "accuses", "threatens", "calls", "hedges"}


class Wrong(Exception):
    """A source that does not fit the short form; says which report and line."""


def main() -> None:
    """Run one of the three commands."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    verbs = parser.add_subparsers(required=True, dest="verb")
    compiling = verbs.add_parser("compile")
    compiling.add_argument("sources", nargs="+", type=Path)
    compiling.add_argument("--reports", type=Path, required=True)
    compiling.add_argument("--readings", type=Path, required=True)
    for name in ("sheet", "label"):
        verb = verbs.add_parser(name)
        verb.add_argument("reports", type=Path)
        verb.add_argument("readings", type=Path)
        if name == "sheet":
            verb.add_argument("--from", dest="first", type=int, default=0)
            verb.add_argument("--count", type=int, default=1000)
        else:
            verb.add_argument("labels", type=Path)
            verb.add_argument("--mentions", type=Path, required=True)
    given = parser.parse_args()
    try:
        {"compile": compile_sources, "sheet": print_sheet, "label": write_labels}[given.verb](given)
    except Wrong as wrong:
        sys.exit(str(wrong))


def compile_sources(given: argparse.Namespace) -> None:
    """Write reports and readings of sources in the short form; nothing is written when one of them is wrong."""
    reports, readings, wrong = [], [], []
    for source in given.sources:
        for block in re.split(r"(?m)^### ", source.read_text(encoding="utf-8"))[1:]:
            try:
                report, reading = compiled(block)
            except Wrong as error:
                wrong.append(f"{source}: {error}")
                continue
            reports.append(report)
            readings.append(reading)
    if wrong:
        raise Wrong("\n".join(wrong))
    write_lines(given.reports, reports)
    write_lines(given.readings, readings)
    print(f"{len(reports)} reports, {sum(len(r['events']) for r in readings)} events, "
          f"{sum(len(r['statements']) for r in readings)} statements")  # fmt: skip


def compiled(block: str) -> tuple[Json, Json]:
    """One report of the short form and its reading. Raises Wrong."""
    head, _, rest = block.partition("\n")
    fields = {key.strip(): value.strip() for key, _, value in (part.partition(":") for part in head.split(" | "))}
    missing = [key for key in ("id", "outlet", "published", "kind") if not fields.get(key)]
    if missing:
        raise Wrong(
            f'"### {head}": {", ".join(missing)} missing; write "### id: NAME | outlet: NAME | published: DAY | kind: SORT"'
        )
    name = fields["id"]
    parts = re.split(r"(?m)^--- (statements|events)$", rest)
    if parts[1::2] != ["statements", "events"]:
        raise Wrong(f"{name}: '--- statements' and '--- events' must both follow the text")
    text = parts[0].strip("\n")
    find = Finder(name, text)
    day(find, fields["published"])
    said = [statement(find, line) for line in lines(parts[2])]
    events = list(happened(find, parts[4], len(said)))
    language = fields.get("language") or language_of(text)
    report = {"id": name, "split": "train", "language": language, "outlet": fields["outlet"],
              "published": fields["published"], "title": fields.get("title"), "kind": fields["kind"], "text": text}  # fmt: skip
    reading = {"schema": "tawthiq/reading/1", "id": name, "language": language, "published": fields["published"],
               "statements": said, "events": events}  # fmt: skip
    return report, reading


def lines(part: str) -> list[str]:
    """The lines of a part that hold something."""
    return [line.rstrip() for line in part.splitlines() if line.strip()]


class Finder:
    """Finds strings of a report exactly; "text#2" is its second occurrence."""

    def __init__(self, name: str, text: str) -> None:
        self.name, self.text = name, text

    def wrong(self, what: str) -> Wrong:
        """An error that names the report."""
        return Wrong(f"{self.name}: {what}")

    def span(self, wanted: str, start: int = 0) -> Span:
        """Where a string stands. Raises Wrong when it does not."""
        nth = NTH.search(wanted)
        bare, number = (wanted[: nth.start()], int(nth.group(1))) if nth else (wanted, 1)
        at = start - 1
        for _ in range(number):
            at = self.text.find(bare, at + 1)
            if at < 0:
                raise self.wrong(f"not found in the text: {wanted}")
        return at, at + len(bare)

    def mention(self, wanted: str) -> Json:
        """A string as a span with its text."""
        start, end = self.span(wanted.strip())
        return {"start": start, "end": end, "text": self.text[start:end]}

    def one_of(self, value: str, allowed: set[str], what: str) -> str:
        """A value from a fixed list. Raises Wrong."""
        if value not in allowed:
            raise self.wrong(f"no {what}: {value}")
        return value


def statement(find: Finder, line: str) -> Json:
    """SPEAKER ;; CUE ;; CONTENT START ... CONTENT END ;; KIND ;; STANCE [;; implicit]; "-" for none."""
    cells = [cell.strip() for cell in line.split(";;")]
    if len(cells) not in (5, 6):
        raise find.wrong(f"a statement has 5 or 6 cells: {line}")
    speaker, cue, content, kind, stance = cells[:5]
    first, _, last = content.partition(" ... ")
    start, end = find.span(first)
    if last:
        end = find.span(last, start)[1]
    said = None if speaker == "-" else {**find.mention(speaker), "actor": None, "implicit": "implicit" in cells[5:]}
    return {"speaker": said, "cue": None if cue == "-" else find.mention(cue), "content": {"start": start, "end": end},
            "kind": find.one_of(kind, {"direct", "indirect", "mixed"}, "kind"),
            "stance": find.one_of(stance, STANCES, "stance")}  # fmt: skip


def happened(find: Finder, part: str, statements: int) -> Iterator[Json]:
    """The events of a report, each an "E" line and lines of its slots."""
    for block in re.split(r"(?m)^E ", part)[1:]:
        head, *slots = lines(block)
        cells = [cell.strip() for cell in head.split(" | ")]
        if len(cells) != 4:
            raise find.wrong(f"an event begins with act, trigger, modality and scope: E {head}")
        act, trigger, modality, scope = cells
        event: Json = {"act": find.one_of(act, {*map(str, Act)}, "act"), "trigger": find.mention(trigger),
                       "modality": find.one_of(modality, {*map(str, Modality)}, "modality"),
                       "scope": find.one_of(scope, {*map(str, Scope)}, "scope"), "when": None, "places": [],
                       "country": None, "by": [], "victims": [], "counts": [], "source": None}  # fmt: skip
        for slot in slots:
            name, _, value = slot.strip().partition(": ")
            if name not in SLOTS:
                raise find.wrong(f"no slot: {slot}")
            event[name] = SLOTS[name](find, value.strip())
        if event["source"] is not None and not 0 <= event["source"] < statements:
            raise find.wrong(f"no statement {event['source']}")
        yield event


def when(find: Finder, value: str) -> Json:
    """TEXT => FROM..TO, or TEXT alone where it resolves to nothing."""
    text, _, period = value.partition(" => ")
    first, _, last = period.partition("..")
    for bound in filter(None, (first, last)):
        day(find, bound)
    return {**find.mention(text), "from": first or None, "to": (last or first) or None}


def day(find: Finder, value: str) -> str:
    """A day as YYYY-MM-DD. Raises Wrong."""
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError as error:
        raise find.wrong(f"no day: {value}") from error


def by(find: Finder, value: str) -> list[Json]:
    """TEXT = ACTOR [hedged], parted by ";"."""
    found = []
    for part in value.split(" ; "):
        text, _, code = part.rpartition(" = ")
        hedged = code.endswith(" hedged")
        actor = find.one_of(code.removesuffix(" hedged").strip(), set(actors()), "party")
        found.append({**find.mention(text), "actor": actor, "hedged": hedged})
    return found


def counts(find: Finder, value: str) -> list[Json]:
    """HARM GROUP "TEXT" MIN..MAX [part], parted by ";"; "?" for an open bound."""
    found = []
    for part in value.split(" ; "):
        match = COUNT.match(part.strip())
        if match is None:
            raise find.wrong(f"not a count: {part}")
        kind, group, text, low, high, subset = match.groups()
        find.one_of(kind, {*map(str, Harm)}, "harm")
        find.one_of(group, {*map(str, Group)}, "group")
        bounds = [None if bound == "?" else int(bound) for bound in (low, high)]
        found.append({"kind": kind, "group": group, "min": bounds[0], "max": bounds[1], "part_of": bool(subset),
                      **find.mention(text)})  # fmt: skip
    return found


def source(find: Finder, value: str) -> int:
    """The number of a statement."""
    if not value.isdecimal():
        raise find.wrong(f"no number of a statement: {value}")
    return int(value)


SLOTS: dict[str, Any] = {
    "when": when,
    "places": lambda find, value: [find.mention(part) for part in value.split(" ; ")],
    "country": lambda _, value: value,
    "by": by,
    "victims": lambda find, value: [find.mention(part) for part in value.split(" ; ")],
    "counts": counts,
    "source": source,
}


def act_words(report: Json) -> list[Span]:
    """The words of a report that may tell an act, in text order."""
    prepared = prepare(document_from_json(report))
    places = place_mentions(prepared)
    found = setting(prepared, (), actor_mentions(prepared, None), places, ())
    tokens = mark(prepared).tokens
    spans = {(tokens[t.first].start, tokens[t.last - 1].end) for o in found.occurrences for t in (o.trigger, *o.harms)}
    return sorted(spans)


def print_sheet(given: argparse.Namespace) -> None:
    """Print reports with numbered act words and the events they may tell."""
    readings = {reading["id"]: reading for reading in read_lines(given.readings)}
    reports = [report for report in read_lines(given.reports) if report.get("split") == "train"]
    for report in reports[given.first : given.first + given.count]:
        text, parts, last = report["text"], [], 0
        for number, (start, end) in enumerate(act_words(report), 1):
            parts += [text[last:start], f"⟦{number}:{text[start:end]}⟧"]
            last = end
        print(f"=== {report['id']} ({report['published']})\n{''.join(parts)}{text[last:]}")
        for index, event in enumerate(readings[report["id"]]["events"]):
            places = "، ".join(place["text"] for place in event["places"][:2])
            tolls = " ".join(f"{c['kind']}:{c['text']}" for c in event["counts"])
            at = event["trigger"]["start"]
            print(f"  [{index}] {event['act']} {event['scope']} «{event['trigger']['text']}» at {at} {places} {tolls}")


def write_labels(given: argparse.Namespace) -> None:
    """Write labels as spans, keeping the lines of other reports that the file already has."""
    events = {reading["id"]: len(reading["events"]) for reading in read_lines(given.readings)}
    reports = {report["id"]: report for report in read_lines(given.reports)}
    kept = {line["id"]: line for line in read_lines(given.mentions)} if given.mentions.exists() else {}
    for line in lines(given.labels.read_text(encoding="utf-8")):
        name, _, labels = line.partition(":")
        if name.strip() not in reports:
            raise Wrong(f"no report {name}")
        spans = act_words(reports[name.strip()])
        unfit = next((label for label in labels.split() if not LABEL.fullmatch(label)), None)
        if unfit:
            raise Wrong(f"{name}: no label: {unfit}; write NUMBER=EVENT or NUMBER=-")
        pairs = [label.split("=") for label in labels.split()]
        if sorted(int(number) for number, _ in pairs) != list(range(1, len(spans) + 1)):
            raise Wrong(f"{name}: {len(spans)} act words, {len(pairs)} labels; each needs one label")
        mentions = []
        for number, label in sorted(pairs, key=lambda pair: int(pair[0])):
            start, end = spans[int(number) - 1]
            event = None if label == "-" else int(label)
            if event is not None and event >= events[name.strip()]:
                raise Wrong(f"{name}: no event {event}")
            mentions.append({"start": start, "end": end, "event": event})
        kept[name.strip()] = {"id": name.strip(), "mentions": mentions}
    write_lines(given.mentions, [kept[name] for name in sorted(kept)])


def read_lines(path: Path) -> list[Json]:
    """The objects of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def write_lines(path: Path, objects: list[Json]) -> None:
    """One object a line."""
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in objects), encoding="utf-8")


if __name__ == "__main__":
    main()
