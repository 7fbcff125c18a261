"""Hostile pages: seconds and resident memory that each costs, every one in a process of its own (`make hostile`).

The bar for every case: no crash, no more than 5 seconds, no more than 1 GB. A case that breaks it is marked, and the exit
code is 1. Cases are bytes built here, up to the largest page that is taken apart; `tests/page/test_hostile.py` runs the
smaller kin of the same families in the suite.
"""

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable

SECONDS = 5.0
MEGABYTES = 1000.0
MEGABYTE = 1 << 20
_SENTENCE = "قال شهود من أهالي البلدة إن القصف طال السوق الشعبي ظهر اليوم. "


def _nested(opening: str, closing: str, times: int = 100_000) -> str:
    return opening * times + "النص هنا" + closing * times


def _parsed(pair: tuple[str, str]) -> int:
    """How often a nesting fits under the number of tags that are still parsed."""
    return 290_000 // "".join(pair).count("<")


def _attributes(times: int, before: str = "") -> str:
    names = " ".join(f"a{number}=1" for number in range(times))
    return f"<div {before}{names}>النص هنا</div>"


def _filled(piece: str, megabytes: int) -> str:
    return piece * (megabytes * MEGABYTE // len(piece.encode()))


def _rows(row: str, times: int) -> str:
    return row * times


NESTED = {
    "div": ("<div>", "</div>"),
    "bold": ("<b>", "</b>"),
    "distinct bold": ("<b a=1><b a=2><b a=3><b a=4>", "</b></b></b></b>"),
    "link": ("<a href=x>", "</a>"),
    "link in div": ("<a href=x><div>", "</div></a>"),
    "nobr": ("<nobr>", "</nobr>"),
    "table": ("<table><tr><td>", "</td></tr></table>"),
    "bare table": ("<table>", "</table>"),
    "mixed": ("<div><b><p><i><ul><li>", "</li></ul></i></p></b></div>"),
    "unclosed paragraph": ("<p><b>", ""),
    "unclosed div": ("<div>", ""),
    "crossed": ("<b><i><div>", "</b></i></div>"),
    "crossed link": ("<a><p><b><div>", "</a></b>"),
    "formatting reopened": ("<p><font size=1><b><i><u>", "</p>"),
    "svg": ("<svg>", "</svg>"),
    "svg foreign": ("<svg><foreignObject>", "</foreignObject></svg>"),
    "math": ("<math><mi>", "</mi></math>"),
    "select": ("<select><option>", "</option></select>"),
    "frameset": ("<frameset><frame>", "</frameset>"),
    "template": ("<template>", "</template>"),
    "shadow": ("<div><template shadowrootmode=open>", "</template></div>"),
    "button": ("<button>", "</button>"),
    "form": ("<form>", "</form>"),
    "list": ("<ul><li>", "</li></ul>"),
    "definition": ("<dl><dd>", "</dd></dl>"),
    "ruby": ("<ruby><rt>", "</rt></ruby>"),
    "object": ("<object><applet><marquee>", "</marquee></applet></object>"),
    "heading": ("<h1>", "</h1>"),
    "unknown": ("<x-y>", "</x-y>"),
    "strange name": ("<o:p\u0646>", "</o:p\u0646>"),
    "span": ("<span>", "</span>"),
    "slashed": ("<div/>", ""),
    "quoted bracket": ("<div title='>'>", "</div>"),
    "comment bracket": ("<div><!-- </div> -->", "</div>"),
    "blockquote in list": ("<li><blockquote>", ""),
    "script between": ("<div><script></script>", ""),
    "stray end": ("<div></x-y>", ""),
    "end out of a cell": ("<div><table><tr><td></div>", ""),
    "end out of a block": ("<span><div></span>", ""),
    "end in a quoted value": ("<div title='</div>'>", ""),
    "crossed list": ("<ul><x-y><li></x-y>", ""),
    "only ends": ("</p>", "</br>"),
    "pre": ("<pre>\n", "</pre>"),
    "iframe": ("<iframe srcdoc='<p>x'>", "</iframe>"),
    "long name": ("<" + "d" * 60 + ">", "</" + "d" * 60 + ">"),
}
CASES: dict[str, Callable[[], str | bytes]] = {
    **{f"nested {name}, 100,000 deep": lambda pair=pair: _nested(*pair) for name, pair in NESTED.items()},
    **{
        f"nested {name}, as many as are parsed": lambda pair=pair: _nested(*pair, _parsed(pair))
        for name, pair in NESTED.items()
    },
    "one tag, 60,000 attributes": lambda: _attributes(60_000),
    "one tag, 60,000 attributes behind a quoted bracket": lambda: _attributes(60_000, "x='>' "),
    "one tag, 60,000 attributes behind a quoted tag": lambda: _attributes(60_000, "x='<i' "),
    "one tag, 50 MB of attributes": lambda: "<div " + _filled("attribute=1 ", 50) + ">النص هنا",
    "one tag, 50 MB of distinct attributes": lambda: _attributes(4_000_000),
    "one attribute of 50 MB": lambda: "<div title='" + "x" * (50 * MEGABYTE) + "'>النص هنا</div>",
    "one class of 50 MB": lambda: "<div class='" + _filled("comment-list ", 50) + "'>النص هنا</div>",
    "one style of 50 MB": lambda: "<div style='" + _filled("display :  ", 50) + "'>النص هنا</div>",
    "one address of 50 MB": lambda: "<p><a href='" + "x" * (50 * MEGABYTE) + "'>النص هنا</a>",
    "many tags, 50 MB of attributes": lambda: _filled("<i a=1 b=2 c=3 d=4 class=x id=y>النص</i> ", 50),
    "some tags, 50 MB of attributes": lambda: _filled(f"<p title='{'x' * 600}' class='a b c'>النص</p>", 50),
    "a meta tag of 50 MB": lambda: "<meta name=title content='" + "x " * (25 * MEGABYTE) + "'>النص هنا",
    "a title of 50 MB": lambda: "<title>" + "x " * (25 * MEGABYTE) + "</title>النص هنا",
    "a script of 50 MB": lambda: "<script>" + "if (a < b) { c } " * (3 * MEGABYTE) + "</script>النص هنا",
    "JSON-LD of 20 MB": lambda: "<script type='application/ld+json'>" + "[" * (20 * MEGABYTE) + "</script>النص هنا",
    "a comment of 50 MB": lambda: "<!--" + "-" * (50 * MEGABYTE) + "-->النص هنا",
    "comments unclosed": lambda: "<!--" * (12 * MEGABYTE) + "النص هنا",
    "numeric entities, 50 MB": lambda: "<p>" + _filled("&#1575;", 50),
    "ampersand chains, 50 MB": lambda: "<p>" + _filled("&amp;amp;", 50),
    "entities unterminated, 50 MB": lambda: "<p>" + _filled("&notanentity", 50),
    "an entity of 50 MB": lambda: "<p>&#" + "9" * (50 * MEGABYTE),
    "ampersands only, 50 MB": lambda: "<p>" + "&" * (50 * MEGABYTE),
    "one text node of 50 MB": lambda: "<p>" + _filled(_SENTENCE, 50),
    "one word of 50 MB": lambda: "<p>" + "ا" * (25 * MEGABYTE),
    "one text node of 3 MB": lambda: "<p>" + _filled(_SENTENCE, 3),
    "spaces, 50 MB": lambda: "<p>النص" + " " * (50 * MEGABYTE) + "هنا",
    "no-break spaces, 50 MB": lambda: "<p>النص" + "\u00a0" * (25 * MEGABYTE) + "هنا",
    "a million tags": lambda: _rows("<p>x</p>", 500_000),
    "a million empty tags": lambda: _rows("<br>", 1_000_000),
    "half the bound of tags": lambda: _rows("<p>نص قصير هنا</p>", 149_000),
    "60,000 paragraphs": lambda: _rows("<p>قال شهود إن القصف طال السوق</p>", 60_000),
    "30,000 paragraphs": lambda: _rows(f"<p>{_SENTENCE}</p>", 30_000),
    "30,000 comments": lambda: _rows(
        "<div class=comment><b>اسم</b> <i>12 مارس 2021</i><p>نص التعليق هنا</p></div>", 12_000
    ),
    "12,000 comments with forms": lambda: (
        "<div class=comments>"
        + _rows(
            "<div class=comment><p>Leave a comment</p><b class=author>Name</b><p>Some words of a reader</p></div>",
            12_000,
        )
    ),
    "5,000 nested names that may mean comments": lambda: _rows(f"<div class=replies><p>{_SENTENCE}</p>", 5_000),
    "12,000 names inside one post": lambda: (
        "<meta property=og:url content='https://www.facebook.com/a/posts/1'><div role=article><h3><a href='/p'>Name</a></h3>"
        f"<div data-ad-preview=message>{_SENTENCE}</div>"
        + _rows("<h3><a href='/q'>Other name</a></h3><p>two words</p>", 12_000)
    ),
    "39,000 buttons to reply": lambda: "<div class=comments>" + _rows("<p>Reply</p>", 39_000),
    "30,000 alike records": lambda: _rows("<div><b>اسم آخر</b> <i>12 مارس 2021</i><br>نص التعليق هنا</div>", 12_000),
    "30,000 lines of breaks": lambda: "<p>" + _rows(f"{_SENTENCE}<br>", 35_000),
    "50,000 inline elements": lambda: "<p>" + _rows("<span class=x>كلمة</span> ", 50_000),
    "30,000 links": lambda: _rows("<li><a href=x>خبر آخر عن البلدة</a>", 30_000),
    "20,000 nested lists of links": lambda: _rows("<ul><li><a href=x>خبر</a><ul><li>نص</ul></ul>", 15_000),
    "deep inside wide": lambda: _rows("<div>" * 30 + "كلمة" + "</div>" * 30, 2_000),
    "nested as far as few tags are, with lines": lambda: _rows("<div>سطر", 5_900),
    "bold of many kinds": lambda: (
        "".join(f"<b id={number} title='</b>'>" for number in range(2_900)) + _rows("<p>x", 2_900)
    ),
    "50 MB of tags with 100 attributes": lambda: _rows(
        f"<i {' '.join(f'{chr(0x4E00 + n)}' for n in range(99))}>x", 120_000
    ),
    "500 deep, 50,000 wide": lambda: "<div>" * 500 + _rows("<i>كلمة</i><br>", 39_000),
    "4 million lines of text": lambda: "سطر\n" * 4_000_000,
    "4 million short lines": lambda: "a\n" * 4_000_000,
    "40,000 lines of text": lambda: f"{_SENTENCE}\n" * 39_000,
    "40,000 signed lines": lambda: (
        "عنوان الخبر هنا\n" + f"{_SENTENCE * 2}\nتعليقات (3)\n" + "اسم: نص التعليق\n" * 39_000
    ),
    "40,000 posts": lambda: "اسم الحساب\n@account\n12 مارس 2021 · عام\n" + "نص المنشور\n12 likes\nReply\n" * 13_000,
    "50 MB line of text": lambda: _filled(_SENTENCE, 50),
    "3 MB line of text": lambda: _filled(_SENTENCE, 3),
    "pre of 4 million lines": lambda: "<pre>" + "x\n" * 4_000_000,
    "plaintext": lambda: "<plaintext>" + _rows("<p>x", 100_000),
    "xmp": lambda: "<xmp>" + _rows("<p>x\n", 60_000),
    "textarea unclosed": lambda: "<p>النص هنا<textarea>" + _rows("<p>x", 60_000),
    "null bytes": lambda: "<p>" + "ا\x00" * 2_000_000,
    "replacement floods": lambda: b"<p>" + b"\xff\xfe\xc0" * (8 * MEGABYTE) + "النص هنا".encode(),
    "controls": lambda: "<p>" + "".join(map(chr, range(1, 32))) * 100_000,
    "override floods": lambda: "<p>" + "\u202eنص\u202c" * 400_000,
    "combining floods": lambda: "<p>" + "ا" + "\u0300" * 2_000_000,
    "lone surrogates": lambda: b"\xff\xfe" + ("<p>" + "نص ").encode("utf-16-le") + b"\x00\xd8" * 1_000_000,
    "surrogates as UTF-8": lambda: b"<p>" + b"\xed\xa0\x80" * 1_000_000,
    "UTF-16 behind a UTF-8 mark": lambda: b"\xef\xbb\xbf" + ("<p>" + _SENTENCE * 1000).encode("utf-16-le"),
    "UTF-8 behind a UTF-16 mark": lambda: b"\xff\xfe" + ("<p>" + _SENTENCE * 20_000).encode(),
    "UTF-32 without end": lambda: b"\xff\xfe\x00\x00" + ("<p>" + _SENTENCE * 100_000).encode("utf-32-le") + b"\x01",
    "UTF-7": lambda: b"<meta charset=utf-7><p>" + b"+ADw-script+AD4- " * 400_000,
    "declared twice": lambda: (
        b"<meta charset=windows-1252><meta charset=utf-16><?xml encoding='gbk'?><p>"
        + (_SENTENCE * 20_000).encode("windows-1256")
    ),
    "windows-1256 stretches": lambda: b"".join(
        f"<p>{_SENTENCE}</p>".encode() + f"<i>{_SENTENCE}</i>".encode("windows-1256") for _ in range(20_000)
    ),
    "windows-1256 stretches, 50 MB": lambda: b"".join(
        [f"<p>{_SENTENCE}</p>".encode() + f"<i>{_SENTENCE}</i>".encode("windows-1256")] * 260_000
    ),
    "angles": lambda: "<" * (50 * MEGABYTE),
    "angles and letters": lambda: "<a" * 290_000,
    "unclosed tag ends": lambda: "<a " * 290_000,
    "unclosed quotes": lambda: "<a title='" * 290_000,
    "script openings": lambda: "<script>" * 290_000,
    "script openings past the bound": lambda: "<script>" * 2_000_000,
    "style and script mixed": lambda: "<style><script></style>" * 90_000,
    "doctype floods": lambda: "<!doctype html>" * 290_000,
    "CDATA": lambda: "<svg>" + "<![CDATA[x]]>" * 200_000,
    "processing instructions": lambda: "<?xml version='1.0'?>" * 290_000,
    "srcdoc inside srcdoc": lambda: "<iframe srcdoc='" * 50_000,
    "srcdoc of 20 MB": lambda: "<iframe srcdoc='" + "&lt;div>" * (2 * MEGABYTE) + "'></iframe>النص هنا",
    "many srcdocs": lambda: "<iframe srcdoc='<p>x'></iframe>" * 30_000,
    "noscript floods": lambda: "<noscript><p>x</noscript>" * 60_000,
    "fosters": lambda: "<table>" + "<b>x<tr>y" * 60_000,
    "fosters in one": lambda: "<table>" + "x<i></i>" * 60_000,
    "form in table": lambda: "<table><form><tr><input>" * 40_000,
    "caption floods": lambda: "<table><caption><col><thead>" * 40_000,
    "body attributes": lambda: "<body a=1 b=2 c=3>" * 150_000,
    "distinct body attributes": lambda: "".join(f"<body a{number}=1>" for number in range(100_000)),
    "shortcodes": lambda: "<p>" + "[a " * 400_000,
    "shortcodes with numbers": lambda: "<p>" + "[ads" + " 1" * 1_000_000,
    "shortcodes unclosed": lambda: "<p>" + ("[a b=" + "c" * 70 + " ") * 20_000,
}
_RUN = """
import sys, time, resource
from tawthiq.page import anatomy
from tawthiq.records.errors import UnreadableCapture
data = sys.stdin.buffer.read()
begun = time.process_time()
try:
    page = anatomy(data, id="hostile")
    outcome = f"{len(page.text)} characters, {len(page.zones)} zones"
except UnreadableCapture as error:
    outcome = f"refused: {error.happened}"
print(time.process_time() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, outcome)
"""


def measured(data: bytes, limit: float = 60.0) -> tuple[float, float, str]:
    """CPU seconds, peak megabytes and outcome of one page in a process of its own; what killed it where it died."""
    begun = time.monotonic()
    try:
        done = subprocess.run(
            [sys.executable, "-c", _RUN],
            input=data,
            capture_output=True,
            timeout=limit,
            check=False,
            preexec_fn=_bounded,
        )
    except subprocess.TimeoutExpired:
        return limit, 0.0, "HUNG"
    if done.returncode:
        last = done.stderr.decode(errors="replace").strip().splitlines()[-1:]
        return time.monotonic() - begun, 0.0, f"DIED ({done.returncode}) {last}"
    seconds, megabytes, outcome = done.stdout.decode().split(" ", 2)
    return float(seconds), float(megabytes), outcome.strip()


def page_of(content: str | bytes) -> bytes:
    """The bytes of a case; markup is given the opening by which it is known as HTML."""
    if isinstance(content, bytes):
        return content
    opening = "<!doctype html><html><body>" if content.startswith("<") else ""
    return (opening + content).encode("utf-8", "surrogatepass")


def _bounded() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (6 << 30, 6 << 30))


def main() -> int:
    """Measure every case, or those whose names hold one of the words given; 1 when one breaks the bar."""
    broken = []
    worst = [0.0, 0.0]
    for name, build in CASES.items():
        if len(sys.argv) > 1 and not any(word in name for word in sys.argv[1:]):
            continue
        seconds, megabytes, outcome = measured(page_of(build()))
        good = seconds <= SECONDS and 0 < megabytes <= MEGABYTES
        worst = [max(worst[0], seconds), max(worst[1], megabytes)]
        if not good:
            broken.append(name)
        print(f"{'  ' if good else '! '}{seconds:7.2f} s {megabytes:7.0f} MB  {name}: {outcome}", flush=True)
    print(json.dumps({"cases": len(CASES), "broken": broken, "most_seconds": worst[0], "most_megabytes": worst[1]}))
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
