/// Looks for links between the site's files that lead nowhere.
struct LinkCheck {
    /// Paths of all the site's files.
    let files: Set<String>
    /// Text of each page by path.
    let pages: [String: String]
    /// The path under which the site will be published, with slashes on both ends; empty if it is not known.
    var base = ""

    /// - Throws: ``SiteError/brokenLink(page:link:)`` for the first link to a file or place that is not there.
    func check() throws {
        let read = pages.sorted { $0.key < $1.key }.concurrentMap { path, page in
            let tags = HTMLTag.tags(in: page)
            return (path, ids: Set(tags.compactMap { $0.attributes["id"] }), links: LinkCheck.links(of: tags))
        }
        let ids = Dictionary(uniqueKeysWithValues: read.map { ($0.0, $0.ids) })
        for (path, _, links) in read {
            for link in links where !LinkCheck.isExternal(link) {
                let (file, fragment) = LinkCheck.target(of: link, from: path, base: base)
                let isThere = files.contains(file) && (fragment.isEmpty || ids[file]?.contains(fragment) == true)
                guard isThere else { throw SiteError.brokenLink(page: path, link: link) }
            }
        }
    }

    /// Everything that a page refers to, in order.
    static func links(in page: String) -> [String] { links(of: HTMLTag.tags(in: page)) }

    private static func links(of tags: [HTMLTag]) -> [String] {
        tags.flatMap { tag in ["href", "src", "srcset"].compactMap { tag.attributes[$0] } }
    }

    /// Whether a scheme begins the link: a small letter, and such, digits, `+`, `-`, `.` up to a colon.
    static func isExternal(_ link: String) -> Bool {
        let scheme = link.utf8.prefix { isOfScheme($0) }
        return scheme.first.map { UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 } == true
            && link.utf8[scheme.endIndex...].first == UInt8(ascii: ":")
    }

    private static func isOfScheme(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"),
            UInt8(ascii: "."), UInt8(ascii: "-"):
            true
        default: false
        }
    }

    /// The file that a relative link on a page means, and the place in it.
    static func target(of link: String, from page: String, base: String = "") -> (file: String, fragment: String) {
        let parts = link.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        let fragment = parts.count > 1 ? String(parts[1]) : ""
        guard !parts[0].isEmpty else { return (page, fragment) }
        if !base.isEmpty && parts[0].hasPrefix(base) {
            let path = parts[0].dropFirst(base.count)
            return (path.isEmpty || path.hasSuffix("/") ? path + "index.html" : String(path), fragment)
        }
        var folders = page.split(separator: "/").dropLast().map(String.init)
        for step in parts[0].split(separator: "/", omittingEmptySubsequences: false) where step != "." {
            if step == ".." {
                // One step too many leaves the site, which no file's path does.
                guard !folders.isEmpty else { return (String(parts[0]), fragment) }
                folders.removeLast()
            } else {
                folders.append(String(step))
            }
        }
        return (folders.joined(separator: "/"), fragment)
    }
}
