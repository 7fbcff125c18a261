"""How to ask every address of the pages about restricted things: one line a route, kept complete by test_outsider.py.

Whoever adds a route adds its line here. A line gives the addresses (and forms) that name restricted things, open ones, and ones
that never were; `known` names them (outsider_world.World).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from outsider_world import SECRET

NEVER = 987_654
Known = dict[str, Any]


@dataclass(frozen=True)
class Ask:
    """One request: a GET, or a POST of what is `sent`."""

    path: str
    sent: dict[str, Any] | None = None


Filling = Callable[[Known], Sequence[Ask]]


def get(*paths: str) -> Filling:
    """Addresses that are the same whatever is in the archive."""
    return lambda _known: [Ask(path) for path in paths]


def post(path: str, **sent: Any) -> Filling:
    """A form that is the same whatever is in the archive."""
    return lambda _known: [Ask(path, sent)]


def items(pattern: str, *names: str, **sent: Any) -> Filling:
    """An address with the number of each item: the restricted ones named, an open one, one that never was."""

    def fill(known: Known) -> list[Ask]:
        numbers = [known[name] for name in (*names, "open_report")] + [NEVER]
        return [Ask(pattern.format(number), sent or None) for number in numbers]

    return fill


def both(*fillings: Filling) -> Filling:
    """Several lines for one route."""
    return lambda known: [ask for filling in fillings for ask in filling(known)]


def incidents(pattern: str, **sent: Any) -> Filling:
    """An address with the numbers of incidents: of restricted reports, an open one, one that never was."""

    def fill(known: Known) -> list[Ask]:
        numbers = [*known["incidents"], known["open_incident"], NEVER]
        return [Ask(pattern.format(number), sent or None) for number in numbers]

    return fill


def subjects(path: str, **sent: Any) -> Filling:
    """A form about what work is about: restricted things, and one that never was."""
    never = ("report:none", "case:987654")
    return lambda known: [Ask(path, {"subject": each, **sent}) for each in (*known["subjects"], *never)]


def persons(pattern: str, **sent: Any) -> Filling:
    """An address with the numbers of person files: of a restricted incident, of the group, one that never was."""
    return lambda known: [
        Ask(pattern.format(number), sent or None) for number in (known["person"], known["grouped"], NEVER)
    ]


def _pairs_of_incidents(known: Known) -> list[Ask]:
    one, other = known["incident"], known["open_incident"]
    return [Ask(f"/incidents/{one}/same/{other}/"), Ask(f"/incidents/{other}/same/{one}/"),
            Ask(f"/incidents/{NEVER}/same/{other}/")]  # fmt: skip


def _decided(known: Known) -> list[Ask]:
    one, other = known["tokens"][0], known["open_tokens"][0]
    usual = {"seen": "0", "reason": "both read"}
    return [
        Ask("/incidents/decide/", {"action": "confirm", "telling": [one, other], **usual}),
        Ask("/incidents/decide/", {"action": "merge", "telling": [other], "other": [one], **usual}),
        Ask("/incidents/decide/", {"action": "split", "telling": [other, one], "out": [one], **usual}),
        Ask("/incidents/decide/", {"action": "together", "pair": [one, other], "next": "queue", **usual}),
        Ask("/incidents/decide/", {"action": "apart", "pair": [one, one], **usual}),
    ]


def _withdrawn(known: Known) -> list[Ask]:
    return [
        Ask("/incidents/decisions/withdraw/", {"withdraw": known["digests"], "seen": "99", "reason": "so"}),
        Ask("/incidents/decisions/withdraw/", {"withdraw": ["ab" * 32], "seen": "99", "reason": "so"}),
    ]


def _restricting(known: Known) -> list[Ask]:
    return [
        Ask(f"/evidence/{known[name] if name else NEVER}/restrict/", sent)
        for name in ("copy", "visit", "")
        for sent in (None, {"action": "restrict", "group": "1"}, {"action": "lift"})
    ]


def _bulk(pattern: str) -> Filling:
    """Acts on many rows: restricted ones by number, one that never was, and all that a filter finds."""

    def fill(known: Known) -> list[Ask]:
        reports, incidents = pattern.format("reports"), pattern.format("incidents")
        named = {"number": [known["copy"], known["mill"], NEVER]}
        return [
            Ask(reports, {"act": "assign", "to": "finch", **named}),
            Ask(reports, {"act": "restrict", "group": "1", **named}),
            Ask(reports, {"act": "review", "all": "1", "query": f"words={WORDS}"}),
            Ask(incidents, {"act": "open", "number": [*known["incidents"], NEVER]}),
        ]

    return fill


def _authority(known: Known) -> list[Ask]:
    return [
        Ask("/authority/entry/own.cedar_shield/"),
        Ask("/authority/entry/coalition/"),
        Ask("/authority/entry/none/"),
    ]


WORDS = quote(SECRET)
ROUTES: dict[str, Filling] = {
    # The error pages are asked with the first address: none there, too large, half an address, a form where none is taken.
    "home": both(
        get("/", "/none/", f"/none/{WORDS}/", f"/reports/{'9' * 30}/", "/reports/1", "/evidence/1/payload/", "/%00/", "/%ff/"),
        post("/reports/1/"), post("/reports/7/"), post("/evidence/7/"),
    ),
    "reports": get(
        "/reports/", "/reports/?page=2", f"/reports/?words={WORDS}", f"/reports/?outlet={quote('صوت ' + SECRET)}",
        "/reports/?act=airstrike", "/reports/?language=ar", "/reports/?first=2017-06-01&last=2017-07-01",
    ),
    "report": items("/reports/{}/", "copy", "mill", "visit", "media"),
    "page-view": items("/reports/{}/page/", "copy", "mill", "visit"),
    "page-review": get("/review/pages/", f"/review/pages/?outlet={quote('صوت ' + SECRET)}"),
    "page-correct": both(
        items("/reports/{}/page/correct/", "copy", "mill"),
        lambda known: [Ask(f"/reports/{n}/page/correct/", {"action": "save", "seen": "1"}) for n in (known["copy"], NEVER)],
    ),
    "page-confirm": lambda known: [
        Ask(f"/reports/{number}/page/confirm/", {"seen": "1"}) for number in (known["copy"], known["mill"], NEVER)
    ],
    "page-corrections": items("/reports/{}/page/corrections/", "copy", "mill", "visit"),
    "page-correction-withdraw": lambda known: [
        Ask(f"/reports/{number}/page/withdraw/", {"seen": "1"}) for number in (known["copy"], NEVER)
    ],
    "statements": get("/statements/", "/statements/?page=2", "/statements/?actor=unknown", "/statements/?stance=asserts"),
    "incidents": get("/incidents/", "/incidents/?several=on", "/incidents/?disputed=on", "/incidents/?act=airstrike"),
    "incident": both(incidents("/incidents/{}/"), incidents("/incidents/{}/?slot=killed-all")),
    "incident-same": _pairs_of_incidents,
    "link-queue": both(get("/incidents/queue/", "/incidents/queue/?order=uncertain"), post("/incidents/queue/", later="i-1")),
    "link-decide": _decided,
    "link-decisions": both(
        get("/incidents/decisions/", "/incidents/decisions/?show=unfit"), incidents("/incidents/decisions/?incident={}")
    ),
    "link-decisions-withdraw": _withdrawn,
    "link-weights": get("/incidents/weights/"),
    "search": get(
        "/search/", f"/search/?words={WORDS}", f"/search/?words={WORDS}&comments=on",
        f"/search/?words={quote('سوق الرقة')}", f"/search/?words={quote('سوق')}&page=2",
    ),
    "evidence": get("/evidence/", "/evidence/?state=read", "/evidence/?state=kept", "/evidence/?state=failed&page=2"),
    "evidence-item": items("/evidence/{}/", "copy", "mill", "visit", "media"),
    "evidence-media": items("/evidence/{}/media/", "media", "copy"),
    "captures": items("/evidence/{}/captures/", "copy", "mill"),
    "captures-compare": lambda known: [
        Ask(f"/evidence/{known['open_report']}/compare/{number}/")
        for number in (known["copy"], known["open_report"] + 1, NEVER)
    ],
    "payload": items("/evidence/{}/payload", "copy", "visit", "media"),
    "visit-picture": items("/evidence/{}/pictures/1", "visit", "copy"),
    "visit-part": items("/evidence/{}/parts/0", "visit", "copy"),
    "boilerplate": get("/boilerplate/"),
    "boilerplate-host": get("/boilerplate/lantern.example/", "/boilerplate/qamariyya.example/", "/boilerplate/none.example/"),
    "authority": get("/authority/", f"/authority/?words={WORDS}"),
    "authority-decide": get("/authority/decide/add/?kind=actor", f"/authority/decide/not_place/?name_ar={WORDS}"),
    "authority-entry": _authority,
    "people": get("/people/", "/people/?state=same", "/people/?state=different"),
    "people-pair": lambda known: [Ask(f"/people/{number}/") for number in (known["pair"], NEVER)],
    "people-open-file": lambda known: [Ask(f"/people/{number}/person/", {}) for number in (known["pair"], NEVER)],
    "people-decide": lambda known: [
        Ask(f"/people/{number}/decide/", {"verdict": "same", "seen": "0"}) for number in (known["pair"], NEVER)
    ],
    "groups": both(get("/team/groups/"), post("/team/groups/", name="")),
    "group": both(get("/team/groups/1/", "/team/groups/2/"), post("/team/groups/1/", action="members")),
    "item-restrict": _restricting,
    "about": get("/about/"),
    "terms": get("/help/terms/"),
    "sign-in": get("/sign-in/", "/sign-in/?next=/reports/1/"),
    "sign-out": post("/sign-out/"),
    "first-owner": get("/first-owner/none/"),
    "language": post("/language/", language="ar", next="/reports/"),
    # The queue, notices, work
    "queue": get("/queue/", *(f"/queue/?kind={kind}" for kind in ("report", "incident", "page", "pair")), "/queue/?who=mine"),
    "queue-next": get("/queue/next/", "/queue/next/?kind=reports", "/queue/next/?who=mine"),
    "queue-proposal": incidents("/queue/proposals/{}/"),
    "queue-act": both(
        subjects("/queue/act/", act="take"), subjects("/queue/act/", act="give", to="finch"),
        subjects("/queue/act/", act="later"),
    ),
    "queue-give": lambda known: [Ask(f"/queue/give/?subject={quote(each)}") for each in (*known["subjects"], "report:none")],
    "queue-leave": post("/queue/leave/"),
    "queue-keys": post("/queue/keys/", keys="on"),
    "queue-undo": post("/queue/undo/", number="987654"),
    "notices": get("/notices/", "/notices/?show=all", "/notices/?page=2"),
    "notices-read": lambda known: [Ask("/notices/read/", {"number": str(number)}) for number in (*known["notices"], NEVER)],
    "my-work": get("/my-work/", "/my-work/?show=all"),
    "my-work-back": subjects("/my-work/back/"),
    "saved-searches": get("/saved/"),
    "saved-save": post("/saved/new/", list="reports", name="all", query=""),
    "saved-open": get("/saved/1/", f"/saved/{NEVER}/"),
    "saved-change": get("/saved/1/change/", f"/saved/{NEVER}/change/"),
    "bulk-prepare": _bulk("/bulk/{}/"),
    "bulk-do": _bulk("/bulk/{}/do/"),
    # Cases, and what is published of them
    "cases": get("/cases/", "/cases/?state=open", "/cases/?page=2"),
    "case": incidents("/cases/{}/"),
    "case-open": lambda known: [Ask(f"/cases/{number}/open/", {}) for number in (*known["incidents"], NEVER)],
    "case-sheet": incidents("/cases/{}/sheet/", action="draft", digest="x"),
    "case-withdraw": incidents("/cases/{}/withdraw/", reason="so"),
    "case-look": incidents("/cases/{}/look/", look="1"),
    "case-qualify": incidents("/cases/{}/qualify/", words="so"),
    "case-publish": incidents("/cases/{}/publish/", action="publish", seen="0"),
    "public": get("/public/"),
    "public-case": incidents("/public/{}/"),
    # The desk of one report
    "desk": items("/reports/{}/desk/", "copy", "mill", "visit"),
    "desk-read": items("/reports/{}/desk/read/", "copy", value="e1-act", words="1"),
    "desk-decide": items("/reports/{}/desk/decide/", "copy", seen="0", action="accept"),
    "desk-withdraw": items("/reports/{}/desk/withdraw/", "copy", act="1", seen="1"),
    "desk-history": items("/reports/{}/desk/history/", "copy", "mill"),
    "desk-beside": items("/reports/{}/desk/beside/", "copy", "mill"),
    # Map, timeline, charts
    "map": get("/map/", "/map/?unplaced=1", "/map/?place=sy.raqqa", "/map/?act=airstrike"),
    "map-marks": get("/map/marks.json", "/map/marks.json?box=30,30,45,45", "/map/marks.json?place=sy.raqqa"),
    "import": get("/import/"),
    "import-table": both(items("/import/{}/", "copy", "mill"), items("/import/{}/", "copy", "mill", check="1")),
    "import-problems": items("/import/{}/problems.csv", "copy", "mill", mapping="{}"),
    "import-confirm": items("/import/{}/confirm/", "copy", "mill", mapping="{}", seen="0"),
    "import-withdraw": items("/import/{}/withdraw/", "copy", "mill", seen="0"),
    "map-layers": get("/map/layers/"),
    "map-layer-choose": post("/map/layers/choose/", layer="none"),
    "map-layer": get("/map/layer.geojson"),
    "timeline": get("/timeline/", "/timeline/?by=day", "/timeline/?first=2017-06-01&last=2017-07-01"),
    "incident-timeline": incidents("/incidents/{}/timeline/"),
    "charts": get("/charts/", "/charts/?act=airstrike"),
    "chart-table": get(*(f"/charts/{name}.csv" for name in ("acts", "months", "places", "outlets", "tolls", "none"))),
    # Persons
    "persons": get("/persons/", f"/persons/?words={WORDS}"),
    "person-new": both(get("/persons/new/"), incidents("/persons/new/?incident={}")),
    "person": persons("/persons/{}/"),
    "person-edit": persons("/persons/{}/edit/"),
    "person-role": persons("/persons/{}/roles/", role="victim"),
    "person-role-end": lambda known: [
        Ask(f"/persons/{number}/roles/{known['role']}/end/", {"seen": "1"}) for number in (known["person"], NEVER)
    ],
    "person-groups": persons("/persons/{}/groups/", group="1", seen="1"),
    "person-identity": persons("/persons/{}/identity/"),
    "person-naming": persons("/persons/{}/naming/", name="none"),
    "person-reveal": both(persons("/persons/{}/reveal/"), persons("/persons/{}/reveal/", reason="to compare two records")),
    "person-seen": persons("/persons/{}/seen/"),
    "person-destroy": both(persons("/persons/{}/destroy/"), persons("/persons/{}/destroy/", reason="asked for by the person")),
    "persons-find": post("/persons/find/", name=SECRET),
    # For programs: nothing without a token (tests/web/test_api_outsider.py asks with them)
    "api-description": get("/api/v1/openapi.json", "/api/v1/none", f"/api/v1/{WORDS}"),
    "api-incidents": get("/api/v1/incidents", f"/api/v1/incidents?place={WORDS}"),
    "api-incident": incidents("/api/v1/incidents/{}"),
    "api-reports": both(get("/api/v1/reports"), incidents("/api/v1/reports?incident={}")),
    "api-statistics": get("/api/v1/statistics"),
    "hand-out": both(
        get("/hand-out/"),
        incidents("/hand-out/?incident={}"),
        *(
            incidents(f"/hand-out/?incidents={{}}&kind={kind}&profile={profile}&language=ar")
            for kind, profile in (("dossier", "court"), ("csv", "partner"), ("package", "court"), ("geojson", "public"))
        ),
        lambda known: [
            Ask("/hand-out/", {"incidents": str(number), "kind": "package", "profile": "court", "language": "ar"})
            for number in (*known["incidents"], NEVER)
        ],
    ),
    "team-tokens": both(
        get("/team/tokens/"), post("/team/tokens/", act="revoke", token="987654"), post("/team/tokens/", act="make"),
    ),
    "help-api": get("/help/api/"),
    # What the log says, accounts, the team: nobody's items, or entries about them
    "audit": get("/audit/", "/audit/?who=ibis", "/audit/?page=2", "/audit/?kind=item-restricted"),
    "audit-entry": get(f"/audit/{NEVER}/"),  # entries of restricted things: a test of its own
    "account": get("/account/"),
    "account-password": get("/account/password/"),
    "account-sessions": get("/account/sessions/"),
    "account-confirm": get("/account/confirm/"),
    "account-factors": get("/account/factors/"),
    "account-codes": get("/account/factors/codes/"),
    "account-key": get("/account/factors/key/"),
    "join": get("/join/none/"),
    "sign-in-second": get("/sign-in/second/"),
    "start": get("/start/"),
    "team": get("/team/"),
    "team-member": get("/team/1/", "/team/2/", f"/team/{NEVER}/"),
}  # fmt: skip
