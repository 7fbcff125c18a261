"""The grammar of place mentions in Arabic: type noun + name, preposition + known name, parts and directions, lists."""

from tawthiq.reading.marked import Marked
from tawthiq.reading.names import KnownName
from tawthiq.reading.place_words_arabic import (
    adjacent,
    after_preposition,
    goes_on,
    heads_line,
    is_blocked,
    is_common,
    is_month,
    is_other_word,
    is_stopped,
    may_name,
    opens_compound,
    past_adjectives,
    past_marks,
)
from tawthiq.reading.spots import Spot
from tawthiq.reading.vocabulary import Hit

OPENING = frozenset({"في", "قرب"})
TOWARDS = frozenset({"من", "الي", "نحو", "عن", "باتجاه"})


def arabic_spots(marked: Marked, known: dict[int, KnownName]) -> list[Spot]:
    """The places of an Arabic text in order, without overlaps."""
    spots: list[Spot] = []
    anchored: set[str] = set()
    openings = {at + 1 for at, token in enumerate(marked.tokens) if token.folded in OPENING}
    openings |= marked.by_table["place_types"].keys() | known.keys()
    at = 0
    while at < len(marked.tokens):
        if at not in openings and not (spots and spots[-1].last == at):
            at += 1
            continue
        spot = (
            _typed(marked, known, at)
            or _bare(marked, known, at, anchored, spots)
            or _listed(marked, known, at, spots)
            or _open(marked, known, at)
        )
        if spot is None:
            at += 1
            continue
        spots.append(spot)
        anchored.update(known[k].key for k in range(spot.first, spot.last) if k in known and spot.places)
        at = spot.last
    return spots


def _typed(marked: Marked, known: dict[int, KnownName], at: int) -> Spot | None:
    """Type noun + name: "مدينة الرقة", "ريف حلب الشمالي", "شمال مدينة إدلب"; a site noun may stand alone."""
    hit = marked.at("place_types", at)
    if hit is None or hit.form.pronoun or (hit.row["kind"] == "region" and hit.form.article):
        return None
    start = past_marks(marked, hit.last)
    name = known.get(start)
    named = name is not None and not name.clitics and name.last > start + 1  # "مدينة جسر الشغور": no bridge
    if not named and not hit.form.article and adjacent(marked, start - 1, start):
        inner = _typed(marked, known, start)
        if inner is not None:
            return _nested(hit, inner)
    end = _name_end(marked, known, hit)
    whole = known.get(at)
    if whole is not None and whole.last > hit.last and whole.last >= (end or 0) and len(whole.places) == 1:
        return Spot(hit.first, whole.last, whole.places, None, "type+name")  # "قطاع غزة" is itself a name
    return _without_name(marked, hit) if end is None else _with_name(marked, known, hit, end)


def _nested(hit: Hit, inner: Spot) -> Spot | None:
    """A part of a place: "محيط مدينة داريا", "سوق بلدة الأتارب"."""
    kind = hit.row["kind"]
    if kind not in ("region", "countryside", "facility") and inner.kind == kind:
        return None
    return Spot(hit.first, inner.last, inner.places if kind == "region" else (), kind, f"type+{inner.rule}")


def _with_name(marked: Marked, known: dict[int, KnownName], hit: Hit, end: int) -> Spot | None:
    name = known.get(past_marks(marked, hit.last))
    places = name.places if name is not None and name.last == end and not name.clitics else ()
    kind = hit.row["kind"]
    listed = bool(places) and name is not None and name.embedded
    if not listed and (hit.row["site"] == "known" or (kind == "region" and hit.row["site"] != "open")):
        return None
    rule = "type+name" if places else "type+open name"
    return Spot(hit.first, past_adjectives(marked, end), places, kind, rule, hit.row["site"] == "named")


def _without_name(marked: Marked, hit: Hit) -> Spot | None:
    """A definite type noun ("المدينة") or a site: it points back to a place or locates by itself."""
    kind, site = hit.row["kind"], hit.row["site"]
    if site == "yes":
        end = past_adjectives(marked, hit.last) if hit.form.article else hit.last
        return Spot(hit.first, end, (), kind, "site") if _anchors_site(marked, hit.first, hit) else None
    if (hit.form.article or site == "capital") and kind not in ("region", "road") and site not in ("named", "known"):
        return Spot(hit.first, hit.last, (), kind, "definite type")
    return None


def _anchors_site(marked: Marked, at: int, hit: Hit) -> bool:
    """A site noun alone locates when a preposition stands on or before it, or it has the article; not as a goal."""
    if "ب" in hit.form.clitics:
        return True
    if "ل" in hit.form.clitics or (at and marked.tokens[at - 1].folded in TOWARDS):
        return False
    before = marked.at("place_cues", at - 1) if at else None
    return hit.form.article or (before is not None and before.row["role"] == "preposition")


