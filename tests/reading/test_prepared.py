"""What every reader of a document starts from."""

from tawthiq.reading.prepared import prepare
from tawthiq.records.reading import Document
from tawthiq.records.span import Span


def test_tokens_of_a_later_stretch_keep_the_offsets_of_the_whole_text() -> None:
    text = "سطر مهمل\nسقطت قذيفة"
    prepared = prepare(Document(id="a", text=text, readable=(Span(9, len(text)),)))
    assert [text[token.start : token.end] for token in prepared.tokens] == ["سقطت", "قذيفة"]
    assert [sentence.of(text) for sentence in prepared.sentences] == ["سقطت قذيفة"]


def test_language_given_wins_over_language_found() -> None:
    assert prepare(Document(id="a", text="نص", language="en")).language == "en"
    assert prepare(Document(id="a", text="سقطت قذيفة على السوق")).language == "ar"
