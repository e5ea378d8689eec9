import Foundation

/// Renames that a reader of the folders sees at one stroke.
enum FolderSwap {
    /// Gives each of two folders the other's name.
    ///
    /// Where the file system cannot do that at one stroke, two moves do, a moment apart.
    static func exchange(_ first: URL, _ second: URL) throws {
        if exchangeAtOnce(first.path, second.path) == 0 { return }
        guard [ENOSYS, EINVAL, ENOTSUP].contains(errno) else { throw failure("swap", second) }
        let aside = first.appendingPathExtension("old")
        try move(second, to: aside)
        try move(first, to: second)
        try move(aside, to: first)
    }

    static func move(_ source: URL, to target: URL) throws {
        guard rename(source.path, target.path) == 0 else { throw failure("move", target) }
    }

    private static func failure(_ step: String, _ url: URL) -> SiteError {
        SiteError.step(step, path: url.path, cause: String(cString: strerror(errno)))
    }

    private static func exchangeAtOnce(_ first: String, _ second: String) -> Int32 {
        #if canImport(Darwin)
            return renamex_np(first, second, UInt32(RENAME_SWAP))
        #else
            // The C library's header shows renameat2 only under a feature macro that Swift's import does not set.
            guard let symbol = dlsym(nil, "renameat2") else {
                errno = ENOSYS
                return -1
            }
            let exchangeFlag: UInt32 = 2
            return unsafeBitCast(symbol, to: RenameAt2.self)(AT_FDCWD, first, AT_FDCWD, second, exchangeFlag)
        #endif
    }

    private typealias RenameAt2 =
        @convention(c) (
            Int32, UnsafePointer<CChar>, Int32, UnsafePointer<CChar>, UInt32
        ) -> Int32
}
