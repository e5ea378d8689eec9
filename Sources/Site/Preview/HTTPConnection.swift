import Foundation

/// One connection to a reader, of which nothing is ever waited for.
final class HTTPConnection {
    private let descriptor: Int32
    private let patience: Duration
    private var head: [UInt8] = []
    /// What is still to be sent; nil until the request has come.
    private var rest: ArraySlice<UInt8>?
    /// Whether the answer was sent, or the reader has gone away, which is no error.
    private(set) var isDone = false
    /// When it is given up, unless it goes on.
    private(set) var deadline: ContinuousClock.Instant

    init(_ descriptor: Int32, patience: Duration) {
        self.descriptor = descriptor
        self.patience = patience
        deadline = .now + patience
    }

    deinit { close(descriptor) }

    /// What poll(2) is to wait for.
    var watched: pollfd {
        pollfd(fd: descriptor, events: Int16(rest == nil ? POLLIN : POLLOUT), revents: 0)
    }

    /// Reads or sends as much as can be without waiting.
    func goOn(_ answer: (HTTPRequest) -> HTTPResponse) {
        if rest == nil { read(answer) }
        while let next = rest, !isDone { guard send(next) else { return } }
    }

    /// The time for the request does not begin anew with each of its bytes.
    private func read(_ answer: (HTTPRequest) -> HTTPResponse) {
        var chunk = [UInt8](repeating: 0, count: 4096)
        let count = recv(descriptor, &chunk, chunk.count, Int32(MSG_DONTWAIT))
        guard count > 0 else {
            isDone = count == 0 || !HTTPConnection.isPassing(errno)
            return
        }
        head += chunk.prefix(count)
        if head.contains(Array("\r\n\r\n".utf8)) {
            rest = HTTPConnection.reply(to: String(decoding: head, as: UTF8.self), answer)[...]
        } else if head.count > 1 << 16 {
            // Longer than any browser's.
            rest = HTTPResponse(status: 400).bytes(hasBody: true)[...]
        }
    }

    /// - Returns: whether something was sent.
    private func send(_ bytes: ArraySlice<UInt8>) -> Bool {
        let count = bytes.withUnsafeBytes {
            Foundation.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_DONTWAIT) | HTTPConnection.noSignal)
        }
        guard count > 0 else {
            isDone = !HTTPConnection.isPassing(errno)
            return false
        }
        rest = bytes.dropFirst(count)
        isDone = count == bytes.count
        deadline = .now + patience
        return true
    }

    private static func isPassing(_ code: Int32) -> Bool { [EAGAIN, EWOULDBLOCK, EINTR].contains(code) }

    private static func reply(to head: String, _ answer: (HTTPRequest) -> HTTPResponse) -> [UInt8] {
        guard let request = HTTPRequest(head: head) else { return HTTPResponse(status: 400).bytes(hasBody: true) }
        guard request.isForThisMachine else {
            let words = "The preview answers to localhost and 127.0.0.1 only.\n"
            return HTTPResponse(status: 421, body: Data(words.utf8)).bytes(hasBody: true)
        }
        guard ["GET", "HEAD"].contains(request.method) else { return HTTPResponse(status: 405).bytes(hasBody: true) }
        return answer(request).bytes(hasBody: request.method == "GET")
    }

    #if canImport(Darwin)
        private static let noSignal: Int32 = 0
    #else
        private static let noSignal = Int32(MSG_NOSIGNAL)
    #endif
}
