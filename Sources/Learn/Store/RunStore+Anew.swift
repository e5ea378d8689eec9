import Foundation

// A command that is to train several runs anew may be interrupted in any of them. So that the same command goes on
// from there, the store remembers which runs it was asked for and which of them are done, until the command has ended.

extension RunStore {
    /// Asks for runs to be trained from the start whatever the store holds, and drops their checkpoints; unless some of
    /// them have been asked for already, by a command that was interrupted: then that goes on.
    public func beginAnew(
        _ configurations: [Configuration], dataDigests: [String: String]
    ) throws(RunStoreError) {
        let folders = configurations.map { runFolder(for: $0, dataDigests: dataDigests) }
        try changeAnew { done throws(SystemError) in
            guard folders.allSatisfy({ done[$0.lastPathComponent] == nil }) else { return }
            for folder in folders {
                try remove([RunFile.checkpoint], in: folder)
                done[folder.lastPathComponent] = false
            }
        }
    }

    /// Forgets that these runs were asked for: the command that asked has ended.
    public func endAnew(
        _ configurations: [Configuration], dataDigests: [String: String]
    ) throws(RunStoreError) {
        try changeAnew { done throws(SystemError) in
            for configuration in configurations {
                done[runFolder(for: configuration, dataDigests: dataDigests).lastPathComponent] = nil
            }
        }
    }

    /// Whether the run in this folder was asked to be trained anew, and has not been since.
    func isWantedAnew(_ target: URL) throws(RunStoreError) -> Bool {
        do {
            return try anew()[target.lastPathComponent] == false
        } catch {
            throw .unreadable(path: anewURL.path, reason: error.reason)
        }
    }

    /// Remembers that the run in this folder is complete, if it was asked for.
    func noteTrained(_ target: URL) throws(SystemError) {
        var done = try anew()
        guard done[target.lastPathComponent] == false else { return }
        done[target.lastPathComponent] = true
        try write(done)
    }

    private var anewURL: URL { folder.appendingPathComponent(RunFile.anew) }

    private func changeAnew(_ change: (inout [String: Bool]) throws(SystemError) -> Void) throws(RunStoreError) {
        try withWriteLock(failingAt: anewURL) { () throws(SystemError) in
            let before = try anew()
            var done = before
            try change(&done)
            if done != before { try write(done) }
        }
    }

    /// Names of the folders asked for, and whether they are done. What cannot be understood asks for nothing: at the
    /// worst, a training starts over.
    private func anew() throws(SystemError) -> [String: Bool] {
        do {
            let bytes = try OpenFile.contents(of: anewURL)
            return (try? JSONDecoder().decode([String: Bool].self, from: Data(bytes))) ?? [:]
        } catch {
            guard error.code == ENOENT else { throw error }
            return [:]
        }
    }

    private func write(_ done: [String: Bool]) throws(SystemError) {
        if done.isEmpty { return try remove([RunFile.anew], in: folder) }
        let partial = folder.appendingPathComponent(RunFile.anew + RunFile.partialSuffix)
        try OpenFile.write(CanonicalJSON.encode(done), to: partial)
        try OpenFile.move(partial, to: anewURL)
        try OpenFile.synchronize(folder: folder)
    }
}