def _name_end(marked: Marked, known: dict[int, KnownName], hit: Hit) -> int | None:
    """Where the name after a type noun ends: a known name, else one open word or a compound; None when none follows."""
    start = past_marks(marked, hit.last)
    if not adjacent(marked, start - 1, start):
        return None
    if (
        marked.tokens[start].folded == '"'
        and start + 2 < len(marked.tokens)
        and marked.tokens[start + 1].kind == "word"
    ):
        return next(
            (at + 1 for at in range(start + 2, min(start + 5, len(marked.tokens))) if marked.tokens[at].folded == '"'),
            None,
        )
    name = known.get(start)
    if name is not None and not name.clitics and (name.last > start + 1 or not goes_on(marked, start)):
        return name.last
    if hit.form.article or hit.row["site"] == "capital" or not may_name(marked, start):
        return None
    end = start + 1
    while opens_compound(marked, end - 1):
        end += 1
    return end


def _bare(marked: Marked, known: dict[int, KnownName], at: int, anchored: set[str], spots: list[Spot]) -> Spot | None:
    """A known name without type noun, where a preposition, its length, a curated table or the document vouches for it."""
    name = known.get(at)
    if name is None or _ruled_out(marked, name, at):
        return None
    rule = _vouching(marked, name, at, anchored)
    listed = bool(spots) and spots[-1].last == at and name.clitics == "و"
    listed = listed and bool(spots[-1].places if name.embedded else spots[-1].listing)
    if rule is None and (listed or _preposed(marked, name, at)):
        rule = "preposition+name"
    if rule is None:
        return None
    end = past_adjectives(marked, name.last) if _is_area(name) else name.last
    return Spot(at, end, name.places, None, rule, listed and spots[-1].listing)


def _vouching(marked: Marked, name: KnownName, at: int, anchored: set[str]) -> str | None:
    """What makes a bare name a place, but for a preposition; a pack's name needs the document to have anchored it."""
    if name.vouched:
        return "vouched name"
    if name.key in anchored or (name.embedded and name.last > at + 1):
        return "long name"
    return "heading" if heads_line(marked, at, name) else None


def _listed(marked: Marked, known: dict[int, KnownName], at: int, spots: list[Spot]) -> Spot | None:
    """A further name that no table knows, in a list that its kind announced: "بلدات كنصفرة والبارة وبليون"."""
    if not spots or spots[-1].last != at or not spots[-1].listing or at in known:
        return None
    token = marked.tokens[at]
    if token.folded[:1] != "و" or len(token.folded) < 4 or not may_name(marked, at) or is_common(marked, at):
        return None
    after = marked.tokens[at + 1] if at + 1 < len(marked.tokens) else None
    ends = after is None or after.kind == "mark" or marked.at("place_cues", at + 1) or after.folded[:1] == "و"
    if token.folded[1:3] != "ال" and not ends:
        return None
    return Spot(at, at + 1, (), spots[-1].kind, "listed name", listing=True)


def _ruled_out(marked: Marked, name: KnownName, at: int) -> bool:
    """A name of one word that is also a common word, unless a table vouches for it and a preposition leads it."""
    if name.last > at + 1:
        return False
    if is_blocked(marked, at) or is_month(marked, at):
        return True
    if name.clitics and len(name.key) < 3 and "إ" not in marked.tokens[at].text:
        return True  # "باب" is a door; in Ibb is written "بإب"
    if is_stopped(marked, at, marked.at("place_cues", at)) or len(name.key) < 3:
        return not (_preposed(marked, name, at) and name.vouched)
    return not name.vouched and is_other_word(marked, at)


def _preposed(marked: Marked, name: KnownName, at: int) -> bool:
    """Whether a preposition leads the name. For a pack's name that says nothing: most common words name a village."""
    return name.embedded and ("ب" in name.clitics or after_preposition(marked, at))


def _open(marked: Marked, known: dict[int, KnownName], at: int) -> Spot | None:
    """A name that no table knows, after "في" and before a wider place or a direction: "في المخدرة شمال غرب المحافظة"."""
    token = marked.tokens[at]
    after_in = at > 0 and marked.tokens[at - 1].folded in OPENING
    if not after_in or not may_name(marked, at) or at + 1 >= len(marked.tokens) or is_common(marked, at):
        return None
    following = marked.tokens[at + 1]
    places = known[at].places if at in known and known[at].last == at + 1 else ()
    if following.text == "(" and at + 2 < len(marked.tokens):
        wider_follows = marked.at("place_types", at + 2) or at + 2 in known
        return Spot(at, at + 1, places, None, "open name") if wider_follows else None
    wider = marked.at("place_types", at + 1)
    leads = wider is not None and (wider.row["kind"] == "region" or wider.form.clitics == "ب")
    name = known.get(at + 1)
    leads = leads or (name is not None and name.clitics == "ب" and name.vouched)
    return Spot(at, at + 1, places, None, "open name") if leads and token.kind == "word" else None


def _is_area(name: KnownName) -> bool:
    return all(place.kind.value in ("governorate", "region", "district") for place in name.places)
