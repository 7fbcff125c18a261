# ruff: noqa: E501 (sample markup reads better unbroken)
from tawthiq.page import anatomy

FIRST = "Witnesses in the town said that the shelling hit the market at noon and that people were hurt there."
SECOND = "Ambulances came half an hour after the last shell, they said, and took eleven people to the hospital."
THIRD = "The council closed the road to the bridge for the rest of the day while crews cleared the rubble."


def body(markup: str) -> str:
    return anatomy(f"<html><body>{markup}".encode(), id="p").body


def test_a_body_printed_in_several_elements_of_one_name_is_whole() -> None:
    parts = f"<div class='part'><p>{FIRST}</p></div><div class='x'>Advertisement</div><div class='part'><p>{SECOND}</p></div><aside><a href='/o'>Other news of the valley</a></aside><div class='part'><p>{THIRD}</p></div>"
    assert (
        body(f"<main><h1>Market shelled at noon</h1><section>{parts}</section></main>") == f"{FIRST}\n{SECOND}\n{THIRD}"
    )


def test_texts_of_other_reports_under_the_same_name_stay_out() -> None:
    def post(title: str, text: str) -> str:
        return f"<div class='post'><h2><a href='/x'>{title}</a></h2><div class='entry'><p>{text}</p></div></div>"

    found = body(post("Market shelled at noon", f"{FIRST} {SECOND}") + post("A quiet day in the port", THIRD))
    assert found == f"{FIRST} {SECOND}"


def test_parts_marked_as_the_article_body_are_joined_whatever_their_class() -> None:
    parts = "".join(
        f"<p class='p{number}' itemprop='articleBody'>{text}</p>" for number, text in enumerate((FIRST, SECOND, THIRD))
    )
    assert body(f"<h1>Market shelled at noon</h1><div>{parts}</div>") == f"{FIRST}\n{SECOND}\n{THIRD}"


def test_a_list_of_headlines_under_the_same_name_is_no_part() -> None:
    other = f"<div class='group'><h3><a href='/1'>A quiet day in the port</a></h3><p>{THIRD}</p></div>"
    assert (
        body(
            f"<main><h1>Market shelled at noon</h1><div class='group'><p>{FIRST}</p><p>{SECOND}</p></div>{other}</main>"
        )
        == f"{FIRST}\n{SECOND}"
    )


def test_the_linked_name_of_who_wrote_it_between_the_parts_heads_no_other_report() -> None:
    parts = f"<section><div class='part'><p>{FIRST} {SECOND}</p></div></section><section><h3><a href='/m'>Mary Stone</a></h3><div class='part'><p>{THIRD}</p></div></section>"
    assert THIRD in body(f"<main><h1>Market shelled at noon</h1>{parts}</main>")
