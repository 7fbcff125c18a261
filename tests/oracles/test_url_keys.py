"""Keys of addresses in our index are those of the `surt` library, by which pywb and ReplayWeb.page look addresses up."""

from collections.abc import Callable
from pathlib import Path

from oracles.conftest import ran
from tawthiq.publication.url_keys import url_key

ADDRESSES = [
    "http://news.example/1",
    "https://www.News.example/Index.html?b=2&a=1",
    "http://127.0.0.1:8080/a b/",
    "https://x.example",
    "http://x.example:80/a/?",
    "https://x.example:8443/ق?س=ص",
    "http://x.example/%D9%82%20?q=%2f",
    "http://موقع.example/خبر",
    "http://x.example/a//b/./c/../d",
    "http://x.example/a?x=%25&y=+z#part",
    "http://[::1]:80/",
    "urn:dom:http://x.example/",
    "file:page%20x.html",
]


def test_keys_are_those_of_surt(oracle: Callable[[str], Path]) -> None:
    code = "import sys, surt\nfor each in sys.argv[1:]: print(surt.surt(each))"
    told = ran(oracle("python"), "-c", code, *ADDRESSES)
    assert told.returncode == 0, told.stderr
    assert [url_key(each) for each in ADDRESSES] == told.stdout.splitlines()
