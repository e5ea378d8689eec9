"""Fetches everything that a served site links to, as far as it is on the same host, and checks that all of it is there.

usage: crawl.py ADDRESS
"""

import re
import sys
import urllib.error
import urllib.parse
import urllib.request
from html.parser import HTMLParser


class Links(HTMLParser):
    """Collects the addresses that a page names."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attributes):
        for name, value in attributes:
            if name in ("href", "src"):
                self.found.append(value)
            elif name == "srcset":
                self.found += [part.split()[0] for part in value.split(",")]
            elif name == "content" and value.startswith("http"):
                self.found.append(value)


def links(kind, text):
    if kind == "text/html":
        parser = Links()
        parser.feed(text)
        return parser.found
    if kind in ("text/xml", "application/xml"):
        return re.findall(r"""(?:href="|<loc>|<id>)(http[^"<]+)""", text)
    if kind == "text/css":
        return re.findall(r"""url\(["']?([^"')]+)""", text)
    return []


def main(start):
    origin = "/".join(start.split("/")[:3]) + "/"
    waiting, seen, wrong = [(start, "the command line")], {start}, []
    for page in ("404.html", "sitemap.xml", "feed.xml", "en/feed.xml"):
        waiting.append((urllib.parse.urljoin(start, page), "the files that every published site has"))
        seen.add(waiting[-1][0])
    while waiting:
        address, source = waiting.pop()
        try:
            with urllib.request.urlopen(address) as response:
                kind = response.headers.get_content_type()
                text = response.read().decode("utf-8", errors="replace")
        except urllib.error.HTTPError as error:
            wrong.append(f"{source}: {address}: {error.code}")
            continue
        for link in links(kind, text):
            target = urllib.parse.urldefrag(urllib.parse.urljoin(address, link)).url
            if not target.startswith(origin):
                continue
            if not target.startswith(start):
                wrong.append(f"{address}: {link} leads out of the site")
            elif target not in seen:
                seen.add(target)
                waiting.append((target, address))
    for line in wrong:
        print(line)
    print(f"{len(seen)} addresses below {start}, {len(wrong)} of them wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
