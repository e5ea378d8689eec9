/// What can be wrong with a run or a checkpoint.
public enum RunDefect: Error, Equatable, Sendable {
    case missingFile
    /// A folder, pipe, device or socket.
    case notRegularFile
    case tooLong(limit: Int)
    /// The bytes are not those whose SHA-256 was recorded.
    case wrongDigest
    /// Not JSON of the form that `schemas/run.schema.json` prescribes.
    case malformedDocument
    case safetensors(SafetensorsError)
    case unexpectedTensor(name: String)
    case wrongShape(name: String, found: [Int], expected: [Int])
    /// A NaN or an infinity.
    case notFinite(name: String)
    case wrongCount(of: String, found: Int, expected: Int)
    case outOfRange(String)
    /// The training images were evaluated after an epoch where they need not be, or not where they should.
    case wrongEvaluation(epoch: Int)
    /// The last epoch's answers are not the predictions' likeliest classes.
    case wrongAnswers
    /// The confusion matrix does not count the predictions.
    case wrongConfusionMatrix
    /// The content belongs to another configuration or other data than the folder.
    case otherRun
    /// Only what this program trained is stored.
    case noTraining
}

extension RunDefect: CustomStringConvertible {
    public var description: String {
        switch self {
        case .missingFile: "the file is missing"
        case .notRegularFile: "not a regular file"
        case .tooLong(let limit): "longer than \(limit) bytes"
        case .wrongDigest: "not the bytes that were written"
        case .malformedDocument: "malformed JSON"
        case .safetensors(let error): error.description
        case .unexpectedTensor(let name): "unexpected tensor \(name)"
        case .wrongShape(let name, let found, let expected): "\(name) has shape \(found) instead of \(expected)"
        case .notFinite(let name): "\(name) holds a NaN or an infinity"
        case .wrongCount(let what, let found, let expected): "\(what): \(found) instead of \(expected)"
        case .outOfRange(let what): "\(what) is out of range"
        case .wrongEvaluation(let epoch): "the evaluation after epoch \(epoch) is missing or one too many"
        case .wrongAnswers: "the last answers are not the likeliest classes"
        case .wrongConfusionMatrix: "the confusion matrix does not count the predictions"
        case .otherRun: "it belongs to another configuration or other data"
        case .noTraining: "it was not trained here"
        }
    }
}

/// What can go wrong with stored runs, in one line each: what, where, what to do.
public enum RunStoreError: Error, Equatable, Sendable {
    case damaged(path: String, RunDefect)
    /// Written by a later version of this program.
    case newerFormat(path: String, version: Int)
    /// Written by an earlier version of this program.
    case olderFormat(path: String, version: Int)
    /// A run that must not be stored, such as one whose training diverged.
    case unfit(network: String, RunDefect)
    case unreadable(path: String, reason: String)
    case unwritable(path: String, reason: String)
    /// On a file system that does not lock files.
    case unlockable(path: String, reason: String)
    /// Another process works on the run; `holder` is its process identifier, if known.
    case inUse(path: String, holder: Int32?)
}

extension RunStoreError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .damaged(let path, let defect):
            "\(path): \(defect): remove the folder or run with --fresh"
        case .newerFormat(let path, let version):
            "\(path): written by a newer version of this program (format \(version)): update it, or remove the folder"
        case .olderFormat(let path, let version):
            "\(path): written by an older version of this program (format \(version)): remove the folder"
        case .unfit(let network, let defect):
            "\(network): training gave a run that cannot be used, \(defect): lower the learning rate or change the seed"
        case .unreadable(let path, let reason):
            "\(path): cannot be read (\(reason)): make it readable or name another folder with --runs"
        case .unwritable(let path, let reason):
            "\(path): cannot be written (\(reason)): make room or name another folder with --runs"
        case .unlockable(let path, let reason):
            "\(path): its file system cannot lock files (\(reason)): name a folder on one that can with --runs"
        case .inUse(let path, let holder):
            "\(path): in use by \(holder.map { "process \($0)" } ?? "another process"): try again when it has ended"
        }
    }
}
