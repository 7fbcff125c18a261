# ruff: noqa: E501 (sample markup reads better unbroken)
import pytest

from tawthiq.page import anatomy

FIRST = "Witnesses in the town said that the shelling hit the market at noon and that people were hurt there."
SECOND = "Ambulances came half an hour after the last shell, they said, and took eleven people to the hospital."
NAMES = ["Samir Haddad, Homs", "Layla Nasser, Homs", "Omar Khatib, Idlib", "Rana Saleh, Homs", "Fadi Issa, Hama"]
LAYOUTS = {
    "items": "<ul>" + "".join(f"<li>{name}</li>" for name in NAMES) + "</ul>",
    "cells": "<table>" + "".join(f"<tr><td>{name}</td></tr>" for name in NAMES) + "</table>",
    "broken lines": "<br>".join(NAMES),
    "broken lines in a block": f"<div>{'<br>'.join(NAMES)}</div>",
    "paragraphs": "".join(f"<p>{name}</p>" for name in NAMES),
    "blocks": "".join(f"<div>{name}</div>" for name in NAMES),
}
FOOT = "<div class='footer'><p>Town square 5</p><p>Telephone 555</p><p>Open from 9 to 5</p></div>"


def body(inner: str, after: str = FOOT) -> str:
    markup = f"<html><body><nav><a href='/'>Home</a></nav><h1>Market shelled at noon</h1><div class='x1'>{inner}</div>{after}</body></html>"
    return anatomy(markup.encode(), id="t", url="https://www.example.org/1").body


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("heading", ["", "<h3>The names of the dead</h3>", "<p>These are the names:</p>"])
def test_a_list_of_names_that_closes_a_report_is_body(layout: str, heading: str) -> None:
    found = body(f"<p>{FIRST}</p><p>{SECOND}</p>{heading}{LAYOUTS[layout]}")
    assert all(name in found for name in NAMES)
    assert "Telephone" not in found


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_long_list_under_one_paragraph_is_body(layout: str) -> None:
    many = LAYOUTS[layout] * 12
    found = body(f"<p>{FIRST}</p>{many}")
    assert found.startswith(FIRST)
    assert found.count("Omar Khatib") == 12


def test_what_repeats_beside_names_is_no_furniture() -> None:
    rows = "".join(f"<p>{name.split(',')[0]}</p><p>Homs</p>" for name in NAMES)
    assert body(f"<p>{FIRST}</p>{rows}<p>{SECOND}</p>").count("Homs") == 5


@pytest.mark.parametrize(
    "tail",
    [
        "<p>Valley</p><p>Harbour</p>",
        "<p><a href='/a'>Valley</a></p><p>Harbour</p><p>Mountain</p><p>Coast</p>",
        "<p>By Mary Stone</p><p>12 March 2021</p><p>10:30</p><p>Harbour</p>",
        "<p>12 March 2021</p><p>Valley</p><p>Harbour</p><p>Mountain</p>",
        "<div class='y'><p>Valley</p><p>Harbour</p><p>Mountain</p><p>Coast</p></div>",
    ],
)
def test_few_lines_linked_lines_and_lines_of_another_block_are_cut(tail: str) -> None:
    assert body(f"<p>{FIRST}</p><p>{SECOND}</p>{tail}", after="") == f"{FIRST}\n{SECOND}"


def test_a_heading_over_nothing_is_no_end() -> None:
    found = body(
        f"<p>{FIRST}</p><p>{SECOND}</p><ul><li>Valley</li><li>Coast</li><li>Port</li></ul><h3>More to come</h3>"
    )
    assert found.endswith("Port")


def test_the_date_of_publication_below_a_list_is_read() -> None:
    rows = "".join(f"<p>{name}</p>" for name in NAMES)
    markup = f"<h1>Market shelled at noon</h1><div class='x1'><p>{FIRST}</p><p>{SECOND}</p>{rows}<p>Published: 12 March 2021</p></div>"
    found = anatomy(f"<html><body>{markup}</body></html>".encode(), id="t")
    assert found.published is not None
    assert found.body.endswith(NAMES[-1])
