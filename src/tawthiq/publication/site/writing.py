"""A whole site written into a new folder: pages, index, map, data, feeds, assets, and the manifest of what was published.

The same incidents and the same manifest of the site before give the same bytes. Nothing is kept in memory but the incidents:
each page is written when it is made.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from tawthiq.publication.site import feeds, history, prose
from tawthiq.publication.site.about import Site, SiteSettings, in_order
from tawthiq.publication.site.downloads import data_page, write_data
from tawthiq.publication.site.incident_page import incident_page
from tawthiq.publication.site.listing import Written, browse, listings
from tawthiq.publication.site.map_page import map_page, outlines
from tawthiq.publication.site.published import digest_of
from tawthiq.publication.site.search_index import index
from tawthiq.publication.site.search_page import search
from tawthiq.records.disclosure import DisclosedIncident
from tawthiq.records.handing_out import AboutArchive

_VENDOR = {
    "leaflet": ("leaflet.js", "leaflet.css", "LICENSE"),
    "leaflet-markercluster": ("leaflet.markercluster.js", "MarkerCluster.css", "LICENSE"),
    "world-atlas": ("LICENSE",),
}
_FONTS = (
    "vazirmatn-arabic-wght-normal.woff2", "vazirmatn-latin-wght-normal.woff2", "vazirmatn-OFL.txt",
)  # fmt: skip
_OWN = ("site.css", "fold.js", "search.js", "map.js")


def write_site(
    incidents: Iterable[DisclosedIncident],
    about: AboutArchive,
    settings: SiteSettings,
    path: Path,
    previous: history.Manifest | None = None,
) -> Site:
    """Make the folder `path` with the site of these incidents, which follows the publication that `previous` tells of.

    Raises OSError as the disk does, and what the writers of the data raise.
    """
    ordered = in_order(incidents)
    digests = {incident.number: digest_of(incident) for incident in ordered}
    publications = history.following(previous, digests, about.until)
    site = Site(settings, about, ordered, publications)
    path.mkdir()
    site = replace(site, downloads=write_data(site, path))
    into = _Folder(path)
    pages = []
    for place, content in _pages(site):
        into.put(place, content)
        pages.append(place)
    for place, content in _files(site, sorted(pages)):
        into.put(place, content)
    manifest = history.Manifest(archive_name(about), site.title, digests, publications)
    into.put(history.MANIFEST, history.written(manifest))
    return site


def archive_name(about: AboutArchive) -> str:
    """The name of the archive's log, by which a site knows whose it is: the first part of its verifier key."""
    return about.verifier_key.partition("+")[0]


class _Folder:
    """Files put into a folder, with the folders that they need."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._made: set[Path] = set()

    def put(self, place: str, content: bytes) -> None:
        """Write a file that is not there yet."""
        target = self._path / place
        if target.parent not in self._made:
            target.parent.mkdir(parents=True, exist_ok=True)
            self._made.add(target.parent)
        with target.open("xb") as stream:
            stream.write(content)


def _pages(site: Site) -> Iterator[Written]:
    """Every page that people read."""
    first = site.settings.languages[0]
    yield prose.home(site, first, root=True)
    yield from prose.lost(site)
    for language in site.settings.languages:
        yield prose.home(site, language)
        yield prose.methods(site, language)
        yield prose.terms_of_use(site, language)
        yield prose.not_here(site, language)
        yield prose.changes(site, language)
        yield browse(site, language)
        yield map_page(site, language)
        yield search(site, language)
        yield data_page(site, language)
        yield from listings(site, language)
        for at in range(len(site.incidents)):
            yield incident_page(site, language, at)


def _files(site: Site, pages: list[str]) -> Iterator[Written]:
    """What pages load, and what programs read."""
    yield from index(site)
    yield outlines(site)
    if site.about.until:
        yield from (feeds.feed(site, language) for language in site.settings.languages)
    yield feeds.robots(site)
    if site.settings.base:
        yield feeds.sitemap(site, [page for page in pages if not page.endswith("404.html")])
    yield from _assets()


def _assets() -> Iterator[Written]:
    own = files("tawthiq.publication.site") / "assets"
    static = files("tawthiq") / "web" / "static"
    for name in _OWN:
        yield f"assets/{name}", (own / name).read_bytes()
    yield "assets/icon.svg", (static / "icon.svg").read_bytes()
    for name in _FONTS:
        yield f"assets/fonts/{name}", (static / "fonts" / name).read_bytes()
    for folder, names in _VENDOR.items():
        yield from _vendored(static / "vendor" / folder, folder, names)


def _vendored(source: Traversable, folder: str, names: tuple[str, ...]) -> Iterator[Written]:
    for name in names:
        target = f"{folder}-{name}.txt" if name == "LICENSE" else name
        yield f"assets/vendor/{target}", (source / name).read_bytes()
