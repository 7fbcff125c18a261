"""What `tawthiq demo` says in the end: what linking found in the archive, and which incidents to look at.

Import only once the archive's database is open.
"""

from tawthiq.archive.models import CopyFamily, Incident
from tawthiq.cli.demo_tables import isolated


def findings() -> list[str]:
    """The counts, then for each of three sorts of findings the incident that shows most of it, with its path in the pages."""
    rows = list(Incident.objects.prefetch_related("statements", "told_in__report__copy_member__family__origin"))
    several = [row for row in rows if row.independent_sources > 1]
    families = list(CopyFamily.objects.select_related("origin"))
    counts = (
        f"{len(several)} incidents have several independent sources, "
        f"which contradict each other on {sum(bool(row.contradictions) for row in several)} of them; "
        f"{sum(bool(_origin(family)) for family in families)} of {len(families)} copied dispatches have a likely origin; "
        f"{sum(len(row.statements.all()) for row in rows)} statements of parties are attached."
    )
    looks = (_disputed(several), _copied(several), _spoken_of(several))
    return [counts, *(f"  look at /incidents/{row.number}/  {_name(row)}: {why}" for row, why in filter(None, looks))]


def _disputed(rows: list[Incident]) -> tuple[Incident, str] | None:
    """The disputed incident of most sources."""
    found = [row for row in rows if row.contradictions]
    if not found:
        return None
    row = max(found, key=lambda row: (row.independent_sources, len(row.contradictions), -row.number))
    return row, f"{row.independent_sources} independent sources dispute {', '.join(row.contradictions)}"


def _copied(rows: list[Incident]) -> tuple[Incident, str] | None:
    """The incident of most reports among which copies of a dispatch with a likely origin stand."""
    found = [row for row in rows if any(map(_origin, _families(row)))]
    if not found:
        return None
    row = max(found, key=lambda row: (row.report_count, row.independent_sources, -row.number))
    origin = next(filter(None, map(_origin, _families(row))))
    told = f"{row.report_count} reports, but {row.independent_sources} independent sources"
    return row, f"{told}, for some copy one dispatch, it seems of {isolated(origin)}"


def _spoken_of(rows: list[Incident]) -> tuple[Incident, str] | None:
    """The incident of which parties say most different things."""
    found = [row for row in rows if row.statements.all()]
    if not found:
        return None
    row = max(found, key=lambda row: (len(_kinds(row)), len(row.statements.all()), -row.number))
    return row, f"what parties say of it: {', '.join(_kinds(row))}"


def _kinds(row: Incident) -> list[str]:
    """The kinds of an incident's statements, each once."""
    return sorted({said.kind.replace("_", " ") for said in row.statements.all()})


def _name(row: Incident) -> str:
    day = f", {row.first.isoformat()}" if row.first else ""
    return f"{row.act} {isolated(row.place)}{day}"


def _families(row: Incident) -> list[CopyFamily]:
    members = (getattr(told.report, "copy_member", None) for told in row.told_in.all())
    return [member.family for member in members if member is not None]


def _origin(family: CopyFamily) -> str:
    """Where the dispatch seems to come from; empty where nothing tells."""
    return family.agency or (str(family.origin.publisher) if family.origin else "")
