import pytest

from tawthiq.page import anatomy
from tawthiq.page.outlets import name_in_copyright

TEXT = "قال شهود من أهالي البلدة إن القصف طال السوق الشعبي ظهر اليوم وأوقع ضحايا بين المتسوقين هناك."


def outlet(head: str = "", before: str = "", after: str = "") -> str | None:
    source = f"<html><head>{head}</head><body>{before}<h1>قصف على سوق البلدة</h1><p>{TEXT}</p><p>{TEXT}</p>{after}"
    return anatomy(source.encode(), id="o", url="https://www.example.org/1").outlet


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("© 2021 Valley Times. All rights reserved.", "Valley Times"),
        ("جميع الحقوق محفوظة © 2021 صوت السهل", "صوت السهل"),
        ("جميع الحقوق محفوظة لموقع صوت السهل 2019 - 2021", "صوت السهل"),
        ("Copyright © 2015-2021 Valley Times", "Valley Times"),
        ("All rights reserved 2021", None),
        ("© 2021", None),
    ],
)
def test_a_copyright_line_names_the_outlet(line: str, name: str | None) -> None:
    assert name_in_copyright(line) == name


def test_the_outlet_is_named_by_metadata_then_title_tag_then_copyright_then_logo_then_host() -> None:
    title = "<title>قصف على سوق البلدة - نافذة السهل</title>"
    rights = "<footer>جميع الحقوق محفوظة © 2021 صوت السهل</footer>"
    logo = "<a class='site-logo' href='/'>مرآة السهل</a>"
    site = "<meta property='og:site_name' content='أخبار السهل'>"
    assert outlet(site + title, logo, rights) == "أخبار السهل"
    assert outlet(title, logo, rights) == "نافذة السهل"
    assert outlet("", logo, rights) == "صوت السهل"
    assert outlet("", logo) == "مرآة السهل"
    assert outlet("", "<a class='site-logo' href='/' aria-label='مرآة السهل'><img src='l.png'></a>") == "مرآة السهل"
    assert outlet("", "<a class='site-logo' href='/' aria-label='Home'><img src='l.png'></a>") == "example.org"
    assert outlet("", "<div class='logo'>دوشنبه ۲ تير ۱۳۹۹</div>") == "example.org"
    assert outlet() == "example.org"
