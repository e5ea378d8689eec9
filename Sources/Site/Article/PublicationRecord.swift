import Foundation
import Learn

/// What a published site says of itself, so that the next one can tell whether anything has changed.
public struct PublicationRecord: Codable, Equatable, Sendable {
    static let path = "publication.json"

    /// The day of publication.
    private let date: String
    /// SHA-256 over the paths and digests of all other files.
    private let digest: String

    /// - Parameter files: the digest of each other file by path.
    init(day: Day, files: [String: String]) {
        date = day.text
        let lines = files.sorted { $0.key < $1.key }.map { "\($0.value)  \($0.key)\n" }
        digest = SHA256.hex(lines.joined().utf8)
    }

    var day: Day? { Day(date) }

    /// The record as JSON, in a line.
    func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
    }
}

extension PublicationRecord {
    /// The record of a site in a folder or on the web.
    ///
    /// - Returns: nil where no site is, or another than a build makes.
    /// - Throws: ``SiteError/step(_:path:cause:)`` for what is there and cannot be read.
    public init?(at location: String) async throws {
        guard let content = try await PublishedSite.content(of: PublicationRecord.path, at: location),
            let record = try? JSONDecoder().decode(PublicationRecord.self, from: content)
        else { return nil }
        self = record
    }
}
