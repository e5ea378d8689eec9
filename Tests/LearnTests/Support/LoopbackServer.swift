import Foundation

/// A real HTTP server on the loopback interface, as well or badly behaved as a test needs it.
final class LoopbackServer: Sendable {
    enum Answer: Sendable {
        case content([UInt8])
        /// Calls the compression of the content, gzip, an encoding of what is inside.
        case encoded([UInt8])
        case status(Int)
        case redirect(to: String)
        /// Promises the whole content, sends its first half and hangs up.
        case cutOff([UInt8])
        /// Sends the first half and falls silent.
        case silence([UInt8])
        /// Sends a byte now and then, and never ends.
        case drip
        /// Sends the content without telling how much is to come.
        case unmeasured([UInt8])
    }

    private let port: LoopbackPort
    var address: String { port.address }

    #if os(Linux)
        static let streamType = Int32(SOCK_STREAM.rawValue)
    #else
        static let streamType = SOCK_STREAM
    #endif

    init(_ answer: @escaping @Sendable (_ path: String) -> Answer) throws {
        port = try LoopbackPort()
        guard listen(port.socket, 128) == 0 else { throw POSIXError(.EADDRNOTAVAIL) }
        Thread.detachNewThread { [port] in
            while true {
                let connection = accept(port.socket, nil, nil)
                if connection < 0 { break }
                Thread.detachNewThread { LoopbackServer.serve(connection, answer) }
            }
        }
    }

    /// Wakes the thread that listens and holds the port.
    deinit { shutdown(port.socket, Int32(SHUT_RDWR)) }

    private static func serve(_ connection: Int32, _ answer: (String) -> Answer) {
        defer { close(connection) }
        var request = [UInt8](repeating: 0, count: 1 << 14)
        let count = recv(connection, &request, request.count, 0)
        let words = String(decoding: request.prefix(max(0, count)), as: UTF8.self).split(separator: " ")
        guard words.count > 1 else { return }
        switch answer(String(words[1])) {
        case .content(let content):
            _ = send(connection, head(200, length: content.count) + content)
        case .encoded(let content):
            _ = send(connection, head(200, length: content.count, "Content-Encoding: gzip\r\n") + content)
        case .status(let status):
            _ = send(connection, head(status, length: 0))
        case .redirect(let target):
            _ = send(connection, head(302, length: 0, "Location: \(target)\r\n"))
        case .cutOff(let content):
            sendHalf(connection, content)
        case .silence(let content):
            sendHalf(connection, content)
            // Until the other side hangs up.
            _ = recv(connection, &request, request.count, 0)
        case .drip:
            guard send(connection, head(200, length: 1 << 20)) else { return }
            while send(connection, [0x1F]) { usleep(20_000) }
        case .unmeasured(let content):
            _ = send(connection, head(200, length: nil) + content)
        }
    }

    private static func sendHalf(_ connection: Int32, _ content: [UInt8]) {
        _ = send(connection, head(200, length: content.count) + content.prefix(content.count / 2))
    }

    private static func head(_ status: Int, length: Int?, _ more: String = "") -> [UInt8] {
        let promised = length.map { "Content-Length: \($0)\r\n" } ?? ""
        return Array("HTTP/1.1 \(status) Test\r\n\(promised)\(more)Connection: close\r\n\r\n".utf8)
    }

    private static func send(_ connection: Int32, _ bytes: [UInt8]) -> Bool {
        #if os(Linux)
            let flags = Int32(MSG_NOSIGNAL)
        #else
            let flags: Int32 = 0
        #endif
        var sent = 0
        while sent < bytes.count {
            let result = bytes.withUnsafeBytes {
                Foundation.send(connection, $0.baseAddress! + sent, bytes.count - sent, flags)
            }
            if result <= 0 { return false }
            sent += result
        }
        return true
    }
}

/// A port of the loopback interface that is nobody else's as long as this exists, and at which nobody answers unless a
/// server listens there.
final class LoopbackPort: Sendable {
    let socket: Int32
    let address: String

    init() throws {
        #if os(Linux)
            let stream = Int32(SOCK_STREAM.rawValue)
        #else
            let stream = SOCK_STREAM
        #endif
        let socket = Foundation.socket(AF_INET, stream, 0)
        var name = sockaddr_in()
        name.sin_family = sa_family_t(AF_INET)
        name.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &name) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(socket, $0, length) == 0 && getsockname(socket, $0, &length) == 0
            }
        }
        guard isBound else { throw POSIXError(.EADDRNOTAVAIL) }
        self.socket = socket
        address = "http://127.0.0.1:\(UInt16(bigEndian: name.sin_port))/"
    }

    deinit { close(socket) }
}
