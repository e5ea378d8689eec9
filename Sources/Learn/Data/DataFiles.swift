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

    /// What a file may be called, in the order in which it is looked for: many unpackers write a dot for the second
    /// hyphen.
    static func spellings(of name: String) -> [String] {
        let dotted = name.replacingOccurrences(of: "-idx", with: ".idx")
        return [name, dotted, name + ".gz", dotted + ".gz"]
    }

    /// The files that `folder` has; a plain file goes before a compressed one. What is no file is found, and refused by
    /// its name, only where there is no other.
    init(in folder: URL) {
        for name in DataFiles.names {
            let found = DataFiles.spellings(of: name).map { folder.appendingPathComponent($0) }
                .filter { FileManager.default.fileExists(atPath: $0.path) }
            urls[name] = found.first { (try? OpenFile(reading: $0)) != nil } ?? found.first
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
            train: train.split, test: test.split, classCount: FashionMNIST.classCount,
            digests: train.digests.merging(test.digests) { $1 })
    }

    private func split(
        _ prefix: String, expecting expected: [String: String]?
    ) throws(DataError) -> (split: Split, digests: [String: String]) {
        let images = try read(prefix + "-images-idx3-ubyte", as: IDX.images)
        let labels = try read(prefix + "-labels-idx1-ubyte", as: IDX.labels)
        let imageCount = images.values.count / FashionMNIST.shape.count
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
            Split(pixels: images.values, labels: labels.values, shape: FashionMNIST.shape),
            [images.name: images.digest, labels.name: labels.digest]
        )
    }

    private typealias Parsed = (name: String, path: String, digest: String, values: [UInt8])

    private func read(
        _ name: String, as parse: (consuming [UInt8], String) throws(DataError) -> [UInt8]
    ) throws(DataError) -> Parsed {
        guard let url = urls[name] else { preconditionFailure("only a complete set of files is read") }
        let content = try DataFiles.content(of: url).bytes
        let digest = SHA256.hex(content)
        return (name, url.path, digest, try parse(content, url.path))
    }

    /// A file's content, decompressed if it is compressed.
    static func content(of url: URL) throws(DataError) -> (bytes: [UInt8], isCompressed: Bool) {
        let file = try open(url)
        guard file.length <= longestFile else { throw .tooLong(path: url.path, limit: longestFile) }
        return try unpack(path: url.path) { () throws(DataError) in
            do throws(SystemError) {
                return try file.read(upTo: 1 << 20)
            } catch {
                throw .unreadable(path: url.path, reason: error.reason)
            }
        }
    }

    private static func open(_ url: URL) throws(DataError) -> OpenFile {
        do {
            return try OpenFile(reading: url)
        } catch {
            throw .unreadable(path: url.path, reason: error.reason)
        }
    }

    /// - Parameter next: gives the file's next bytes, none at its end.
    static func unpack(
        path: String, _ next: () throws(DataError) -> [UInt8]
    ) throws(DataError) -> (bytes: [UInt8], isCompressed: Bool) {
        var piece = try next()
        guard isGzip(piece, path: path) else {
            var content: [UInt8] = []
            while !piece.isEmpty {
                content += piece
                piece = try next()
            }
            return (content, false)
        }
        var gunzip = Gunzip(limit: longestFile)
        while !piece.isEmpty {
            do {
                try gunzip.add(piece)
            } catch {
                throw .gzip(path: path, error)
            }
            piece = try next()
        }
        do {
            return (try gunzip.finish(), true)
        } catch {
            throw .gzip(path: path, error)
        }
    }

    /// Whatever the name promises: a server that calls its `.gz` files an encoding has those who download them,
    /// browsers too, unpack them under their old name. IDX files begin with two zeros, and gzip data never do.
    private static func isGzip(_ start: [UInt8], path: String) -> Bool {
        start.starts(with: [0x1F, 0x8B]) || path.hasSuffix(".gz") && !start.starts(with: [0, 0])
    }
}
