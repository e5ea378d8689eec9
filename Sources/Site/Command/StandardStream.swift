import Foundation

/// Standard output or standard error, of which each write is checked.
struct StandardStream: Sendable {
    static let output = StandardStream(descriptor: STDOUT_FILENO, name: "standard output")
    static let errors = StandardStream(descriptor: STDERR_FILENO, name: "standard error")

    private let descriptor: Int32
    private let name: String

    /// To be called before the program opens or writes anything.
    static func prepare() {
        // A reader that goes away and a file that may not grow are errors of a write, not the end of a training.
        for number in [SIGPIPE, SIGXFSZ] { signal(number, SIG_IGN) }
        // In the place of a closed stream would come the next file that is opened, and what the program tells would
        // be written into it. Opened the other way round, the place is taken, and a write fails as on a closed one.
        for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(descriptor, F_GETFD) == -1 {
            _ = open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY)
        }
    }

    func write(_ text: String) throws(StreamError) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let (count, code) = rest.withUnsafeBytes { bytes in
                let count = Foundation.write(descriptor, bytes.baseAddress, bytes.count)
                return (count, count < 0 ? errno : EIO)
            }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if code == EAGAIN {
                // Whoever shares the stream asked for it not to block.
                var place = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                poll(&place, 1, -1)
            } else if code != EINTR {
                throw StreamError(stream: name, code: code)
            }
        }
    }

    /// A line of the program's own on standard error; whoever closed that does not want it.
    static func remark(_ message: String) throws(StreamError) {
        do {
            try errors.write("site-build: \(message)\n")
        } catch {
            if !error.hasNoReader { throw error }
        }
    }

    /// Ends the output. Some file systems say only now that there was no room.
    static func end() throws(StreamError) {
        if Foundation.close(output.descriptor) != 0 { throw StreamError(stream: output.name, code: errno) }
    }
}

/// A write to standard output or error that failed.
struct StreamError: Error, Equatable, CustomStringConvertible {
    /// What `EX_IOERR` of sysexits.h is.
    static let exitCode: Int32 = 74

    let stream: String
    /// The operating system's.
    let code: Int32

    /// The reader had enough, as `head` has: nothing is wrong.
    var readerLeft: Bool { code == EPIPE }
    /// Nobody reads, or nobody any more.
    var hasNoReader: Bool { readerLeft || code == EBADF }
    var reason: String { "\(stream): \(String(cString: strerror(code)))" }
    var description: String { "\(reason): it ends before its time; make room, or send it elsewhere" }
}
