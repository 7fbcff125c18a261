"""Build the sample site: composed reports dressed as pages of fictitious outlets, as the exact bytes a server would send.

`python tools/build_sample_site.py [FOLDER]` writes pages and manifest.json, by default into src/tawthiq/sample_site. The
texts come from eval/corpus/reports.jsonl; outlets, pages, readers' comments and redirects from the tables in
tools/sample_site; the markup from its templates. The same inputs give the same bytes, and a test holds the committed
files to them.
"""

import csv
import json
import re
import sys
import tomllib
from collections import defaultdict
from datetime import date
from html import escape
from pathlib import Path
from string import Template
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ROOT / "tools" / "sample_site"
REPORTS = ROOT / "eval" / "corpus" / "reports.jsonl"
SITE = ROOT / "src" / "tawthiq" / "sample_site"

LEVANT = (
    "كانون الثاني", "شباط", "آذار", "نيسان", "أيار", "حزيران",
    "تموز", "آب", "أيلول", "تشرين الأول", "تشرين الثاني", "كانون الأول",
)  # fmt: skip
ARABIC = ("يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر")
ENGLISH = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
DAYS = ("الإثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد")

Row = dict[str, str]


def rows(name: str) -> list[Row]:
    """The rows of one table of tools/sample_site; lines that begin with "# " are comments."""
    lines = (SOURCES / name).read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader((line for line in lines if not line.startswith("# ")), delimiter="\t"))


def shown_date(day: date, manner: str) -> str:
    """A day as the outlet prints it."""
    month = day.month - 1
    return {
        "levant": f"{day.day} {LEVANT[month]} {day.year}",
        "months": f"{DAYS[day.weekday()]} {day.day} {ARABIC[month]} {day.year}",
        "both": f"{day.day} {LEVANT[month]}/{ARABIC[month]} {day.year}",
        "slashes": f"{day.year}/{day.month:02}/{day.day:02}",
        "english": f"{day.day} {ENGLISH[month]} {day.year}",
        "american": f"{ENGLISH[month]} {day.day}, {day.year}",
    }[manner]


def chosen(text: str, lines: str) -> list[str]:
    """The lines of a report named by ranges such as "2-4,6", empty ones left out."""
    every = text.split("\n")
    numbers: list[int] = []
    for part in lines.split(","):
        first, _, last = part.partition("-")
        numbers.extend(range(int(first), int(last or first) + 1))
    return [every[number].strip() for number in numbers if every[number].strip()]


def marked_up(line: str) -> str:
    """One line as HTML; the bold asterisks of a channel become bold type."""
    return re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", escape(line, quote=False))


def comment_list(comments: list[Row], template: str) -> str:
    """The readers' comments in the markup that the outlet's software would give them."""
    if not comments:
        return ""
    if template == "wordpress.html":
        items = "\n".join(
            f'<li class="comment"><article class="comment-body"><footer class="comment-meta"><div class="comment-author '
            f'vcard"><b class="fn">{escape(c["author"])}</b> <span class="says">يقول:</span></div><div '
            f'class="comment-metadata"><a href="#">{c["when"]}</a></div></footer><div class="comment-content"><p>'
            f"{escape(c['text'], quote=False)}</p></div><a class='comment-reply-link' href='#'>رد</a></article></li>"
            for c in comments
        )
        heading = {1: "تعليق واحد", 2: "تعليقان"}.get(len(comments), f"{len(comments)} تعليقات")
        return (
            f'<div id="comments" class="comments-area"><h2 class="comments-title">{heading}</h2><ol>{items}</ol></div>'
        )
    if template == "tables.html":
        items = "".join(
            f"<tr><td><font size=2><b>{escape(c['author'])}</b> - {c['when']}</font><br><font size=3>"
            f"{escape(c['text'], quote=False)}</font></td></tr>\n"
            for c in comments
        )
        return (
            f"<table width='100%' border=1><tr><td><b>تعليقات القراء ({len(comments)})</b></td></tr>\n{items}</table>"
        )
    if template == "blog.html":
        items = "\n".join(
            f'<div class="cmt"><span class="cmtName">{escape(c["author"])}</span> <span class="cmtDate">{c["when"]}</span>'
            f"<p>{escape(c['text'], quote=False)}</p></div>"
            for c in comments
        )
        return f'<div class="comments"><h4>التعليقات ({len(comments)})</h4>{items}</div>'
    items = "\n".join(
        f"<li><cite>{escape(c['author'])}</cite> says:<br><small>{c['when']}</small><p>"
        f"{escape(c['text'], quote=False)}</p></li>"
        for c in comments
    )
    heading = "1 comment" if len(comments) == 1 else f"{len(comments)} comments"
    return f'<div id="comments"><h3>{heading}</h3><ol class="commentlist">{items}</ol></div>'


