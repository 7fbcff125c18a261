# ruff: noqa: E501 (sample markup reads better unbroken)
import pytest

from tawthiq.page import anatomy
from tawthiq.page.tree import parse


@pytest.mark.parametrize(
    "markup",
    [
        "<script>no</script>", "<style>no</style>", "<template>no</template>", "<noscript>no</noscript>", "<!-- no -->",
        "<select><option>no</select>", "<textarea>no</textarea>", "<video>no</video>", "<div hidden>no</div>", "<svg><title>no</title></svg>",
        "<p style='color:red; display : none'>no</p>", "<i style='visibility:hidden'>no</i>", "<iframe>no</iframe>", "<ruby><rp>no</rp></ruby>",
        "<datalist><option>no</datalist>", "<progress>no</progress>", "<math><annotation>no</annotation></math>", "<input value=no>",
    ],
)  # fmt: skip
def test_what_a_browser_does_not_draw_is_left_out(markup: str) -> None:
    assert parse(f"<body><p>a</p>{markup}<p>b</p>").text == "a\nb"


@pytest.mark.parametrize(
    "markup",
    [
        "<details>yes</details>", "<dialog>yes</dialog>", "<p aria-hidden=true>yes</p>", "<p hidden=until-found>yes</p>",
        "<svg><g><text>yes</text></g></svg>", "<p class=d-none>yes</p>", "<iframe srcdoc='<p>yes</p>'></iframe>",
        "<x-y><template shadowrootmode=open><p>yes</p></template></x-y>", "<p><math><mi>yes</mi></math></p>",
    ],
)  # fmt: skip
def test_what_a_reader_can_bring_up_is_kept(markup: str) -> None:
    assert parse(f"<body><p>a</p>{markup}<p>b</p>").text == "a\nyes\nb"


@pytest.mark.parametrize("mark", ["\u00ad", "\u200b", "\u200c", "\u200f", "\u202e", "\u0640"])
def test_invisible_marks_are_characters_and_stay(mark: str) -> None:
    assert parse(f"<p>كل{mark}مة</p>").text == f"كل{mark}مة"


@pytest.mark.parametrize(
    "markup", ["<pre>one\n\n two </pre>", "<xmp>one\ntwo</xmp>", "<p style='white-space: pre-wrap'>one\ntwo</p>"]
)
def test_line_breaks_count_where_they_are_drawn(markup: str) -> None:
    assert parse(markup).text == "one\ntwo"


def test_a_page_as_a_whole_is_never_hidden() -> None:
    assert parse("<html hidden><body style='visibility:hidden'><p>shown by a script").text == "shown by a script"


def test_much_text_that_only_shows_without_scripts_is_told() -> None:
    page = anatomy(f"<html><body><p>a</p><noscript><p>{'كلمة ' * 60}</p></noscript></body>".encode(), id="lazy")
    assert page.text == "a"
    assert any("<noscript>" in note for note in page.notes)


def test_frames_within_frames_end() -> None:
    inner = "<p>x</p>"
    for _ in range(6):
        quoted = inner.replace("&", "&amp;").replace('"', "&quot;")
        inner = f'<p>y</p><iframe srcdoc="{quoted}"></iframe>'
    tree = parse(inner)
    assert tree.text == "y\ny\ny\ny"
    assert any("srcdoc" in note for note in tree.notes)
