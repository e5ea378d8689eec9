import Foundation

/// The first line of a request, as far as the preview needs it.
struct HTTPRequest: Equatable {
    let method: String
    /// Path without the query, percent signs resolved, always beginning with a slash.
    let path: String

    /// - Parameter head: the request up to the empty line.
    /// - Returns: nil if that is no HTTP request.
    init?(head: String) {
        let line = head.split(whereSeparator: \.isNewline).first ?? ""
        let parts = line.split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[2].hasPrefix("HTTP/1."), parts[1].hasPrefix("/") else { return nil }
        guard let path = parts[1].prefix(while: { $0 != "?" }).removingPercentEncoding, !path.contains("\0") else {
            return nil
        }
        method = String(parts[0])
        self.path = path
    }

    /// The path below a folder, or nil if it leads out of it.
    var pathInFolder: String? {
        let steps = path.split(separator: "/")
        guard !steps.contains("..") else { return nil }
        return steps.joined(separator: "/") + (path.hasSuffix("/") ? (steps.isEmpty ? "" : "/") + "index.html" : "")
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
    func bytes(hasBody: Bool) -> Data {
        let reasons = [
            200: "OK", 301: "Moved Permanently", 400: "Bad Request", 404: "Not Found",
            405: "Method Not Allowed",
        ]
        var head = "HTTP/1.1 \(status) \(reasons[status] ?? "")\r\n"
        head += "Content-Type: \(type)\r\nContent-Length: \(body.count)\r\n"
        head += "Cache-Control: no-store\r\nConnection: close\r\n"
        if let location { head += "Location: \(location)\r\n" }
        return Data((head + "\r\n").utf8) + (hasBody ? body : Data())
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
