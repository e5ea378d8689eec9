import Foundation
import Synchronization
import Testing

@testable import Learn

@Suite("Folder locks") struct FolderLockTests {
    /// For a lock that was given back: a process that another test starts at this moment holds it on until it has become
    /// another program.
    private static var free: FolderLock.WhenHeld { .wait { _ in } }

    @Test func keepsOthersOutUntilReleased() async throws {
        try await withTemporaryFolder { folder in
            let folder = folder.appendingPathComponent("a/b")
            let held = FolderLockError.held(folder: folder.path, holder: getpid())
            let lock = try FolderLock(folder, whenHeld: .fail)
            #expect(throws: held) { _ = try FolderLock(folder, whenHeld: .fail) }
            lock.release()
            let again = try FolderLock(folder, whenHeld: Self.free)
            #expect(throws: held) { _ = try FolderLock(folder, whenHeld: .fail) }
            again.release()
        }
    }

    @Test func lastsToTheEndOfItsScope() async throws {
        try await withTemporaryFolder { folder in
            func work() throws {
                let lock = try FolderLock(folder, whenHeld: Self.free)
                #expect(throws: FolderLockError.self) { _ = try FolderLock(folder, whenHeld: .fail) }
                _ = lock
            }
            try work()
            try work()
        }
    }

    @Test func waitsAndTellsForWhom() async throws {
        try await withTemporaryFolder { folder in
            let lock = try FolderLock(folder, whenHeld: .fail)
            let told = AsyncStream.makeStream(of: Int32?.self)
            let second = onThread {
                let lock = try FolderLock(folder, whenHeld: .wait { told.continuation.yield($0) })
                lock.release()
            }
            var holders = told.stream.makeAsyncIterator()
            #expect(await holders.next() == .some(getpid()))
            lock.release()
            try await second()
        }
    }

    /// A process that ends, however it ends, takes its lock along and leaves the file.
    @Test func aDeadHoldersFileIsNoObstacle() async throws {
        try await withTemporaryFolder { folder in
            for content in ["4194304\n", "", "nonsense", String(repeating: "9", count: 100)] {
                try Data(content.utf8).write(to: folder.appendingPathComponent(".lock"))
                let lock = try FolderLock(folder, whenHeld: Self.free)
                #expect(throws: FolderLockError.held(folder: folder.path, holder: getpid())) {
                    _ = try FolderLock(folder, whenHeld: .fail)
                }
                lock.release()
            }
        }
    }

    @Test func aKilledProcessGivesItsLockBack() async throws {
        try await withTemporaryFolder { folder in
            // Another process holds the lock by way of a descriptor that it inherits, and is killed.
            let file = folder.appendingPathComponent(".lock")
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/bin/sleep")
            process.arguments = ["600"]
            try Data().write(to: file)
            let handle = try FileHandle(forUpdating: file)
            try #require(flock(handle.fileDescriptor, LOCK_EX) == 0)
            process.standardInput = handle
            try process.run()
            try handle.close()
            #expect(throws: FolderLockError.held(folder: folder.path, holder: nil)) {
                _ = try FolderLock(folder, whenHeld: .fail)
            }
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
            let lock = try FolderLock(folder, whenHeld: Self.free)
            lock.release()
        }
    }

    /// Whoever waited for the lock of a folder that was removed meanwhile locks the new one.
    @Test func survivesTheRemovalOfTheFolder() async throws {
        try await withTemporaryFolder { folder in
            let folder = folder.appendingPathComponent("run")
            let lock = try FolderLock(folder, whenHeld: .fail)
            let told = AsyncStream.makeStream(of: Void.self)
            let second = onThread {
                let lock = try FolderLock(folder, whenHeld: .wait { _ in told.continuation.yield() })
                #expect(throws: FolderLockError.held(folder: folder.path, holder: getpid())) {
                    _ = try FolderLock(folder, whenHeld: .fail)
                }
                lock.release()
            }
            var events = told.stream.makeAsyncIterator()
            await events.next()
            try FileManager.default.removeItem(at: folder)
            lock.release()
            try await second()
        }
    }

    /// Whoever comes to lock a folder sees it and, the next moment, does not.
    @Test func aFolderThatVanishesMeanwhileIsMadeAnew() async throws {
        try await withTemporaryFolder { folder in
            let store = RunStore(folder: folder)
            let run = folder.appendingPathComponent("lenet5-0123456789abcdef")
            let locking = onThread {
                for _ in 0..<3000 {
                    let lock = try FolderLock(run, whenHeld: .wait { _ in })
                    lock.release()
                }
            }
            let pruning = onThread {
                for _ in 0..<3000 {
                    do throws(RunStoreError) {
                        for candidate in try store.pruneCandidates() { _ = try store.remove(candidate) }
                    } catch {
                        guard case .inUse = error else { throw error }
                    }
                }
            }
            try await locking()
            try await pruning()
        }
    }

    /// The very moment: the folder is there, the lock's file is not yet. Nothing but an empty folder can be removed so.
    @Test func aFolderThatVanishesBeforeItsLockIsMadeAnew() async throws {
        try await withTemporaryFolder { folder in
            let (run, gone) = (folder.appendingPathComponent("run"), folder.appendingPathComponent("gone"))
            let locks = Atomic(0)
            let removals = Atomic(0)
            let hasEnded = Atomic(false)
            let removing = onThread {
                while removals.load(ordering: .relaxed) < 20, !hasEnded.load(ordering: .relaxed) {
                    let before = locks.load(ordering: .relaxed)
                    guard rmdir(run.path) == 0 else { continue }
                    removals.add(1, ordering: .relaxed)
                    // One of them for each lock.
                    while locks.load(ordering: .relaxed) == before, !hasEnded.load(ordering: .relaxed) { usleep(100) }
                }
            }
            let locking = onThread {
                defer { hasEnded.store(true, ordering: .relaxed) }
                while removals.load(ordering: .relaxed) < 20 {
                    let lock = try FolderLock(run, whenHeld: .fail)
                    locks.add(1, ordering: .relaxed)
                    lock.release()
                    // With its file, at one stroke.
                    try FileManager.default.moveItem(at: run, to: gone)
                    try FileManager.default.removeItem(at: gone)
                }
            }
            try await locking()
            try await removing()
        }
    }

    @Test func aLockFileThatLeadsNowhereIsAnError() async throws {
        try await withTemporaryFolder { folder in
            try FileManager.default.createSymbolicLink(
                at: folder.appendingPathComponent(".lock"),
                withDestinationURL: folder.appendingPathComponent("no/where"))
            #expect(throws: FolderLockError.unwritable(folder: folder.path, reason: "No such file or directory")) {
                _ = try FolderLock(folder, whenHeld: .fail)
            }
        }
    }

    @Test func saysThatTheFolderCannotBeWritten() async throws {
        try await withTemporaryFolder { folder in
            let file = folder.appendingPathComponent("file")
            try Data().write(to: file)
            #expect(throws: FolderLockError.unwritable(folder: file.path, reason: "Not a directory")) {
                _ = try FolderLock(file, whenHeld: .fail)
            }
        }
    }

    /// Does work that may block on a thread of its own, and returns what waits for its end.
    private func onThread(_ work: @escaping @Sendable () throws -> Void) -> () async throws -> Void {
        let ended = AsyncThrowingStream.makeStream(of: Void.self)
        Thread.detachNewThread {
            do {
                try work()
                ended.continuation.finish()
            } catch {
                ended.continuation.finish(throwing: error)
            }
        }
        return { for try await _ in ended.stream {} }
    }
}
