import Crypto
import Foundation

/// The four files in one folder, found but not read yet.
struct DataFiles {
    /// The longest file that is read, decompressed; Fashion-MNIST's longest is 47,040,016 bytes.
    static let longestFile = 1 << 28

    /// Where each file is, by file name without `.gz`.
    private(set) var urls: [String: URL] = [:]

    /// The names without `.gz`, in the order in which they are read and reported as missing.
    static let names = [
        "train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte",
    ]

    /// The files that `folder` has; a plain file goes before a compressed one.
    init(in folder: URL) {
        for name in DataFiles.names {
            urls[name] = [name, name + ".gz"].map { folder.appendingPathComponent($0) }
                .first { FileManager.default.fileExists(atPath: $0.path) }
        }
    }

    var missing: [String] { DataFiles.names.filter { urls[$0] == nil } }

    /// Reads and checks all four.
    ///
    /// - Parameter expected: SHA-256 by file name, or nil to take any data of the right shape.
    func read(expecting expected: [String: String]?) throws(DataError) -> Dataset {
        let train = try split("train", expecting: expected)
        let test = try split("t10k", expecting: expected)
        return Dataset(
            train: train.split, test: test.split, digests: train.digests.merging(test.digests) { $1 })
    }

    private func split(
        _ prefix: String, expecting expected: [String: String]?
    ) throws(DataError) -> (split: Split, digests: [String: String]) {
        let images = try read(prefix + "-images-idx3-ubyte", as: IDX.images)
        let labels = try read(prefix + "-labels-idx1-ubyte", as: IDX.labels)
        let imageCount = images.values.count / (Split.edge * Split.edge)
        guard imageCount == labels.values.count else {
            throw .countMismatch(
                imagesPath: images.path, images: imageCount, labelsPath: labels.path, labels: labels.values.count)
        }
        for file in [images, labels] {
            if let known = expected?[file.name], known != file.digest {
                throw .otherData(path: file.path, digest: file.digest, expected: known)
            }
        }
        return (
            Split(pixels: images.values, labels: labels.values),
            [images.name: images.digest, labels.name: labels.digest]
        )
    }

    private typealias Parsed = (name: String, path: String, digest: String, values: [UInt8])

    private func read(
        _ name: String, as parse: (consuming [UInt8], String) throws(DataError) -> [UInt8]
    ) throws(DataError) -> Parsed {
        guard let url = urls[name] else { preconditionFailure("only a complete set of files is read") }
        let content = try DataFiles.content(of: url)
        let digest = SHA256.hex(content)
        return (name, url.path, digest, try parse(content, url.path))
    }

    /// A file's content, decompressed if its name ends in `.gz`.
    static func content(of url: URL) throws(DataError) -> [UInt8] {
        let path = url.path
        guard url.pathExtension == "gz" else {
            var content: [UInt8] = []
            try read(url) { content += $0 }
            return content
        }
        var gunzip = Gunzip(limit: longestFile)
        try read(url) { piece throws(DataError) in
            do throws(GzipError) {
                try gunzip.add(piece)
            } catch {
                throw .gzip(path: path, error)
            }
        }
        do {
            return try gunzip.finish()
        } catch {
            throw .gzip(path: path, error)
        }
    }

    /// Hands a file on piece by piece.
    private static func read(_ url: URL, _ body: ([UInt8]) throws(DataError) -> Void) throws(DataError) {
        let pieceLength = 1 << 20
        var piece: [UInt8]
        let file: OpenFile
        do {
            // Not to wait for the other end of a pipe.
            file = try OpenFile(url, O_RDONLY | O_NONBLOCK)
        } catch {
            throw .unreadable(path: url.path, reason: error.reason)
        }
        guard let length = file.length else { throw .unreadable(path: url.path, reason: "Not a regular file") }
        guard length <= longestFile else { throw .tooLong(path: url.path, limit: longestFile) }
        repeat {
            do {
                piece = try file.read(upTo: pieceLength)
            } catch {
                throw .unreadable(path: url.path, reason: error.reason)
            }
            try body(piece)
        } while !piece.isEmpty
    }
}
