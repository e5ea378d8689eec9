import Foundation

/// A folder of runs, one folder a run.
///
/// A run's folder is named by its network and by a digest of all that determines its bits. It holds
/// `weights.safetensors`, `tensors.safetensors`, `run.json` (described by `schemas/run.schema.json`) and
/// `run.json.sha256` (as sha256sum writes it). `run.json` gets its name last: a folder without one is an incomplete
/// run, and may hold a `checkpoint.safetensors`; in that of a whole one an `inspection.safetensors` may lie. In either lie
/// the weights after some epochs, `epoch-5.safetensors`, unless an earlier version of this program trained it. Beside the
/// runs' folders, `.anew.json` names those that a command under way was asked to train anew, and `.write.lock` is taken
/// for the moment in which files change.
public struct RunStore: Sendable {
    /// Raised whenever the files change, or the same configuration begins to give other bits.
    public static let formatVersion = 3

    public let folder: URL
    public init(folder: URL) { self.folder = folder }

    /// SHA-256 (hexadecimal) of all that determines a run's bits.
    public func identity(of configuration: Configuration, dataDigests: [String: String]) -> String {
        SHA256.hex(
            CanonicalJSON.encode(
                Identity(
                    configuration: configuration, dataDigests: dataDigests, formatVersion: RunStore.formatVersion)))
    }

    /// Where the run with this configuration and data is, or would be, stored.
    public func runFolder(for configuration: Configuration, dataDigests: [String: String]) -> URL {
        let digits = identity(of: configuration, dataDigests: dataDigests).prefix(16)
        return folder.appendingPathComponent("\(configuration.network)-\(digits)", isDirectory: true)
    }

    /// Keeps others from training the same run, until the returned value goes out of scope.
    ///
    /// - Throws: ``RunStoreError/inUse(path:holder:)``, ``RunStoreError/unwritable(path:reason:)`` or
    ///   ``RunStoreError/unlockable(path:reason:)``.
    public func lock(
        _ configuration: Configuration, dataDigests: [String: String], whenHeld: FolderLock.WhenHeld
    ) throws(RunStoreError) -> FolderLock {
        try lock(runFolder(for: configuration, dataDigests: dataDigests), whenHeld: whenHeld)
    }

    func lock(_ runFolder: URL, whenHeld: FolderLock.WhenHeld) throws(RunStoreError) -> FolderLock {
        do {
            return try FolderLock(runFolder, whenHeld: whenHeld)
        } catch {
            switch error {
            case .held(let folder, let holder): throw .inUse(path: folder, holder: holder)
            case .unwritable(let folder, let reason): throw .unwritable(path: folder, reason: reason)
            case .unlockable(let folder, let reason): throw .unlockable(path: folder, reason: reason)
            }
        }
    }

    private struct Identity: Encodable {
        let configuration: Configuration
        let dataDigests: [String: String]
        let formatVersion: Int
    }
}

/// The files in a run's folder.
enum RunFile {
    static let document = "run.json"
    static let documentDigest = "run.json.sha256"
    static let weights = "weights.safetensors"
    static let tensors = "tensors.safetensors"
    static let checkpoint = "checkpoint.safetensors"
    static let inspection = "inspection.safetensors"
    static func epoch(_ number: Int) -> String { "epoch-\(number).safetensors" }
    /// Ends the name of a file that is still being written.
    static let partialSuffix = ".partial"
    /// Taken for the moment in which a run's files change.
    static let writeLock = ".write.lock"
    /// Names the runs that a command was asked to train anew; lies beside the runs' folders.
    static let anew = ".anew.json"

    static let longestDocument = 1 << 26
    static let longestTensorFile = 1 << 30
}
