"""The words by which pages name codes, in the reader's language: acts, zones, stances, harms, parties.

Codes stay as docs/contracts.md fixes them; only these labels are translated.
"""

from functools import cache

from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from tawthiq.lexicon import tables
from tawthiq.web.authority.names import decided_names
from tawthiq.web.authority.wording import PLACE_KINDS

ACTS: dict[str, Promise] = {
    "airstrike": _("Air strike"),
    "shelling": _("Shelling"),
    "explosive": _("Explosion"),
    "shooting": _("Shooting"),
    "clash": _("Clash"),
    "execution": _("Execution"),
    "arrest": _("Arrest"),
    "abduction": _("Abduction"),
    "disappearance": _("Disappearance"),
    "torture": _("Torture"),
    "custody_death": _("Death in custody"),
    "sexual_violence": _("Sexual violence"),
    "siege": _("Siege"),
    "displacement": _("Displacement"),
    "destruction": _("Destruction"),
    "chemical": _("Chemical attack"),
    "child_recruitment": _("Recruitment of children"),
    "crackdown": _("Crackdown"),
    "threat": _("Threat"),
    "killing": _("Killing (means not given)"),
    "injury": _("Injury (means not given)"),
    "other": pgettext_lazy("act", "Other act"),
}
ZONES: dict[str, Promise] = {
    "title": _("Title"),
    "byline": _("Byline"),
    "date": _("Date"),
    "agency": _("Agency"),
    "body": _("Body"),
    "caption": _("Caption"),
    "comment": _("Readers' comments"),
    "comment_form": _("Comment form"),
    "related": _("Related links"),
    "about": _("About the outlet"),
    "ad": _("Advertisement"),
    "navigation": _("Navigation"),
    "other": pgettext_lazy("zone", "Other text"),
}
STANCES: dict[str, Promise] = {
    "asserts": _("says"),
    "denies": _("denies"),
    "accuses": _("accuses"),
    "threatens": _("threatens"),
    "calls": _("calls for"),
    "hedges": _("says with reserve"),
}
QUOTES: dict[str, Promise] = {
    "direct": _("direct quotation"),
    "indirect": _("indirect speech"),
    "mixed": _("partly quoted"),
}
MODALITIES: dict[str, Promise] = {
    "stated": _("stated as fact"),
    "hedged": _("reported with reserve"),
    "denied": _("denied"),
    "future": _("announced or feared"),
}
SCOPES: dict[str, Promise] = {
    "single": _("one occurrence"),
    "cumulative": _("a total over several"),
    "background": _("earlier history"),
}
HARMS: dict[str, Promise] = {
    "killed": _("killed"),
    "injured": _("injured"),
    "detained": _("detained"),
    "abducted": _("abducted"),
    "missing": _("missing"),
    "displaced": _("displaced"),
}
GROUPS: dict[str, Promise] = {
    "all": pgettext_lazy("group", "people"),
    "civilians": _("civilians"),
    "children": _("children"),
    "women": _("women"),
    "fighters": _("fighters"),
    "other": pgettext_lazy("group", "others"),
}
LINKED: dict[str, Promise] = {
    "merged": _("linked automatically"),
    "proposed": _("proposed: a person decides"),
}
LANGUAGES: dict[str, Promise] = {
    "ar": _("Arabic"),
    "en": _("English"),
    "fa": _("Persian"),
    "ku": _("Kurdish"),
    "ckb": _("Sorani Kurdish"),
    "tr": _("Turkish"),
    "he": _("Hebrew"),
    "ur": _("Urdu"),
    "fr": _("French"),
}
SLOTS: dict[str, Promise] = {
    "when": pgettext_lazy("slot", "when"),
    "hour": pgettext_lazy("slot", "time of day"),
    "where": pgettext_lazy("slot", "where"),
    "who": _("who did it"),
    "how": pgettext_lazy("slot", "how"),
    "killed": _("number killed"),
    "injured": _("number injured"),
    "detained": _("number detained"),
    "abducted": _("number abducted"),
    "missing": _("number missing"),
    "displaced": _("number displaced"),
}
STANDINGS: dict[str, Promise] = {
    "single": pgettext_lazy("standing", "one source each"),
    "agreed": pgettext_lazy("standing", "sources agree"),
    "developing": pgettext_lazy("standing", "develops"),
    "disputed": pgettext_lazy("standing", "disputed"),
}
STATEMENT_KINDS: dict[str, Promise] = {
    "claims_responsibility": _("Claims responsibility"),
    "denies": _("Denies"),
    "accuses": _("Accuses"),
    "promises_inquiry": _("Promises an inquiry"),
    "condemns": _("Condemns"),
    "says": _("Says about it"),
}
STATES: dict[str, Promise] = {
    "unread": _("not read yet"),
    "read": pgettext_lazy("state", "read"),
    "kept": _("kept, holds no report"),
    "failed": _("could not be read"),
}
PARTS: dict[str, Promise] = {
    "text": _("the text"),
    "body": _("Body"),
    "zones": _("zones"),
    "title": _("Title"),
    "byline": _("Byline"),
    "agency": _("Agency"),
    "date": _("Date of publication"),
    "comments": _("Readers' comments"),
}
VISIT_PARTS: dict[str, Promise] = {
    "dom": _("The page as rendered (HTML)"),
    "frame-dom": _("A frame as rendered (HTML)"),
    "screenshot": _("Picture of the whole page"),
    "framed-screenshot": _("Picture in its frame"),
    "pdf": _("The page as PDF"),
    "download": _("Downloaded file"),
}
LOSSES: dict[str, Promise] = {
    "blocked": pgettext_lazy("request", "blocked by us"),
    "failed": pgettext_lazy("request", "failed on the way"),
    "missed": pgettext_lazy("request", "missed"),
    "not-kept": pgettext_lazy("request", "not kept"),
}
MEDIA: dict[str, Promise] = {
    "format": _("Format"),
    "width": _("Width"),
    "height": _("Height"),
    "orientation": _("Orientation"),
    "rotation": _("Rotation"),
    "pages": _("Sheets"),
    "milliseconds": _("Length (milliseconds)"),
    "picture_codec": _("Picture coding"),
    "sound_codec": _("Sound coding"),
    "frames_a_second": _("Pictures a second"),
    "samples_a_second": _("Samples a second"),
    "channels": _("Channels"),
    "language": _("Language"),
    "taken": _("Taken"),
    "taken_offset": _("Taken: distance from UTC"),
    "taken_fraction": _("Taken: fraction of the second"),
    "digitized": _("Digitized"),
    "made": _("Made"),
    "picture_made": _("Picture track made"),
    "tagged": _("Tagged"),
    "changed": pgettext_lazy("metadata", "Last changed"),
    "latitude": _("Latitude"),
    "longitude": _("Longitude"),
    "altitude": _("Altitude"),
    "position": _("Position"),
    "gps_time": _("Time by satellite"),
    "device_make": _("Maker of the device"),
    "device_model": _("Model of the device"),
    "device_serial": _("Serial number of the device"),
    "device_software": _("Software of the device"),
    "lens": _("Lens"),
    "computer": _("Computer"),
    "software": _("Software"),
    "library": _("Library"),
    "producer": _("Producer"),
    "author": _("Author"),
    "owner": _("Owner"),
    "rights": _("Rights"),
    "title": _("Title"),
    "description": _("Description"),
    "keywords": _("Keywords"),
    "comment": pgettext_lazy("metadata", "Comment"),
    "picture_id": _("Number of the picture"),
}
CHANGED: dict[str, Promise] = {**PARTS, "caption": _("Captions"), "comment": _("Readers' comments")}
HOW: dict[str, Promise] = {
    "bytes": _("The same bytes"),
    "text": _("The same text, in other bytes"),
    "report": _("The report is the same; what stands around it changed"),
    "changed": _("Changed"),
    "untold": _("Other bytes; the text was not compared"),
}
SERVER: dict[str, Promise] = {
    "status": _("Server’s answer"),
    "final": _("Answered from"),
    "content_type": _("Kind of content"),
    "kind": _("Collected as"),
}
SOURCE_KINDS: dict[str, Promise] = {
    "url": _("fetched from the web"),
    "browser": _("visited with a browser"),
    "file": _("a file"),
    "warc": _("from another tool’s WARC file"),
    "export": _("part of an exported chat"),
}
# How a part of a visit came about, as its record tells in English (capture/browser/pictures.py).
VISIT_MADE: dict[str, Promise] = {
    "dom": _("The document as rendered, written out by the browser; not as received"),
    "frame-dom": _("The document as rendered, written out by the browser; not as received"),
    "screenshot": _("Painted by the browser"),
    "framed-screenshot": _("The picture under a band drawn by Tawthiq: addresses, UTC time, SHA-256"),
    "pdf": _("Printed by the browser on A4, by the page’s own rules for printing"),
    "download": _("Saved by the browser, content encoding undone"),
}
VISIT_ACTS: dict[str, Promise] = {
    "banner": _("Banner"),
    "scroll": _("Scrolling"),
    "wake": _("Late pictures"),
    "expand": _("Unfolding"),
    "stay": _("Staying on the page"),
    "dialog": _("Dialog"),
    "download": _("Download"),
    "go": _("Going there"),
    "stop": _("Stopped"),
    "dom": _("Rendered page"),
    "screenshot": _("Picture"),
    "pdf": _("Printed page"),
}
KINDS: dict[str, dict[str, Promise]] = {
    "source_kind": SOURCE_KINDS,
    "visit_made": VISIT_MADE,
    "visit_act": VISIT_ACTS,
    "changed": CHANGED,
    "media": MEDIA,
    "how": HOW,
    "server": SERVER,
    "act": ACTS,
    "zone": ZONES,
    "part": PARTS,
    "stance": STANCES,
    "quote": QUOTES,
    "modality": MODALITIES,
    "scope": SCOPES,
    "harm": HARMS,
    "group": GROUPS,
    "linked": LINKED,
    "language": LANGUAGES,
    "slot": SLOTS,
    "standing": STANDINGS,
    "statement_kind": STATEMENT_KINDS,
    "state": STATES,
    "visit_part": VISIT_PARTS,
    "loss": LOSSES,
    "place_kind": PLACE_KINDS,
}
_ACTOR_COLUMNS = ("code", "name_ar", "name_en", "country")


