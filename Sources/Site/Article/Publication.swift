import Foundation

/// Where and when the site is published, as far as that is known.
public struct Publication: Sendable {
    /// Address of the site, ending in a slash; nil if it is not known.
    let address: String?
    /// The day of publication, at midnight UTC.
    let date: Date?

    /// - Parameters:
    ///   - address: where the site will be published.
    ///   - date: any moment of the day of publication.
    public init(address: URL? = nil, date: Date? = nil) {
        self.address = address.map { $0.absoluteString.hasSuffix("/") ? $0.absoluteString : $0.absoluteString + "/" }
        self.date = date.map { Date(timeIntervalSince1970: ($0.timeIntervalSince1970 / 86400).rounded(.down) * 86400) }
    }

    /// The part of the address after the host, for links that must work at any depth; empty if it is not known.
    var path: String { address.flatMap(URL.init(string:))?.path(percentEncoded: true) ?? "" }

    /// The day as `2026-11-24`.
    var day: String? { date?.formatted(.iso8601.year().month().day()) }

    /// The day as the language writes it.
    func day(in language: Language) -> String? {
        let locale = Locale(identifier: language.locale)
        var style = Date.FormatStyle(date: .long, time: .omitted, locale: locale)
        style.timeZone = .gmt
        return date?.formatted(style)
    }

    /// The address of a file of the site; nil if the site's is not known.
    func address(of path: String) -> String? { address.map { $0 + path } }

    /// How to cite the article, in BibTeX; braces and what else means something to LaTeX are written out.
    func citation(title: String, runs: [String]) -> String {
        var fields = [("title", title.escapedLaTeX)]
        if let day { fields.append(("year", String(day.prefix(4)))) }
        if let address { fields.append(("url", address)) }
        fields.append(("note", runs.joined(separator: "; ")))
        let lines = fields.map { "  \($0.0) = {\($0.1)}," }.joined(separator: "\n")
        return "@misc{fashion-mnist-visualized,\n\(lines)\n}"
    }
}

extension String {
    /// The text as LaTeX sets it; braces by their names, since BibTeX counts them.
    fileprivate var escapedLaTeX: String {
        unicodeScalars.map { scalar in
            switch scalar {
            case "\\": "{\\textbackslash}"
            case "{": "{\\textbraceleft}"
            case "}": "{\\textbraceright}"
            case "~": "{\\textasciitilde}"
            case "^": "{\\textasciicircum}"
            case "&", "%", "$", "#", "_": "\\\(scalar)"
            default: String(scalar)
            }
        }.joined()
    }
}
