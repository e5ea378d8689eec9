import Foundation
import Render

/// The page that says what each number and claim of the site means: sections of definitions, each with the key as its id.
struct NumbersPage {
    let facts: Facts
    let words: Words
    let templates: TemplateFolder
    let networks: [String]

    /// - Throws: ``SiteError`` if a definition is missing.
    func sections() throws -> [Article.Section] {
        let definitions = try Definitions(facts, words)
        var sections: [Article.Section] = []
        for (id, title, subjects) in try groups() {
            let facts = facts.facts.filter { subjects($0.subject) }
            let claims = self.facts.claims.filter { subjects($0.subject) }
            guard !facts.isEmpty || !claims.isEmpty else { continue }
            sections.append(
                Article.Section(
                    id: id, number: sections.count + 1, title: title.escapedMarkup,
                    body: try templates.render(
                        "partials/numbers",
                        [
                            "facts": facts.map { try values(of: $0, definitions) },
                            "claims": claims.map { try values(of: $0, definitions) },
                        ])))
        }
        return sections
    }

    /// Ids and titles of the sections, and what belongs to them. Ids have no dot, as all keys have.
    private func groups() throws -> [(id: String, title: String, holds: (FactSubject) -> Bool)] {
        var groups: [(String, String, (FactSubject) -> Bool)] = [
            ("data", try words("numbers.data"), { [.data, .sample].contains($0) })
        ]
        for network in networks {
            let name = try words("network.\(network)")
            groups.append(
                ("network-\(network)", name, { $0.network == network && !$0.isLayer && !$0.isComparison }))
            groups.append(
                (
                    "layers-\(network)", try words("numbers.layers", ["network": name]),
                    {
                        $0.network == network && $0.isLayer
                    }
                ))
        }
        groups.append(("comparisons", try words("numbers.comparisons"), \.isComparison))
        groups.append(("rules", try words("numbers.rules"), { [.maps, .kernels, .rules].contains($0) }))
        return groups
    }

    private func values(of fact: Fact, _ definitions: Definitions) throws -> [String: Any] {
        // Nothing in it comes from outside but networks' keys, which have no such signs.
        let source = try Words.Part(
            text: words("numbers.source", ["source": definitions.source(of: fact)]), isValue: false)
        return try [
            "id": fact.key, "key": fact.key, "text": fact.quantity.map { try words($0) } ?? "–",
            "hasValue": fact.quantity?.machineReadable != nil, "value": fact.quantity?.machineReadable ?? "",
            "definition": definitions.parts(of: fact).markedUp, "hasFormula": fact.formula != nil,
            "formula": fact.formula ?? "",
            "source": [source].markedUp,
        ]
    }

    private func values(of claim: Claim, _ definitions: Definitions) throws -> [String: Any] {
        let reasons = try Robustness.Change.allCases.filter(claim.turnedBy.contains).map {
            try words("turned.\($0.rawValue)")
        }
        return try [
            // A fact can have the same key: the number on which the verdict is passed.
            "id": "claim-\(claim.key)", "key": claim.key, "text": claim.outcome,
            "definition": definitions.parts(of: claim).markedUp,
            "isTurned": !reasons.isEmpty, "turned": words("numbers.turned", ["reasons": words.list(reasons)]),
        ]
    }
}

extension FactSubject {
    fileprivate var isLayer: Bool { if case .layer = self { true } else { false } }

    fileprivate var isComparison: Bool {
        switch self {
        case .all, .study, .seeds, .factors, .cell, .contrast, .equal, .pair, .other: true
        default: false
        }
    }
}

extension [Words.Part] {
    /// HTML of a definition, in which names of the program stand between backquotes. Such signs in a value are its own.
    fileprivate var markedUp: String {
        var (html, isCode) = ("", false)
        for part in self {
            let pieces = part.isValue ? [part.text] : part.text.components(separatedBy: "`")
            for (index, piece) in pieces.enumerated() {
                if index > 0 {
                    html += isCode ? "</code>" : "<code>"
                    isCode.toggle()
                }
                html += piece.escapedMarkup
            }
        }
        return html + (isCode ? "</code>" : "")
    }
}
