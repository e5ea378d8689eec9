import Foundation

/// Why the operating system refused a request.
package struct SystemError: Error, Equatable {
    let code: Int32
    /// The system's own words, such as "No space left on device".
    package let reason: String

    init(code: Int32) { self.init(code: code, reason: String(cString: strerror(code))) }

    private init(code: Int32, reason: String) {
        self.code = code
        self.reason = reason
    }

    /// The error that the last failed call left behind.
    package static var last: SystemError { SystemError(code: errno) }

    /// A folder, pipe, device or socket where a file was to be read; the system has no code for it.
    static let notRegularFile = SystemError(code: EINVAL, reason: "Not a regular file")
}

/// An open file or folder, closed when it goes out of scope.
package struct OpenFile: ~Copyable {
    let descriptor: Int32
    /// In bytes, if it was opened to be read.
    let length: Int

    /// - Parameter flags: as for open(2).
    package init(_ url: URL, _ flags: Int32) throws(SystemError) {
        descriptor = try OpenFile.open(url, flags)
        length = 0
    }

    /// Opens a file to read it, and nothing but a file: not what never ends, or what somebody has yet to write.
    init(reading url: URL) throws(SystemError) {
        (descriptor, length) = try OpenFile.openRegular(url)
    }

    private static func openRegular(_ url: URL) throws(SystemError) -> (descriptor: Int32, length: Int) {
        let descriptor: Int32
        do {
            descriptor = try open(url, O_RDONLY)
        } catch {
            // A socket cannot even be opened.
            throw [ENXIO, EOPNOTSUPP].contains(error.code) ? .notRegularFile : error
        }
        var status = stat()
        var failure: SystemError?
        if fstat(descriptor, &status) != 0 {
            failure = .last
        } else if status.st_mode & S_IFMT != S_IFREG {
            failure = .notRegularFile
        }
        guard let failure else { return (descriptor, Int(status.st_size)) }
        close(descriptor)
        throw failure
    }

    /// Never waits, as for the other end of a pipe, and never hands the descriptor to child processes.
    private static func open(_ url: URL, _ flags: Int32) throws(SystemError) -> Int32 {
        var result: Int32
        repeat {
            result = Foundation.open(url.path, flags | O_CLOEXEC | O_NONBLOCK, 0o644)
        } while result < 0 && errno == EINTR
        guard result >= 0 else { throw .last }
        return result
    }

    deinit { close(descriptor) }

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

    package func write(_ bytes: [UInt8]) throws(SystemError) {
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
    /// Everything that a file holds; what is too long for any file of a site or its templates is refused.
    package static func contents(of url: URL) throws(SystemError) -> [UInt8] {
        guard let bytes = try contents(of: url, limit: 1 << 28) else { throw SystemError(code: EFBIG) }
        return bytes
    }

    /// Everything that a file holds, or nil if that is more than `limit` bytes.
    package static func contents(of url: URL, limit: Int) throws(SystemError) -> [UInt8]? {
        let file = try OpenFile(reading: url)
        // A small file, as images in folders are, in one piece of its size.
        let piece = min(1 << 20, max(1 << 12, file.length + 1))
        var bytes: [UInt8] = []
        while true {
            let chunk = try file.read(upTo: piece)
            if chunk.isEmpty { return bytes }
            guard bytes.count + chunk.count <= limit else { return nil }
            bytes += chunk
        }
    }

    /// So many bytes of a file from a place on, or nil if it ends before them.
    package static func contents(of url: URL, from offset: Int, count: Int) throws(SystemError) -> [UInt8]? {
        let file = try OpenFile(reading: url)
        guard offset <= file.length, count <= file.length - offset else { return nil }
        guard lseek(file.descriptor, off_t(offset), SEEK_SET) >= 0 else { throw .last }
        var bytes: [UInt8] = []
        while bytes.count < count {
            let chunk = try file.read(upTo: count - bytes.count)
            if chunk.isEmpty { return nil }
            bytes += chunk
        }
        return bytes
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
