"""What every section of a dossier is made from: the incident, its evidence, the archive, and the words of one language."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from tawthiq.lexicon.dossier_texts import DossierTexts
from tawthiq.publication.dossier.markup import Html, element, filled
from tawthiq.publication.dossier.pictures import Picture
from tawthiq.publication.dossier.wording import Wording
from tawthiq.records.disclosure import DisclosedIncident, DisclosedReport, Profile
from tawthiq.records.dossier import DossierEvidence, ReportEvidence
from tawthiq.records.handing_out import AboutArchive


@dataclass(frozen=True, slots=True)
class Dossier:
    """What a dossier is about. `pictures` are those of each document, `address` says where a picture's data is found,
    `drawing` makes of SVG what the program that shows it can show.
    """

    incident: DisclosedIncident
    evidence: DossierEvidence
    about: AboutArchive
    languages: tuple[str, ...]
    pictures: Mapping[str, tuple[Picture, ...]]
    address: Callable[[Picture], str]
    drawing: Callable[[str], str]

    @property
    def is_public(self) -> bool:
        """Whether it is for everybody."""
        return self.about.profile is Profile.PUBLIC

    @property
    def until(self) -> date | None:
        """The day of the last capture or decision that it rests on; never a day of writing."""
        incident = self.incident
        moments: list[datetime] = [each.collected for each in incident.reports if each.collected]
        moments += [each.at for each in incident.decisions]
        days = [each.date() for each in moments]
        days += [day for day in (incident.verified, incident.published) if day]
        return max(days, default=None)


@dataclass(frozen=True, slots=True)
class Part:
    """A dossier in one language."""

    dossier: Dossier
    texts: DossierTexts
    wording: Wording

    @classmethod
    def of(cls, dossier: Dossier, language: str) -> "Part":
        """The part in "ar" or "en"."""
        texts = DossierTexts(language)
        return cls(dossier, texts, Wording(texts, dossier.incident))

    @property
    def incident(self) -> DisclosedIncident:
        """The incident that it is about."""
        return self.dossier.incident

    @property
    def between(self) -> str:
        """What stands between the members of a list, in this language."""
        return "؛ " if self.texts.language == "ar" else "; "

    @property
    def is_first(self) -> bool:
        """Whether pictures stand in this part; other parts lead to them."""
        return self.texts.language == self.dossier.languages[0]

    @property
    def numbers(self) -> dict[str, int]:
        """The number of each report in this dossier, from 1, by its document."""
        return {report.document: number for number, report in enumerate(self.incident.reports, start=1)}

    def report(self, document: str, source: int) -> DisclosedReport | None:
        """The report behind a claim: by its document, or where that is not shown by its number of source."""
        for each in self.incident.reports:
            if each.document == document and (document or each.source == source):
                return each
        return None

    def preserved(self, document: str) -> ReportEvidence | None:
        """What was preserved of a report."""
        return next((each for each in self.dossier.evidence.reports if each.document == document), None)

    def text(self, key: str, **values: str) -> Html:
        """A text of the table, filled; values that are no Html are escaped."""
        return filled(self.texts.of(key), **values)

    def paragraph(self, key: str, *, of: str = "", **values: str) -> Html:
        """A text of the table as a paragraph."""
        return element("p", self.text(key, **values), class_=of or None)

    def section(self, name: str, *content: Html) -> Html:
        """A section with its heading, which the table of contents leads to; `name` is the key of its heading."""
        heading = element("h2", self.text(name), id=self.anchor(name))
        return element("section", heading, *content, class_=name)

    def anchor(self, name: str) -> str:
        """The place of something in this part of the document."""
        return f"{self.texts.language}-{name}"
