"""A second opinion asked for beside the reading of a page (page.second_opinion); the reading itself never depends on it."""

from dataclasses import replace

from tawthiq.page.second_opinion import available, second_opinion
from tawthiq.records.errors import WrongUsage
from tawthiq.records.opinion import NoOpinion, SecondOpinion
from tawthiq.records.page import Page


def with_opinion(page: Page, data: bytes, content_type: str | None) -> tuple[Page, SecondOpinion | None]:
    """The page and the opinion about it; where an HTML page got no answer, a note of the page says why."""
    found = second_opinion(data, page, content_type)
    if isinstance(found, NoOpinion):
        return replace(page, notes=(*page.notes, f"{found.by} {found.reason}")), None
    return page, found


def require_extractor() -> None:
    """Raise WrongUsage where a second opinion was asked for by name and its extractor is not installed."""
    if not available():
        raise WrongUsage(
            item="--second-opinion",
            happened="trafilatura is not installed",
            advice='run: pip install "tawthiq[opinion]"',
        )
