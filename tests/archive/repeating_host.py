"""Pages of a host that repeats furniture no wording rule knows: our own wording, composed for tests."""

from datetime import UTC, datetime

from tawthiq.records.capture import Exchange
from tawthiq.store import ArchiveFolder

ABOUT = "Harbour Lantern is run by nine reporters from four towns who share one desk and answer to their readers."
WIDGET = "Lantern letters every dawn"
STORIES = (
    ("Shells fall on the grain market", (
        "Residents of the river district said shells fell on the grain market before noon on Tuesday.",
        "A doctor at the field clinic said the wards were full and the generator had no fuel left.",
        "The clinic sent its drivers to the neighbouring towns to ask for blankets and clean bandages.")),
    ("Council opens the eastern road", (
        "Drivers may use the eastern road again after crews cleared two kilometres of rubble from it.",
        "The mayor thanked the quarry workers who lent their machines without asking to be paid.",
        "Heavy lorries have to wait until the bridge over the canal is strengthened in the spring.")),
    ("Teachers ask for winter pay", (
        "Teachers in the valley have not been paid since autumn, their union said in an open letter.",
        "Parents have collected firewood and flour for the schools that are still open in the valley.",
        "The education office promised an answer by Thursday and asked for patience until then.")),
    ("Doctors warn of cholera", (
        "Three wells near the camp are unsafe, doctors warned, and asked parents to boil the water.",
        "Tablets that clean a bucket of water are sold out in every pharmacy of the district capital.",
        "A shipment was stopped at the border because its papers named another port of entry.")),
    ("Flour convoy reaches besieged town", (
        "Two lorries with flour reached the besieged town after a week of talks between both sides.",
        "The convoy had waited at the last checkpoint while guards counted the sacks one by one.",
        "Bakeries will work four hours each night so that the flour lasts for nine days.")),
)  # fmt: skip
DISPATCH = STORIES[4]


def page(title: str, lines: tuple[str, ...], *furniture: str) -> bytes:
    """A page of the host; the furniture stands after the second line and at the end, in turn."""
    inside, behind = furniture[1:], furniture[:1]
    paragraphs = "".join(f"<p>{line}</p>" for line in (*lines[:2], *inside, *lines[2:], *behind))
    body = f"<article><h1>{title}</h1>{paragraphs}</article>"
    return f"<html><head><title>{title}</title></head><body>{body}</body></html>".encode()


def story(number: int) -> bytes:
    """One of the host's reports with its furniture."""
    return page(*STORIES[number], ABOUT, WIDGET)


def keep_page(folder: ArchiveFolder, url: str, payload: bytes) -> None:
    """Keep a page as if it had been fetched."""
    exchange = Exchange(
        url=url,
        method="GET",
        started=datetime(2026, 3, 1, 12, tzinfo=UTC),
        request_line="GET / HTTP/1.1",
        request_headers=(("Host", "news.example"),),
        status_line="HTTP/1.1 200 OK",
        response_headers=(("Content-Type", "text/html; charset=utf-8"),),
        payload=payload,
        server_address=None,
        tls=None,
        certificate=None,
    )
    folder.keep_exchanges(url, [exchange], {})
