import Foundation

/// A request, as far as the preview needs it.
struct HTTPRequest: Equatable {
    let method: String
    /// Path without the query, percent signs resolved, always beginning with a slash.
    let path: String
    /// The host names that the reader has asked for; one in any browser's request.
    let hosts: [String]

    /// - Parameter head: the request up to the empty line.
    /// - Returns: nil if that is no HTTP request.
    init?(head: String) {
        // By bytes, since there are characters that hold a line break, and others that look like one.
        let lines = head.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            .map { Substring($0).trimming(while: { $0 == "\r" || $0 == " " || $0 == "\t" }) }
        let parts = (lines.first ?? "").split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[2].hasPrefix("HTTP/1."), parts[1].hasPrefix("/") else { return nil }
        guard let path = parts[1].prefix(while: { $0 != "?" }).removingPercentEncoding, !path.contains("\0") else {
            return nil
        }
        method = String(parts[0])
        self.path = path
        hosts = lines.dropFirst().filter { $0.lowercased().hasPrefix("host:") }
            .map { String($0.dropFirst("host:".count).trimming(while: { $0 == " " || $0 == "\t" })) }
    }

    /// Whether the reader has asked for this machine by one of its own names. A page from elsewhere whose name was made
    /// to lead here would read along otherwise.
    var isForThisMachine: Bool {
        hosts.count <= 1
            && hosts.allSatisfy { $0.wholeMatch(of: /(?i)(localhost|127\.0\.0\.1|\[::1\])(:[0-9]+)?/) != nil }
    }

    /// The path below a folder, or nil if it leads out of it.
    var pathInFolder: String? {
        let steps = path.split(separator: "/")
        guard !steps.contains("..") else { return nil }
        return steps.joined(separator: "/") + (path.hasSuffix("/") ? (steps.isEmpty ? "" : "/") + "index.html" : "")
    }
}

extension Substring {
    fileprivate func trimming(while isBlank: (Character) -> Bool) -> Substring {
        var rest = drop(while: isBlank)
        while let last = rest.last, isBlank(last) { rest.removeLast() }
        return rest
    }
}

/// An answer to a request.
struct HTTPResponse {
    var status = 200
    var type = "text/plain; charset=utf-8"
    var location: String?
    var body = Data()

    /// The answer as it goes over the wire.
    ///
    /// - Parameter hasBody: false to answer a HEAD request.
    func bytes(hasBody: Bool) -> [UInt8] {
        let reasons = [
            200: "OK", 301: "Moved Permanently", 400: "Bad Request", 404: "Not Found",
            405: "Method Not Allowed", 421: "Misdirected Request",
        ]
        var head = "HTTP/1.1 \(status) \(reasons[status] ?? "")\r\n"
        head += "Content-Type: \(type)\r\nContent-Length: \(body.count)\r\n"
        head += "Cache-Control: no-store\r\nConnection: close\r\n"
        if let location { head += "Location: \(location)\r\n" }
        return Array((head + "\r\n").utf8) + (hasBody ? body : Data())
    }

    /// Sends the reader of a folder to its page.
    ///
    /// - Parameter path: of the folder in the site. Not as it was asked for: `//name` would lead to another host.
    static func redirect(toFolder path: String) -> HTTPResponse {
        let encoded = path.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? ""
        return HTTPResponse(status: 301, location: "/\(encoded)/")
    }

    /// The media type that goes with a file's name.
    static func type(of path: String) -> String {
        let types = [
            "html": "text/html; charset=utf-8", "css": "text/css; charset=utf-8",
            "js": "text/javascript; charset=utf-8", "json": "application/json", "csv": "text/csv; charset=utf-8",
            "svg": "image/svg+xml", "png": "image/png", "xml": "application/xml",
        ]
        return types[URL(filePath: path).pathExtension] ?? "application/octet-stream"
    }
}
