"""What stands beside the tables: every column in both languages, for people (README.html), for spreadsheets (columns.csv), and
for programs (datapackage.json, after the Data Package specification, version 1).
"""

import json
from collections.abc import Mapping
from html import escape
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import Any

from tawthiq.lexicon.exports import Column, export_tables
from tawthiq.publication.tables.csv_cells import BYTE_ORDER_MARK, writer
from tawthiq.records.disclosure import Profile
from tawthiq.records.handing_out import AboutArchive

README, COLUMNS, PACKAGE = "README.html", "columns.csv", "datapackage.json"
_ROOM = "tawthiq.publication.tables"
_DATA_PACKAGE_TYPES = {"text": "string", "numbers": "array", "pairs": "array"}
_KEYS = {"incidents": ["number"], "reports": ["incident", "document"], "slots": ["incident", "key"]}
_MEDIA_TYPES = {".csv": "text/csv", ".parquet": "application/vnd.apache.parquet"}
_READERS = {
    Profile.COURT: ("a court or prosecutor", "محكمة أو نيابة عامة"),
    Profile.PARTNER: ("a partner team", "فريق شريك"),
    Profile.PUBLIC: ("everybody: published cases only", "العموم: القضايا المنشورة فقط"),
}


def describe(folder: Path, about: AboutArchive, suffix: str, counts: Mapping[str, int]) -> None:
    """Write the three beside tables of this suffix; `counts` says how many rows each has."""
    _write(folder / README, _readme(about, suffix, counts))
    _columns(folder / COLUMNS)
    package = json.dumps(_package(about, suffix, counts), ensure_ascii=False, indent=1)
    _write(folder / PACKAGE, f"{package}\n")


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _columns(path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        stream.write(BYTE_ORDER_MARK)
        rows = writer(stream)
        rows.writerow(("table", "column", "type", "unit", "meaning_ar", "meaning_en", "empty_ar", "empty_en"))
        for table, columns in export_tables().items():
            for each in columns:
                rows.writerow(
                    (table, each.name, each.type, each.unit or "", each.ar, each.en, each.empty_ar, each.empty_en)
                )


def _package(about: AboutArchive, suffix: str, counts: Mapping[str, int]) -> dict[str, Any]:
    return {
        "profile": "data-package",
        "name": "tawthiq-export",
        "title": about.title,
        "description": f"Tables of incidents for {_READERS[about.profile][0]}. README.html explains them.",
        "tawthiq": {
            "schema": "tawthiq/tables/1",
            "profile": about.profile.value,
            "verifier_key": about.verifier_key,
            "until": about.until.isoformat() if about.until else None,
        },
        "resources": [_resource(table, suffix, counts[table]) for table in export_tables()],
    }


def _resource(table: str, suffix: str, rows: int) -> dict[str, Any]:
    fields = [
        {
            "name": column.name,
            "type": _DATA_PACKAGE_TYPES.get(column.type, column.type),
            "description": f"{column.en} {column.ar}",
            **({"unit": column.unit} if column.unit else {}),
        }
        for column in export_tables()[table]
    ]
    schema: dict[str, Any] = {"fields": fields, "missingValues": [""]}
    if table in _KEYS:
        schema["primaryKey"] = _KEYS[table]
    if table != "incidents":
        reference = {"resource": "incidents", "fields": "number"}
        schema["foreignKeys"] = [{"fields": "incident", "reference": reference}]
    written = {
        "name": table,
        "path": f"{table}{suffix}",
        "format": suffix[1:],
        "mediatype": _MEDIA_TYPES[suffix],
        "rows": rows,
        "schema": schema,
    }
    if suffix != ".csv":
        return written
    dialect = {"delimiter": ",", "lineTerminator": "\r\n", "doubleQuote": True, "header": True}
    return {"profile": "tabular-data-resource", **written, "encoding": "utf-8", "dialect": dialect}


def _readme(about: AboutArchive, suffix: str, counts: Mapping[str, int]) -> str:
    english, arabic = _READERS[about.profile]
    page = Template(files(_ROOM).joinpath("readme.html").read_text(encoding="utf-8"))
    return page.substitute(
        title=escape(about.title),
        key=escape(about.verifier_key),
        until=about.until.isoformat() if about.until else "–",
        readers_en=english,
        readers_ar=arabic,
        cells_en="" if suffix != ".csv" else _CELLS_EN,
        cells_ar="" if suffix != ".csv" else _CELLS_AR,
        tables_en="\n".join(_table(table, suffix, counts[table], "en") for table in export_tables()),
        tables_ar="\n".join(_table(table, suffix, counts[table], "ar") for table in export_tables()),
    )


def _table(table: str, suffix: str, rows: int, language: str) -> str:
    heads, count = _HEADS[language], _ROWS[language]
    body = "\n".join(_line(column, language) for column in export_tables()[table])
    head = "".join(f'<th scope="col">{each}</th>' for each in heads)
    return (
        f'<h3><bdi dir="ltr">{table}{suffix}</bdi> <small>{count} {rows:,}</small></h3>\n'
        f'<div class="wide"><table><thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody></table></div>'
    )


def _line(column: Column, language: str) -> str:
    meaning, empty = (column.ar, column.empty_ar) if language == "ar" else (column.en, column.empty_en)
    kind = column.type if column.unit is None else f"{column.type}, {column.unit}"
    return (
        f'<tr><th scope="row"><bdi dir="ltr">{column.name}</bdi></th><td><bdi dir="ltr">{escape(kind)}</bdi></td>'
        f"<td>{escape(meaning)}</td><td>{escape(empty)}</td></tr>"
    )


_HEADS = {
    "ar": ("العمود", "النوع والوحدة", "معناه", "ماذا تعني الخلية الفارغة"),
    "en": ("Column", "Type and unit", "What it means", "What an empty cell means"),
}
_ROWS = {"ar": "الأسطر:", "en": "rows:"}
_CELLS_EN = """<p>CSV after RFC 4180: UTF-8 with a byte order mark, commas, lines end with CR LF, quotation marks doubled. A
cell of text that begins like a formula, or with an apostrophe, has one apostrophe before it: take one leading apostrophe away
from each cell of text to have the exact words. Lists stand as JSON. If Excel puts everything into one column, open the
file by Data, From Text/CSV, and choose the comma.</p>"""
_CELLS_AR = """<p>صيغة CSV وفق RFC 4180: ترميز UTF-8 مع علامة ترتيب البايتات، والفاصل فاصلة لاتينية، ونهاية السطر CR LF، وعلامات
الاقتباس مضاعفة. كل خلية نصية تبدأ كما تبدأ المعادلات أو بفاصلة علوية تسبقها فاصلة علوية واحدة: احذف فاصلة علوية واحدة من أول
كل خلية نصية لتحصل على الكلمات نفسها. والقوائم مكتوبة بصيغة JSON. إذا وضع إكسل كل شيء في عمود واحد فافتح الملف من
«بيانات» ثم «من نص/CSV» واختر الفاصلة.</p>"""
