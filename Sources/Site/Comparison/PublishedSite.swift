import Foundation
import Learn

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// What a site, in a folder or on the web, says about its networks: what another site is compared with.
public struct PublishedSite: Sendable {
    /// Names of the networks that it tells of, in the order of its pages.
    public let networks: [String]
    /// By network.
    let results: [String: Result]
    /// Whether there is a site of a version that did not list its networks, so that nothing can be said of them.
    public let isOfEarlierVersion: Bool

    struct Result: Sendable {
        let record: Record
        /// By tensor name.
        let weights: [String: Tensor]
    }

    /// The part of `data/<network>.json` that the training determines.
    struct Record: Decodable, Sendable {
        let configuration: Configuration
        let dataDigests: [String: String]
        let history: [EpochMetrics]
        let confusionMatrix: [[Int]]
    }

    init(networks: [String], results: [String: Result], isOfEarlierVersion: Bool = false) {
        self.networks = networks
        self.results = results
        self.isOfEarlierVersion = isOfEarlierVersion
    }

    /// The file that lists the networks.
    static let listPath = "networks.json"

    static func list(of networks: [String]) throws -> Data {
        try SiteBuilder.step("encode", listPath) { try JSONEncoder().encode(networks) }
    }

    /// Whether there was a site at all.
    public var isEmpty: Bool { results.isEmpty }
}

extension PublishedSite {
    /// Reads records and weights of all networks.
    ///
    /// - Parameters:
    ///   - location: a folder, or an http or https address. Where nothing is, or a page for people instead, there is an
    ///     empty site.
    ///   - others: networks by whose records a site that lists none is known, if it has no day of publication.
    /// - Throws: ``SiteError/step(_:path:cause:)`` for what is there and cannot be read.
    public init(at location: String, knownBy others: [String] = []) async throws {
        guard let list = try await PublishedSite.content(of: PublishedSite.listPath, at: location) else {
            let traces = [PublicationRecord.path] + others.map(PublishedSite.recordPath)
            var isThere = false
            for path in traces where !isThere {
                isThere = try await PublishedSite.content(of: path, at: location) != nil
            }
            self.init(networks: [], results: [:], isOfEarlierVersion: isThere)
            return
        }
        var results: [String: Result] = [:]
        let networks = try PublishedSite.networks(list, at: location)
        for network in networks {
            let (recordPath, weightsPath) = (PublishedSite.recordPath(network), "models/\(network).safetensors")
            guard let record = try await PublishedSite.content(of: recordPath, at: location) else {
                throw SiteError.step(
                    "read", path: location,
                    cause: "its \(PublishedSite.listPath) names \(network), but there is no \(recordPath)")
            }
            guard let weights = try await PublishedSite.content(of: weightsPath, at: location) else {
                throw SiteError.step("read", path: location, cause: "it has \(recordPath) but no \(weightsPath)")
            }
            results[network] = Result(
                record: try SiteBuilder.step("read", "\(location): \(recordPath)") {
                    try JSONDecoder().decode(Record.self, from: record)
                },
                weights: try SiteBuilder.step("read", "\(location): \(weightsPath)") {
                    let file = try Safetensors.File([UInt8](weights))
                    return try Dictionary(uniqueKeysWithValues: file.names.map { ($0, try file.tensor($0)) })
                })
        }
        self.init(networks: networks, results: results)
    }

    private static func recordPath(_ network: String) -> String { "data/\(network).json" }

    /// Names that are fit to be parts of addresses.
    private static func networks(_ list: Data, at location: String) throws -> [String] {
        try SiteBuilder.step("read", "\(location): \(listPath)") {
            let names = try JSONDecoder().decode([String].self, from: list)
            if let odd = names.first(where: { $0.wholeMatch(of: /[A-Za-z0-9_-]+/) == nil }) {
                throw SiteError.malformed(file: listPath, line: nil, problem: "\(odd.inQuotes) is no network's name")
            }
            return names
        }
    }

    /// A file's content, or nil if it is not there.
    static func content(of path: String, at location: String) async throws -> Data? {
        guard SiteAddress.isMeant(by: location) else {
            let file = URL(filePath: location).appending(path: path)
            guard FileManager.default.fileExists(atPath: file.path) else { return nil }
            return try SiteBuilder.step("read", file.path) { Data(try OpenFile.contents(of: file)) }
        }
        var parts = URLComponents(string: location)
        let scheme = parts?.scheme?.lowercased()
        parts?.scheme = scheme
        guard let address = parts?.url, ["http", "https"].contains(scheme), address.host()?.isEmpty == false else {
            throw SiteError.step("read", path: location, cause: "neither a folder nor an http or https address")
        }
        return try await download(address.appending(path: path))
    }

    private static func download(_ address: URL) async throws -> Data? {
        // Never the copy that some cache keeps of the site before the published one.
        let session = URLSession(configuration: .ephemeral)
        defer { session.invalidateAndCancel() }
        let request = URLRequest(url: address, cachePolicy: .reloadIgnoringLocalCacheData, timeoutInterval: 60)
        let (content, response): (Data, URLResponse)
        do {
            (content, response) = try await session.data(for: request)
        } catch {
            throw SiteError.step("fetch", path: address.absoluteString, cause: error.localizedDescription)
        }
        let status = (response as? HTTPURLResponse)?.statusCode ?? 0
        // Some hosts answer with a page, and as if all were well, where there is nothing.
        if status == 404 || (status == 200 && isPage(content, response)) { return nil }
        guard status == 200 else {
            throw SiteError.step(
                "fetch", path: address.absoluteString, cause: "the server answered with status \(status)")
        }
        return content
    }

    /// Whether that is a page for people rather than a record or weights.
    private static func isPage(_ content: Data, _ response: URLResponse) -> Bool {
        if ["text/html", "application/xhtml+xml"].contains(response.mimeType?.lowercased()) { return true }
        let start = String(decoding: content.prefix(64), as: UTF8.self).lowercased().drop { $0.isWhitespace }
        return start.hasPrefix("<!doctype html") || start.hasPrefix("<html")
    }
}
