"""Texts that PostgreSQL refuses: written so that it takes them, and read back as they were."""

import json

from hypothesis import given
from hypothesis import strategies as st

from tawthiq.archive.postgresql.escaping import escaped, escaped_json, unescaped, unescaped_json

HOSTILE = st.text(st.sampled_from('\0\ud800\udfff\ufffe0fe8d\\u"n') | st.characters(exclude_categories=()))


def taken(text: str) -> bool:
    """Whether PostgreSQL takes the text."""
    return "\0" not in text and not any("\ud800" <= letter <= "\udfff" for letter in text)


@given(HOSTILE)
def test_every_text_comes_back(text: str) -> None:
    assert taken(escaped(text))
    assert unescaped(escaped(text)) == text


@given(
    st.recursive(HOSTILE | st.none(), lambda inner: st.lists(inner) | st.dictionaries(HOSTILE, inner)), st.booleans()
)
def test_every_json_value_comes_back(value: object, ascii_only: bool) -> None:
    text = escaped_json(json.dumps(value, ensure_ascii=ascii_only))
    assert taken(text)
    stored = json.dumps(json.loads(text), ensure_ascii=False)  # as jsonb prints it
    assert taken(stored)
    assert json.loads(unescaped_json(stored)) == json.loads(json.dumps(value))


def test_ordinary_text_is_not_changed() -> None:
    assert escaped("قصف 12 \U0001f600") == "قصف 12 \U0001f600"
    assert escaped_json('["\\ud83d\\ude00 \\\\u0000"]') == '["\\ud83d\\ude00 \\\\u0000"]'
