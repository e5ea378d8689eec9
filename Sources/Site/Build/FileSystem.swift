import Foundation

/// What the operating system has to be asked below Foundation.
enum FileSystem {
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
