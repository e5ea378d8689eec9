import Foundation

/// A small HTTP server for this machine alone.
final class HTTPServer: Sendable {
    private let socket: Int32
    let port: UInt16
    private let queue = DispatchQueue(label: "preview", attributes: .concurrent)

    /// Listens on the loopback interface.
    ///
    /// - Parameter port: 0 for any that is free.
    /// - Throws: ``SiteError/step(_:path:cause:)`` if the port is taken.
    init(port: UInt16) throws {
        let socket = Foundation.socket(AF_INET, HTTPServer.streamType, 0)
        guard socket >= 0 else { throw HTTPServer.failure(port) }
        var reuse: Int32 = 1
        setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &reuse, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isListening = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(socket, address, length) == 0 && listen(socket, 64) == 0
                    && getsockname(socket, address, &length) == 0
            }
        }
        guard isListening else {
            let error = HTTPServer.failure(port)
            close(socket)
            throw error
        }
        self.socket = socket
        self.port = UInt16(bigEndian: address.sin_port)
    }

    deinit { close(socket) }

    /// Answers requests, each on a thread of its own, for as long as the program runs.
    func serve(_ answer: @escaping @Sendable (HTTPRequest) -> HTTPResponse) {
        while true {
            let connection = accept(socket, nil, nil)
            if connection < 0 {
                if errno == EINTR || errno == ECONNABORTED { continue }
                return
            }
            queue.async {
                HTTPServer.handle(connection, answer)
                close(connection)
            }
        }
    }

    private static func handle(_ connection: Int32, _ answer: (HTTPRequest) -> HTTPResponse) {
        var patience = timeval(tv_sec: 10, tv_usec: 0)
        setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        guard let head = readHead(connection) else { return }
        guard let request = HTTPRequest(head: head) else {
            write(HTTPResponse(status: 400).bytes(hasBody: true), to: connection)
            return
        }
        guard ["GET", "HEAD"].contains(request.method) else {
            write(HTTPResponse(status: 405).bytes(hasBody: true), to: connection)
            return
        }
        write(answer(request).bytes(hasBody: request.method == "GET"), to: connection)
    }

    /// The request up to the empty line; nil if it does not come, or is longer than any browser's.
    private static func readHead(_ connection: Int32) -> String? {
        var head: [UInt8] = []
        while head.count < 1 << 16 {
            var chunk = [UInt8](repeating: 0, count: 4096)
            let count = recv(connection, &chunk, chunk.count, 0)
            guard count > 0 else { return nil }
            head += chunk.prefix(count)
            if head.contains(Array("\r\n\r\n".utf8)) { return String(decoding: head, as: UTF8.self) }
        }
        return nil
    }

    /// A reader who has gone away is no error.
    private static func write(_ data: Data, to connection: Int32) {
        data.withUnsafeBytes { buffer in
            var rest = buffer[...]
            while !rest.isEmpty {
                let count = send(connection, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count, noSignal)
                guard count > 0 else { return }
                rest = rest.dropFirst(count)
            }
        }
    }

    private static func failure(_ port: UInt16) -> SiteError {
        let cause = String(cString: strerror(errno))
        return .step("serve", path: "127.0.0.1:\(port)", cause: "\(cause); name another port with --port")
    }

    #if canImport(Darwin)
        private static let streamType = SOCK_STREAM
        private static let noSignal: Int32 = 0
    #else
        private static let streamType = Int32(SOCK_STREAM.rawValue)
        private static let noSignal = Int32(MSG_NOSIGNAL)
    #endif
}
