"""Incidents as a ZIP that Uwazi imports: import.csv, a file with the whole record for each, and the template to make first.

Read in huridocs/uwazi app/api/csv (October 2024): columns are names of properties, made of labels in which every letter that is
not ASCII becomes "_"; "|" parts values, "::" parent and child, ":" the days of a range (its own export writes "~"), "__ar" and
"__en" the languages of a worded column. A column never stands both plain and with a language.
"""

import csv
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

from tawthiq.publication.exchange.carried import Tally
from tawthiq.publication.exchange.identifiers import Identifiers
from tawthiq.publication.exchange.plain_zip import PlainZip
from tawthiq.publication.exchange.record_json import to_json
from tawthiq.publication.exchange.uwazi_rows import columns, row
from tawthiq.publication.exchange.uwazi_template import page, template, thesauri
from tawthiq.records.disclosure import DisclosedIncident
from tawthiq.records.handing_out import AboutArchive, WrittenFile

IMPORT = "import.csv"


def write(incidents: Iterator[DisclosedIncident], about: AboutArchive, path: Path) -> WrittenFile:
    """Write the ZIP file `path`. Raises OSError."""
    tally, identifiers = Tally("uwazi"), Identifiers(about.verifier_key)
    rows, places = StringIO(newline=""), dict[tuple[str, str], None]()
    table = csv.DictWriter(rows, columns(), lineterminator="\r\n")
    table.writeheader()
    with PlainZip(path) as packed:
        for incident in incidents:
            tally.take(incident)
            told = row(incident, identifiers, tally)
            table.writerow(told)
            packed.add(told["attachments"], to_json(incident))
            pairs = zip(told["places__ar"].split("|"), told["places__en"].split("|"), strict=True)
            places.update(dict.fromkeys(pair for pair in pairs if all(pair)))
        packed.add(IMPORT, rows.getvalue().encode())
        packed.add("template/template.json", template())
        packed.add("template/template.html", page())
        for name, data in thesauri(tuple(places)):
            packed.add(f"template/{name}.csv", data)
    return tally.written()
