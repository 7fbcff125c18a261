"""A dossier's folder: dossier.html, dossier.pdf and the proofs, as `tawthiq dossier` hands it out."""

from collections.abc import Sequence
from pathlib import Path

from tawthiq.publication.dossier.checking import PROOFS
from tawthiq.publication.dossier.pages import html_page
from tawthiq.publication.dossier.part import Dossier
from tawthiq.publication.dossier.pictures import pictures_of
from tawthiq.publication.dossier.printing import pdf
from tawthiq.records.disclosure import DisclosedIncident
from tawthiq.records.dossier import DossierEvidence
from tawthiq.records.handing_out import AboutArchive

HTML, PDF = "html", "pdf"
FORMATS = (HTML, PDF)


def made_dossier(
    incident: DisclosedIncident, evidence: DossierEvidence, about: AboutArchive, languages: Sequence[str]
) -> Dossier:
    """The dossier, its pictures cut; `languages` are of "ar" and "en", in the order of the parts."""
    pictures = {
        each.document: pictures_of(each.screenshot, f"picture-{number}")
        for number, each in enumerate(evidence.reports, start=1)
        if each.screenshot
    }
    return Dossier(incident, evidence, about, tuple(languages), pictures, lambda picture: picture.name, str)


def write_dossier(dossier: Dossier, folder: Path, formats: Sequence[str] = FORMATS) -> None:
    """Make the folder. Raises ValueError for an attached file whose name would lead out of it; OSError."""
    folder.mkdir()
    if HTML in formats:
        (folder / "dossier.html").write_bytes(html_page(dossier))
    if PDF in formats:
        (folder / "dossier.pdf").write_bytes(pdf(dossier))
    if not dossier.evidence.attached:
        return
    proofs = folder / PROOFS
    proofs.mkdir()
    for each in dossier.evidence.attached:
        if each.name != Path(each.name).name or each.name in ("", ".", "..") or "\\" in each.name:
            raise ValueError(f"{each.name!r} is no name of a file")
        (proofs / each.name).write_bytes(each.data)
