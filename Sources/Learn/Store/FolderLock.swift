import Foundation

/// Keeps other processes, and other parts of this one, from working on a folder at the same time.
///
/// The lock is flock(2)'s on a file `.lock` in the folder, so that it ends with the process that holds it, however
/// that ends. The file holds the process identifier of the last holder, and stays unless the holder removes it.
public struct FolderLock: ~Copyable, Sendable {
    /// What to do while another holds the lock.
    public enum WhenHeld {
        case fail
        /// Block the thread until it is free, after telling the holder's process identifier, if known.
        case wait(telling: (_ holder: Int32?) -> Void)
    }

    /// The lock's file in its folder.
    public static let fileName = ".lock"

    private let folder: URL
    private let file: LockFile

    /// Takes the lock; it is given back when this value goes out of scope.
    ///
    /// - Parameters:
    ///   - folder: created if need be.
    ///   - whenHeld: what to do if another process holds it.
    public init(_ folder: URL, whenHeld: WhenHeld) throws(FolderLockError) {
        file = try FolderLock.lockedFile(in: folder, whenHeld)
        self.folder = folder
    }

    private static func lockedFile(in folder: URL, _ whenHeld: WhenHeld) throws(FolderLockError) -> LockFile {
        while true {
            let file = try lockFile(in: folder)
            var isHeld = false
            do throws(SystemError) {
                isHeld = try !file.attempt()
                if isHeld, case .wait(let telling) = whenHeld {
                    telling(file.holder)
                    try file.wait()
                    isHeld = false
                }
            } catch {
                throw .unlockable(folder: folder.path, reason: error.reason)
            }
            if isHeld { throw .held(folder: folder.path, holder: file.holder) }
            if file.isInPlace { return file }
        }
    }

    /// Whoever prunes runs may remove the folder between the two steps, which are then done again; a number of times,
    /// since the file may be a link that leads nowhere.
    private static func lockFile(in folder: URL) throws(FolderLockError) -> LockFile {
        var left = 100
        while true {
            do {
                try OpenFile.createFolder(folder)
                return try LockFile(folder.appendingPathComponent(fileName))
            } catch {
                left -= 1
                guard error.code == ENOENT, left > 0 else {
                    throw .unwritable(folder: folder.path, reason: error.reason)
                }
            }
        }
    }

    /// Gives the lock back.
    public consuming func release() {}

    /// Gives the lock back and removes its file, and the folder as well if nothing else is in it. Whoever waits for the
    /// lock makes both anew.
    public consuming func releaseRemovingFolder(unless isToStay: Bool = false) throws(FolderLockError) {
        guard file.isInPlace else { return }
        guard unlink(folder.appendingPathComponent(FolderLock.fileName).path) == 0,
            isToStay || rmdir(folder.path) == 0 || [ENOTEMPTY, EEXIST].contains(errno)
        else { throw .unwritable(folder: folder.path, reason: SystemError.last.reason) }
    }
}

/// Why a folder could not be locked, in one line: what, where, what to do.
public enum FolderLockError: Error, Equatable, Sendable {
    /// `holder` is the process identifier of the process that works on the folder, if known.
    case held(folder: String, holder: Int32?)
    /// There can be no lock file in the folder.
    case unwritable(folder: String, reason: String)
    /// There is a lock file, but the file system does not lock.
    case unlockable(folder: String, reason: String)
}

extension FolderLockError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .held(let folder, let holder):
            "\(folder): in use by \(holder.map { "process \($0)" } ?? "another process"): try again when it has ended"
        case .unwritable(let folder, let reason):
            "\(folder): cannot be written (\(reason)): make it writable or name another folder"
        case .unlockable(let folder, let reason):
            "\(folder): its file system cannot lock files (\(reason)): name a folder on one that can"
        }
    }
}

/// A file on which flock(2) is called.
struct LockFile: ~Copyable {
    private let url: URL
    private let file: OpenFile

    init(_ url: URL) throws(SystemError) {
        self.url = url
        file = try OpenFile(url, O_RDWR | O_CREAT)
    }

    /// - Returns: whether the lock was free, and is now taken.
    func attempt() throws(SystemError) -> Bool {
        if flock(file.descriptor, LOCK_EX | LOCK_NB) == 0 {
            sign()
            return true
        }
        guard errno == EWOULDBLOCK else { throw .last }
        return false
    }

    func wait() throws(SystemError) {
        while flock(file.descriptor, LOCK_EX) != 0 {
            guard errno == EINTR else { throw .last }
        }
        sign()
    }

    /// Whether the file still has its name: a lock on one that was removed meanwhile keeps nobody out.
    var isInPlace: Bool {
        var opened = stat()
        var named = stat()
        return fstat(file.descriptor, &opened) == 0 && stat(url.path, &named) == 0
            && opened.st_ino == named.st_ino && opened.st_dev == named.st_dev
    }

    /// The process that holds the lock, as far as the file tells.
    var holder: Int32? {
        var buffer = [UInt8](repeating: 0, count: 32)
        let count = pread(file.descriptor, &buffer, buffer.count, 0)
        return Int32(String(decoding: buffer.prefix(max(0, count)), as: UTF8.self).prefix { $0.isNumber })
    }

    /// Leaves the process identifier, a mere courtesy to those who wait: on a full disk the lock holds without it.
    private func sign() {
        let text = Array("\(getpid())\n".utf8)
        _ = ftruncate(file.descriptor, 0)
        _ = pwrite(file.descriptor, text, text.count, 0)
    }
}
