import Foundation

/// A small HTTP server for this machine alone.
///
/// One thread watches all connections, so that one that is slow or silent keeps nobody waiting; where there are too
/// many, the oldest is closed.
final class HTTPServer: Sendable {
    private let socket: Int32
    let port: UInt16
    private let patience: Duration

    /// Listens on the loopback interface.
    ///
    /// - Parameters:
    ///   - port: 0 for any that is free.
    ///   - patience: after which a connection is closed on which nothing goes on.
    /// - Throws: ``SiteError/step(_:path:cause:)`` if the port is taken.
    init(port: UInt16, patience: Duration = .seconds(10)) throws {
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
        // One that went away between the look and the call must not keep the others waiting.
        guard isListening, fcntl(socket, F_SETFL, O_NONBLOCK) == 0 else {
            let error = HTTPServer.failure(port)
            close(socket)
            throw error
        }
        self.socket = socket
        self.port = UInt16(bigEndian: address.sin_port)
        self.patience = patience
    }

    deinit { close(socket) }

    /// Answers requests for as long as the program runs.
    ///
    /// - Throws: ``SiteError/step(_:path:cause:)`` if the system no longer lets it.
    func serve(_ answer: (HTTPRequest) -> HTTPResponse) throws -> Never {
        // Oldest first.
        var connections: [HTTPConnection] = []
        while true {
            var watched = [pollfd(fd: socket, events: Int16(POLLIN), revents: 0)] + connections.map(\.watched)
            guard poll(&watched, nfds_t(watched.count), HTTPServer.timeout(connections)) >= 0 || errno == EINTR else {
                throw HTTPServer.failure(port)
            }
            for (connection, seen) in zip(connections, watched.dropFirst()) where seen.revents != 0 {
                connection.goOn(answer)
            }
            let now = ContinuousClock.now
            connections.removeAll { $0.isDone || $0.deadline < now }
            if watched[0].revents != 0 { try welcome(&connections) }
        }
    }

    /// Takes the next connection, if it has not gone away meanwhile.
    private func welcome(_ connections: inout [HTTPConnection]) throws {
        if connections.count >= HTTPServer.mostConnections { connections.removeFirst() }
        let connection = accept(socket, nil, nil)
        if connection >= 0 {
            connections.append(HTTPConnection(connection, patience: patience))
            return
        }
        switch errno {
        case EBADF, EINVAL, ENOTSOCK, EFAULT: throw HTTPServer.failure(port)
        case EMFILE, ENFILE, ENOBUFS, ENOMEM:
            // Others of this machine may have taken what is missing.
            if connections.isEmpty { _ = poll(nil, 0, 100) } else { connections.removeFirst() }
        default: break
        }
    }

    /// Part of what the process may open: the site's files, and what it is made from, want the rest.
    private static let mostConnections: Int = {
        var limit = rlimit()
        guard getrlimit(openFiles, &limit) == 0 else { return 64 }
        return Int(max(1, min(64, limit.rlim_cur / 4)))
    }()

    /// Milliseconds until the first connection is given up; -1, for ever, if there is none.
    private static func timeout(_ connections: [HTTPConnection]) -> Int32 {
        guard let first = connections.map(\.deadline).min() else { return -1 }
        let milliseconds = (first - ContinuousClock.now) / .milliseconds(1)
        return Int32(min(max(0, milliseconds.rounded(.up)), 60_000))
    }

    private static func failure(_ port: UInt16) -> SiteError {
        let cause = String(cString: strerror(errno))
        return .step("serve", path: "127.0.0.1:\(port)", cause: "\(cause); name another port with --port")
    }

    #if canImport(Darwin)
        private static let streamType = SOCK_STREAM
        private static let openFiles = RLIMIT_NOFILE
    #else
        private static let streamType = Int32(SOCK_STREAM.rawValue)
        private static let openFiles = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    #endif
}
