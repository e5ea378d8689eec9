import Foundation

/// Where a site is on the web: the address of its folder, in one spelling.
public struct SiteAddress: Sendable, Equatable {
    /// Ends in a slash.
    public let text: String
    /// The part after the host, for links that must work at any depth: a slash on both ends, never two in a row, which
    /// at its beginning would be another host.
    let path: String

    /// - Parameter text: an http or https address, of which neither scheme nor host depend on case.
    /// - Returns: nil for anything else, and for an address with a user, which would be published, a query or a
    /// fragment.
    public init?(_ text: String) {
        guard let parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased(),
            ["http", "https"].contains(scheme), let host = parts.encodedHost?.lowercased(), !host.isEmpty,
            parts.user == nil, parts.query == nil, parts.fragment == nil
        else { return nil }
        guard (parts.port ?? 1) <= UInt16.max else { return nil }
        let steps = SiteAddress.steps(of: parts.percentEncodedPath)
        path = "/" + steps.map { $0 + "/" }.joined()
        self.text = "\(scheme)://\(host)" + (parts.port.map { ":\($0)" } ?? "") + path
    }

    /// The folders on the way, as a browser understands the path.
    private static func steps(of path: String) -> [Substring] {
        var steps: [Substring] = []
        for step in path.split(separator: "/") {
            switch step.lowercased().replacing("%2e", with: ".") {
            case ".": continue
            case "..": _ = steps.popLast()
            default: steps.append(step)
            }
        }
        return steps
    }

    /// The address of one of the site's files.
    func address(of file: String) -> String { text + file }

    /// Whether a text was meant as an address: then it names no folder.
    static func isMeant(by text: String) -> Bool { text.prefixMatch(of: /[A-Za-z][A-Za-z0-9+.\-]*:\/\//) != nil }
}
