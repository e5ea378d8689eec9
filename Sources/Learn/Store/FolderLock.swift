import Foundation

/// Keeps other processes, and other parts of this one, from working on a folder at the same time.
///
/// The lock is flock(2)'s on a file `.lock` in the folder, so that it ends with the process that holds it, however
/// that ends. The file holds the process identifier of the last holder, and stays.
public struct FolderLock: ~Copyable, Sendable {
    /// What to do while another holds the lock.
    public enum WhenHeld {
        case fail
        /// Wait until it is free, after telling the holder's process identifier, if known.
        case wait(telling: (_ holder: Int32?) -> Void)
    }

    private let file: LockFile

    /// Takes the lock; it is given back when this value goes out of scope.
    ///
    /// - Parameter folder: created if need be.
    /// - Throws: ``RunStoreError/inUse(path:holder:)``, or ``RunStoreError/unwritable(path:reason:)`` if there can be
    ///   no lock file.
    public init(_ folder: URL, whenHeld: WhenHeld) throws(RunStoreError) {
        file = try FolderLock.lockedFile(in: folder, whenHeld)
    }

    private static func lockedFile(in folder: URL, _ whenHeld: WhenHeld) throws(RunStoreError) -> LockFile {
        let holder: Int32?
        do {
            try OpenFile.createFolder(folder)
            let file = try LockFile(folder.appendingPathComponent(".lock"))
            if try file.attempt() { return file }
            holder = file.holder
            if case .wait(let telling) = whenHeld {
                telling(holder)
                try file.wait()
                return file
            }
        } catch {
            throw .unwritable(path: folder.path, reason: error.reason)
        }
        throw .inUse(path: folder.path, holder: holder)
    }

    /// Gives the lock back.
    public consuming func release() {}
}

/// A file on which flock(2) is called.
struct LockFile: ~Copyable {
    private let file: OpenFile

    init(_ url: URL) throws(SystemError) {
        file = try OpenFile(url, O_RDWR | O_CREAT)
    }

    func attempt() throws(SystemError) -> Bool {
        if flock(file.descriptor, LOCK_EX | LOCK_NB) == 0 {
            signPID()
            return true
        }
        guard errno == EWOULDBLOCK else { throw .last }
        return false
    }

    func wait() throws(SystemError) {
        while flock(file.descriptor, LOCK_EX) != 0 {
            guard errno == EINTR else { throw .last }
        }
        signPID()
    }

    /// The process that holds the lock, as far as the file tells.
    var holder: Int32? {
        var buffer = [UInt8](repeating: 0, count: 32)
        let count = pread(file.descriptor, &buffer, buffer.count, 0)
        return Int32(String(decoding: buffer.prefix(max(0, count)), as: UTF8.self).prefix { $0.isNumber })
    }

    private func signPID() {
        // Only a courtesy to those who wait: on a full disk the lock holds all the same.
        let text = Array("\(getpid())\n".utf8)
        ftruncate(file.descriptor, 0)
        pwrite(file.descriptor, text, text.count, 0)
    }
}
