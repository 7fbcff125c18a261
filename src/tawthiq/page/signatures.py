"""Who signed a page: persons in elements named so, after "by", and in the page's metadata.

What a reader sees comes first: names between title and body, then below the body. Persons that the metadata names join
them where the two share a name, so that a list cut short is whole; where the page shows nobody, the metadata's persons
are taken. Vocabulary and what a person's name is: `bylines`.
"""

from tawthiq.page.bylines import has_prefix, is_prefix, joined, persons, same_person
from tawthiq.page.surroundings import Scene
from tawthiq.page.tree import Line, Run
from tawthiq.records.page import ZoneKind

_LONGEST = 160
_MOST = 12
_DEPTH = 5

Signed = tuple[int, int, str]
"""Where a name stands, and the name."""


def byline_near(scene: Scene) -> str | None:
    """The persons who signed, as one line of text; None for a site, a desk, an agency or anything doubtful."""
    told = _unique([name for author in scene.metadata.authors for name in persons(author, scene.metadata.sites)])
    shown = _shown(scene)
    above = [one for one in shown if one[0] < scene.begin]
    if not above and told and not _agree([name for _, _, name in shown], told):
        return joined(told[:_MOST])
    chosen = above or _first_of(shown)
    if told and chosen and not _agree([name for _, _, name in chosen], told):
        chosen = [one for one in shown if _agree([one[2]], told)] or chosen
    for start, end, _ in chosen:
        scene.canvas.paint(start, end, ZoneKind.BYLINE, "an element or wording that signs the report")
    names = _unique([name for _, _, name in chosen])
    if _agree(names, told):
        names = _unique([*names, *told])
    return joined(names[:_MOST]) if names else None


def _shown(scene: Scene) -> list[Signed]:
    """Names that the page displays near title and body, in reading order, those of named elements before wording."""
    tree, sites = scene.tree, scene.metadata.sites
    named: list[Signed] = []
    worded: list[Signed] = []
    before: Line | None = None
    for line in scene.nearby:
        if scene.in_other_branch(line) or len(line) > _LONGEST:
            continue
        for run in line.runs:
            named += _of_named(scene, run)
        words = tree.of(line)
        led = before is not None and before.end + 1 == line.start and is_prefix(tree.of(before))
        if has_prefix(words) or led:
            names = persons(words, sites)
            if names:
                worded.append((line.start, _end_of(tree.text, line, names[-1]), joined(names)))
        before = line
    found = worded if worded and not any(start < scene.begin for start, _, _ in named) else named or worded
    return sorted(set(found))


def _of_named(scene: Scene, run: Run) -> list[Signed]:
    """The names in a run inside an element named for who signed."""
    tree = scene.tree
    if not any("byline" in tree.elements[index].cues for index in tree.ancestors(run.element)[:_DEPTH]):
        return []
    names = persons(tree.of(run), scene.metadata.sites)
    return [(run.start, run.end, joined(names))] if names else []


def _end_of(text: str, line: Line, name: str) -> int:
    found = text.find(name, line.start, line.end)
    return found + len(name) if found >= 0 else line.end


def _first_of(shown: list[Signed]) -> list[Signed]:
    """The first name, and those that follow it at once."""
    chosen = shown[:1]
    for one in shown[1:]:
        if one[0] - chosen[-1][1] > _LONGEST:
            break
        chosen.append(one)
    return chosen


def _agree(names: list[str], told: list[str]) -> bool:
    """Whether one of the persons is among those that the metadata names."""
    return any(
        same_person(name, other) for joined_names in names for name in persons(joined_names, ()) for other in told
    )


def _unique(names: list[str]) -> list[str]:
    """Every person once, under the first form."""
    found: list[str] = []
    for name in names:
        for part in persons(name, ()) or [name]:
            if not any(same_person(part, other) for other in found):
                found.append(part)
    return found
