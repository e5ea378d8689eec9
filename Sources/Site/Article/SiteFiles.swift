import Foundation

/// A file of the site by its path.
typealias TextFile = (path: String, text: String)

/// The files that lead to the pages: for lost readers, for search engines, for feed readers.
struct SiteFiles {
    /// One for each language.
    let words: [Words]
    let templates: TemplateFolder
    /// Of the site's pages.
    let kinds: [SitePage.Kind]
    /// Path in the site of the folder that holds what pages load.
    let parts: String
    let publication: Publication

    /// The files by path. Feeds and a site map need the site's address, feeds its date as well.
    func all() throws -> [TextFile] {
        var files: [TextFile] = [("404.html", try notFound())]
        guard let address = publication.address else { return files }
        files.append(("sitemap.xml", try siteMap(address)))
        guard let day = publication.day else { return files }
        for words in words { files.append((words.language.feedPath, try feed(words, address, day))) }
        return files
    }

    private func notFound() throws -> String {
        // Without an address it can only be shown at the site's root.
        let pages = try words.map { words in
            let home = words.language.home
            return try [
                "language": words.language.code, "text": words("notFound.text"), "title": words("page.title"),
                "address": publication.path + (publication.address == nil ? home.path : home.folder),
            ]
        }
        return try templates.render(
            "404", ["parts": publication.path + parts, "pages": pages, "language": words.first?.language.code ?? ""])
    }

    private func siteMap(_ address: SiteAddress) throws -> String {
        let pages = kinds.flatMap { kind in
            let all = words.map { SitePage(kind: kind, language: $0.language) }
            let alternates =
                all.map { ["code": $0.language.code, "link": address.address(of: $0.folder)] }
                + all.prefix(1).map { ["code": "x-default", "link": address.address(of: $0.folder)] }
            return all.map { page in
                [
                    "address": address.address(of: page.folder), "hasDate": publication.day != nil,
                    "date": publication.day?.text ?? "", "alternates": alternates,
                ] as [String: Any]
            }
        }
        return try templates.render("sitemap", ["pages": pages])
    }

    private func feed(_ words: Words, _ address: SiteAddress, _ day: Day) throws -> String {
        try templates.render(
            "feed",
            [
                "language": words.language.code, "feed": address.address(of: words.language.feedPath),
                "address": address.address(of: words.language.home.folder), "moment": day.text + "T00:00:00Z",
                "siteName": words("page.siteName"), "title": words("page.title"),
                "description": words("page.description"),
            ])
    }
}

extension Language {
    var feedPath: String { home.folder + "feed.xml" }

    /// The image for links to the language's page, among what the pages load.
    var cardPath: String { "assets/card.\(code).png" }
}