def markup(page: Row, report: dict[str, Any], outlet: dict[str, Any], comments: list[Row]) -> str:
    """The page's HTML before encoding."""
    body = chosen(report["text"], page["lines"])
    if not body:
        raise ValueError(f"{page['report']}: lines {page['lines']} of the report are empty")
    paragraphs = [outlet["paragraph"].format(marked_up(line)) for line in body]
    if "ads" in page["features"]:
        paragraphs.insert(len(paragraphs) // 2, "<p>[ads3]</p>")
    credit = "" if page["agency"] == "-" else chosen(report["text"], page["agency"])[0]
    links = [f'<li><a href="#">{escape(line)}</a></li>' for line in outlet["related"]]
    plain_links = outlet["template"] == "tables.html"
    channel = report["title"] if report["outlet"] == "t.me" else report["outlet"]
    return Template((SOURCES / "templates" / outlet["template"]).read_text(encoding="utf-8")).substitute(
        language=outlet["language"],
        direction="rtl" if outlet["language"] == "ar" else "ltr",
        meta=""
        if page["meta"] == "-"
        else f'<meta http-equiv="Content-Type" content="text/html; charset={page["meta"]}">\n',
        title=escape(report["title"]),
        outlet=outlet["name"],
        author=outlet["author"],
        iso=report["published"],
        date=shown_date(date.fromisoformat(report["published"]), outlet["dates"]),
        agency=f'<p class="agency">{escape(credit)}</p>' if credit else "",
        body=outlet["join"].join(paragraphs),
        ad='<div class="adsbygoogle">إعلان</div>' if "ads" in page["features"] else "",
        menu=" | ".join(outlet["menu"])
        if plain_links
        else "".join(f'<li><a href="#">{m}</a></li>' for m in outlet["menu"]),
        related="<br>".join(f'<a href="#">{line}</a>' for line in outlet["related"]) if plain_links else "".join(links),
        about=outlet["about"],
        comments=comment_list(comments, outlet["template"]),
        channel=escape(channel),
        path=page["path"],
        more="في هذا العدد" if outlet["language"] == "ar" else "In this issue",
        json_title=json.dumps(report["title"]),
        json_author=json.dumps(outlet["author"]),
        json_outlet=json.dumps(outlet["name"]),
    )


def built() -> dict[str, bytes]:
    """Every file of the site by its path below the site's folder, manifest.json included."""
    reports = {row["id"]: row for row in map(json.loads, REPORTS.read_text(encoding="utf-8").splitlines())}
    outlets = tomllib.loads((SOURCES / "outlets.toml").read_text(encoding="utf-8"))
    comments = defaultdict(list)
    for row in rows("comments.tsv"):
        comments[row["page"]].append(row)
    files: dict[str, bytes] = {}
    listed = []
    for page in rows("pages.tsv"):
        key, report, outlet = f"{page['outlet']}/{page['path']}", reports[page["report"]], outlets[page["outlet"]]
        text = report["text"] if outlet["template"] == "-" else markup(page, report, outlet, comments[key])
        errors = "strict" if outlet["template"] == "-" else "xmlcharrefreplace"
        file = f"pages/{page['outlet']}/{page['path'].replace('/', '_')}"
        files[file] = text.encode(page["bytes"], errors=errors)
        listed.append(
            {
                "outlet": page["outlet"],
                "path": page["path"],
                "file": file,
                "content_type": page["header"],
                "documents": [page["report"]],
                "body_lines": page["lines"],
                "comments": len(comments[key]),
            }
        )
    redirects = [{**row, "status": int(row["status"])} for row in rows("redirects.tsv")]
    names = {key: outlet["name"] for key, outlet in outlets.items()}
    manifest = {"outlets": names, "pages": listed, "redirects": redirects}
    files["manifest.json"] = (json.dumps(manifest, ensure_ascii=False, indent=1) + "\n").encode()
    return files


def main() -> None:
    """Write the site, and remove pages that no table names any more."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else SITE
    files = built()
    for old in (folder / "pages").rglob("*"):
        if old.is_file() and str(old.relative_to(folder)) not in files:
            old.unlink()
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    print(f"{len(files) - 1} pages")


if __name__ == "__main__":
    main()
