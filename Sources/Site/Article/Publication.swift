import Foundation

/// Where and when the site is published, as far as that is known.
public struct Publication: Sendable {
    let address: SiteAddress?
    /// The day of publication.
    var day: Day?
    /// What the site published before says of itself: if nothing else has changed since, its day stays.
    let previous: PublicationRecord?

    public init(address: SiteAddress? = nil, day: Day? = nil, previous: PublicationRecord? = nil) {
        self.address = address
        self.day = day
        self.previous = previous
    }

    /// The same on another day.
    func on(_ day: Day) -> Publication { Publication(address: address, day: day, previous: previous) }

    /// The part of the address after the host, for links that must work at any depth; empty if it is not known.
    var path: String { address?.path ?? "" }

    /// How to cite the article, in BibTeX; braces and what else means something to LaTeX are written out.
    func citation(title: String, runs: [String]) -> String {
        var fields = [("title", title.escapedLaTeX)]
        if let day { fields.append(("year", String(day.text.prefix(4)))) }
        if let address { fields.append(("url", address.text)) }
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
