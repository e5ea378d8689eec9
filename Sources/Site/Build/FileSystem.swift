import Foundation
import Learn

/// What the operating system has to be asked below Foundation.
enum FileSystem {
    /// Makes a file of its own. When it is safe from a power cut, ``synchronize(_:)`` knows: a thousand files that are
    /// each waited for take seconds.
    ///
    /// - Throws: the system's reason.
    static func write(_ data: Data, to path: String) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw SystemError.last }
        do {
            try data.withUnsafeBytes { bytes in
                var rest = bytes[...]
                while !rest.isEmpty {
                    let count = Foundation.write(
                        descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                    guard count >= 0 || errno == EINTR else { throw SystemError.last }
                    rest = rest.dropFirst(max(0, count))
                }
            }
        } catch {
            close(descriptor)
            throw error
        }
        // On a file system of the network only this tells that there was no room.
        guard close(descriptor) == 0 else { throw SystemError.last }
    }

    /// Returns when all that was written to a folder's disk is safe from a power cut: a renamed file that has lost its
    /// content would no longer be known for the site's.
    static func synchronize(_ folder: URL) {
        #if canImport(Darwin)
            sync()
        #else
            let descriptor = open(folder.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
            defer { close(descriptor) }
            // The C library's header shows it only under a feature macro that Swift's import does not set.
            guard descriptor >= 0, let symbol = dlsym(nil, "syncfs"),
                unsafeBitCast(symbol, to: (@convention(c) (Int32) -> Int32).self)(descriptor) == 0
            else { return sync() }
        #endif
    }

    /// Why a file could not be moved into a folder, or nil if it could.
    static func obstacle(toMoving file: URL, into folder: String) -> String? {
        guard access(folder, W_OK | X_OK) == 0 else {
            return "cannot be written (\(String(cString: strerror(errno)))); make it writable"
        }
        // Nothing can get this name, but what lies behind another mount is told first.
        if rename(file.path, folder + "/.") != 0, errno == EXDEV {
            return "is mounted there by itself; mount it elsewhere"
        }
        return nil
    }
}
