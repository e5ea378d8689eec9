import Foundation

/// The four files in one folder, found but not read yet.
struct DataFiles {
    /// The longest file that is read, decompressed; Fashion-MNIST's longest is 47,040,016 bytes.
    static let longestFile = DataForm.longestArray

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

    /// The files of a folder that somebody named: all four must be there.
    init(complete folder: URL, namedBy source: DataError.FolderSource) throws(DataError) {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: folder.path, isDirectory: &isFolder), isFolder.boolValue else {
            throw .missingFolder(folder: folder.path, source: source)
        }
        self.init(in: folder)
        if let name = missing.first { throw .missingFile(name: name, folder: folder.path, source: source) }
    }

    /// Reads all four, which must be these files and so have the form of Fashion-MNIST.
    ///
    /// - Parameter digests: SHA-256 by file name.
    func readFashionMNIST(_ digests: [String: String]) throws(DataError) -> Dataset {
        let (train, test) = try splits(expecting: digests)
        return Dataset(
            train: train.split, test: test.split, classCount: FashionMNIST.classCount,
            digests: train.digests.merging(test.digests) { $1 })
    }

    /// Reads and checks all four, of images of any size and of any number of classes.
    func readAnyForm() throws(DataError) -> Dataset {
        let (train, test) = try splits(expecting: nil)
        guard train.split.shape == test.split.shape else {
            throw .form(path: test.images, .otherShape(test.split.shape, than: train.split.shape))
        }
        let classCount = try DataForm.classCount(
            train: (train.split.labels, train.labels), test: (test.split.labels, test.labels))
        return Dataset(
            train: train.split, test: test.split, classCount: classCount,
            digests: train.digests.merging(test.digests) { $1 })
    }

    /// A split, the paths of its files, and their digests.
    private typealias Part = (split: Split, images: String, labels: String, digests: [String: String])

    /// Both splits, read at the same time.
    private func splits(expecting expected: [String: String]?) throws(DataError) -> (train: Part, test: Part) {
        let parts = try ["train", "t10k"].concurrentMap { prefix throws(DataError) in
            try split(prefix, expecting: expected)
        }
        return (parts[0], parts[1])
    }

    private func split(_ prefix: String, expecting expected: [String: String]?) throws(DataError) -> Part {
        let images = try read(prefix + "-images-idx3-ubyte") { bytes, path throws(DataError) in
            try IDX.images(bytes, path: path)
        }
        let labels = try read(prefix + "-labels-idx1-ubyte") { bytes, path throws(DataError) in
            try IDX.labels(bytes, path: path)
        }
        let (pixels, shape) = images.values
        let imageCount = pixels.count / shape.count
        guard imageCount == labels.values.count else {
            throw .countMismatch(
                imagesPath: images.path, images: imageCount, labelsPath: labels.path, labels: labels.values.count)
        }
        let digests = [images.name: images.digest, labels.name: labels.digest]
        for (name, path) in [(images.name, images.path), (labels.name, labels.path)] {
            if let known = expected?[name], let digest = digests[name], known != digest {
                throw .otherData(path: path, digest: digest, expected: known)
            }
        }
        return (Split(pixels: pixels, labels: labels.values, shape: shape), images.path, labels.path, digests)
    }

    private typealias Parsed<Values> = (name: String, path: String, digest: String, values: Values)

    private func read<Values>(
        _ name: String, as parse: (consuming [UInt8], String) throws(DataError) -> Values
    ) throws(DataError) -> Parsed<Values> {
        guard let url = urls[name] else { preconditionFailure("only a complete set of files is read") }
        let content = try DataFiles.content(of: url).bytes
        let digest = SHA256.hex(content)
        return (name, url.path, digest, try parse(content, url.path))
    }

    /// A file's content, decompressed if it is compressed.
    static func content(of url: URL) throws(DataError) -> (bytes: [UInt8], isCompressed: Bool) {
        let file = try open(url)
        guard file.length <= longestFile else { throw .tooLong(path: url.path, limit: longestFile) }
        // Images become about half as long.
        return try unpack(path: url.path, expecting: 2 * file.length) { () throws(DataError) in
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

    /// - Parameters:
    ///   - expected: length of what is unpacked, about.
    ///   - next: gives the file's next bytes, none at its end.
    static func unpack(
        path: String, expecting expected: Int = 0, _ next: () throws(DataError) -> [UInt8]
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
        var gunzip = Gunzip(limit: longestFile, expecting: expected)
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