def label(kind: str, code: str) -> str:
    """What a code of one kind is called in the active language; the code itself when it has no label."""
    return str(KINDS[kind].get(code, code))


def actors(language: str) -> dict[str, str]:
    """The neutral name of every party in Arabic ("ar") or English, as people corrected it."""
    at = 0 if language == "ar" else 1
    decided = decided_names()
    return {code: decided.get(code, ("", ""))[at] or name for code, name in shipped_actors(language).items()}


@cache
def shipped_actors(language: str) -> dict[str, str]:
    """The neutral names of parties as Tawthiq ships them."""
    column = "name_ar" if language == "ar" else "name_en"
    return {row["code"]: row[column] for row in tables.load("actors", _ACTOR_COLUMNS)}


@cache
def bodies(language: str) -> dict[str, str]:
    """Agencies and monitors by their names in the tables: in Arabic ("ar") their first Arabic form, else that name."""
    columns = ("name", "country", "forms")
    rows = [*tables.load("quoted_bodies", columns), *tables.load("en/page_agencies", columns)]
    forms = {row["name"]: [form.removeprefix("~") for form in row.alternatives("forms")] for row in rows}
    if language != "ar":
        return {name: name for name in forms}
    return {
        name: next((form for form in told if "\u0621" <= form[0] <= "\u064a"), name) for name, told in forms.items()
    }


def body_name(name: str) -> str:
    """A known agency's or monitor's name in the active language; empty where it stands in no table."""
    return bodies(active_language()).get(name, "")


def actor_name(code: str) -> str:
    """The neutral name of a party, or of people's own entry, in the active language."""
    language = active_language()
    arabic, english = decided_names().get(code, ("", ""))
    first, second = (arabic, english) if language == "ar" else (english, arabic)
    return first or shipped_actors(language).get(code) or second or code


def active_language() -> str:
    """The language that pages are shown in now: "ar" or "en"."""
    return "en" if (get_language() or "ar").startswith("en") else "ar"
