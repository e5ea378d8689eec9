import Testing

@testable import Site

/// Those of the package's own site.
extension Language {
    static let allCases = try! Language.all(in: TestSite.templates)
    static let japanese = named("ja")
    static let english = named("en")

    static func named(_ code: String) -> Language { allCases.first { $0.code == code }! }
}

extension Language: CustomTestStringConvertible {
    public var testDescription: String { code }
}
