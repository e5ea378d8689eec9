import Foundation

/// Why the operating system refused a request.
struct SystemError: Error, Equatable {
    let code: Int32

    /// The error that the last failed call left behind.
    static var last: SystemError { SystemError(code: errno) }

    /// The system's own words, such as "No space left on device".
    var reason: String { String(cString: strerror(code)) }
}

/// An open file or folder, closed when it goes out of scope.
struct OpenFile: ~Copyable {
    let descriptor: Int32

    /// - Parameter flags: as for open(2); the descriptor is never handed to child processes.
    init(_ url: URL, _ flags: Int32) throws(SystemError) {
        var result: Int32
        repeat {
            result = open(url.path, flags | O_CLOEXEC, 0o644)
        } while result < 0 && errno == EINTR
        guard result >= 0 else { throw .last }
        descriptor = result
    }

    deinit { close(descriptor) }

    /// In bytes; nil for what is no regular file.
    var length: Int? {
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        return Int(status.st_size)
    }

    /// - Returns: the next bytes, at most `count`; none at the end of the file.
    func read(upTo count: Int) throws(SystemError) -> [UInt8] {
        var failure: SystemError?
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, used in
            var result: Int
            repeat {
                result = Foundation.read(descriptor, buffer.baseAddress, count)
            } while result < 0 && errno == EINTR
            if result < 0 { failure = .last }
            used = max(0, result)
        }
        if let failure { throw failure }
        return bytes
    }

    func write(_ bytes: [UInt8]) throws(SystemError) {
        var written = 0
        while written < bytes.count {
            let result = bytes.withUnsafeBytes { buffer in
                Foundation.write(descriptor, buffer.baseAddress.map { $0 + written }, bytes.count - written)
            }
            if result < 0 {
                if errno == EINTR { continue }
                throw .last
            }
            written += result
        }
    }

    /// Returns once the content is on the disk, safe from a power cut.
    func synchronize() throws(SystemError) {
        guard fsync(descriptor) == 0 else { throw .last }
    }
}

extension OpenFile {
    /// Everything that a file holds, or nil if that is more than `limit` bytes.
    static func contents(of url: URL, limit: Int) throws(SystemError) -> [UInt8]? {
        let file = try OpenFile(url, O_RDONLY)
        var bytes: [UInt8] = []
        while true {
            let chunk = try file.read(upTo: 1 << 20)
            if chunk.isEmpty { return bytes }
            guard bytes.count + chunk.count <= limit else { return nil }
            bytes += chunk
        }
    }

    /// Creates or empties a file, fills it and returns once it is on the disk.
    static func write(_ bytes: [UInt8], to url: URL) throws(SystemError) {
        let file = try OpenFile(url, O_WRONLY | O_CREAT | O_TRUNC)
        try file.write(bytes)
        try file.synchronize()
    }

    /// Gives a file its final name at one stroke, in place of what had that name before.
    static func move(_ source: URL, to target: URL) throws(SystemError) {
        guard rename(source.path, target.path) == 0 else { throw .last }
    }

    /// Makes the names in a folder, as they are now, safe from a power cut, on file systems that can.
    static func synchronize(folder: URL) throws(SystemError) {
        do {
            try OpenFile(folder, O_RDONLY).synchronize()
        } catch {
            guard error.code == EINVAL else { throw error }
        }
    }

    /// Creates a folder and those above it, as far as they are missing, safe from a power cut.
    static func createFolder(_ url: URL) throws(SystemError) {
        if mkdir(url.path, 0o755) != 0 {
            if errno == EEXIST { return }
            guard errno == ENOENT, url.path != "/" else { throw .last }
            try createFolder(url.deletingLastPathComponent())
            guard mkdir(url.path, 0o755) == 0 || errno == EEXIST else { throw .last }
        }
        try synchronize(folder: url.deletingLastPathComponent())
    }
}
