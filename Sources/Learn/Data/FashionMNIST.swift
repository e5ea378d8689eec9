import Crypto
import Foundation

/// Fashion-MNIST: 60,000 training and 10,000 test images of clothes in ten classes.
///
/// Source: H. Xiao, K. Rasul, R. Vollgraf, "Fashion-MNIST: a Novel Image Dataset for Benchmarking Machine Learning
/// Algorithms", 2017, <https://github.com/zalandoresearch/fashion-mnist>.
public enum FashionMNIST {
    /// SHA-256 of each file's decompressed content, by file name without `.gz`.
    public static let digests = [
        "train-images-idx3-ubyte": "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
        "train-labels-idx1-ubyte": "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
        "t10k-images-idx3-ubyte": "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
        "t10k-labels-idx1-ubyte": "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34",
    ]

    /// The data set's official address; `$FASHION_MNIST_URL` names a mirror.
    static let officialAddress = "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/"

    /// Finds, reads and checks the four files, plain or `.gz`.
    ///
    /// They are looked for in `folder`; else in `$FASHION_MNIST_DIR`; else in `/usr/share/datasets/fashion-mnist`,
    /// `~/.keras/datasets/fashion-mnist` and the cache folder, into which they are downloaded if none has all four.
    ///
    /// - Parameters:
    ///   - allowOtherData: let through data of the same shape that is not Fashion-MNIST, such as MNIST. What is
    ///     downloaded must be Fashion-MNIST all the same.
    ///   - willDownload: told the address and the folder before a download begins.
    /// - Throws: ``DataError`` that names the first file that is missing, unreadable, malformed or not the known one.
    public static func load(
        from folder: URL? = nil, allowOtherData: Bool = false,
        environment: [String: String] = ProcessInfo.processInfo.environment,
        willDownload: (_ address: URL, _ folder: URL) -> Void = { _, _ in }
    ) async throws(DataError) -> Dataset {
        try await DataSearch(environment: environment)
            .load(from: folder, allowOtherData: allowOtherData, willDownload: willDownload)
    }
}

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
    ///
    /// - Parameter path: what errors call the file; its own path unless given.
    static func content(of url: URL, path: String? = nil) throws(DataError) -> [UInt8] {
        let path = path ?? url.path
        let isCompressed = url.pathExtension == "gz"
        let stored: [UInt8]?
        do {
            stored = try OpenFile.contents(of: url, limit: longestFile)
        } catch {
            throw .unreadable(path: path, reason: error.reason)
        }
        guard let stored else { throw .tooLong(path: path, limit: longestFile) }
        guard isCompressed else { return stored }
        do {
            var gunzip = Gunzip(limit: longestFile)
            try gunzip.add(stored)
            return try gunzip.finish()
        } catch {
            throw .gzip(path: path, error)
        }
    }
}
