import Foundation

/// A file of NumPy arrays that hold images and labels, under the names of Keras (`x_train`, `y_train`, `x_test`,
/// `y_test`) or of MedMNIST (`train_images`, `train_labels`, `test_images`, `test_labels`); others are passed over.
struct NPZ: ~Copyable {
    private let archive: ZipArchive
    private let path: String

    /// The longest file, in bytes.
    static let longestFile = 4 * DataForm.longestArray

    /// Names of the arrays of each split, without `.npy`.
    struct Names {
        let train, test: (images: String, labels: String)

        static let known = [
            Names(train: ("x_train", "y_train"), test: ("x_test", "y_test")),
            Names(train: ("train_images", "train_labels"), test: ("test_images", "test_labels")),
        ]

        var all: [String] { [train.images, train.labels, test.images, test.labels] }
    }

    init(_ url: URL) throws(DataError) {
        let file: OpenFile
        do {
            file = try OpenFile(reading: url)
        } catch {
            throw .unreadable(path: url.path, reason: error.reason)
        }
        guard file.length <= NPZ.longestFile else { throw .tooLong(path: url.path, limit: NPZ.longestFile) }
        do {
            archive = try ZipArchive(file)
        } catch {
            throw .archive(path: url.path, error)
        }
        path = url.path
    }

    /// - Parameter path: what errors call the file.
    init(_ bytes: [UInt8], path: String) throws(DataError) {
        do {
            archive = try ZipArchive(bytes)
        } catch {
            throw .archive(path: path, error)
        }
        self.path = path
    }

    func dataset() throws(DataError) -> Dataset {
        let names = try names()
        let train = try split(names.train)
        let test = try split(names.test)
        guard train.shape == test.shape else {
            throw .form(path: place(names.test.images), .otherShape(test.shape, than: train.shape))
        }
        let classCount = try DataForm.classCount(
            train: (train.labels, place(names.train.labels)), test: (test.labels, place(names.test.labels)))
        return Dataset(train: train, test: test, classCount: classCount)
    }

    private func place(_ name: String) -> String { "\(path): \(name)" }

    /// The naming that the file follows, by the first array that tells.
    private func names() throws(DataError) -> Names {
        var followed: Names?
        for names in Names.known where followed == nil && names.all.contains(where: { archive.has($0 + ".npy") }) {
            followed = names
        }
        guard let followed else { throw .noArrays(path: path) }
        for name in followed.all where !archive.has(name + ".npy") { throw .missingArray(path: path, name: name) }
        return followed
    }

    private func split(_ names: (images: String, labels: String)) throws(DataError) -> Split {
        let images = try images(names.images)
        let labels: [UInt8]
        do throws(ArrayFault) {
            labels = try self.labels(names.labels, count: images.pixels.count / images.shape.count)
        } catch {
            throw .array(path: path, name: names.labels, error)
        }
        return Split(pixels: images.pixels, labels: labels, shape: images.shape)
    }

    private func images(_ name: String) throws(DataError) -> (pixels: [UInt8], shape: ImageShape) {
        let array: (header: ArrayHeader, content: [UInt8])
        do throws(ArrayFault) {
            array = try read(name) { header throws(ArrayFault) in
                guard header.integer?.bytes == 1, header.integer?.isSigned == false else {
                    throw .imageType(header.type)
                }
                guard [3, 4].contains(header.shape.count) else { throw .imageShape(header.shape) }
            }
        } catch {
            throw .array(path: path, name: name, error)
        }
        let extents = array.header.shape
        let shape = ImageShape(height: extents[1], width: extents[2], channels: extents.count == 4 ? extents[3] : 1)
        try DataForm.check(shape, path: place(name))
        return (array.content, shape)
    }

    /// - Returns: classes, `[count]`.
    private func labels(_ name: String, count: Int) throws(ArrayFault) -> [UInt8] {
        let (header, content) = try read(name) { header throws(ArrayFault) in
            guard header.integer != nil else { throw .labelType(header.type) }
            guard header.shape.count == 1 || header.shape.count == 2 && header.shape[1] == 1 else {
                throw .labelShape(header.shape)
            }
            guard header.shape[0] == count else { throw .count(labels: header.shape[0], images: count) }
        }
        guard let (bytes, isSigned) = header.integer else { throw .labelType(header.type) }
        var labels: [UInt8] = []
        labels.reserveCapacity(count)
        for position in 0..<count {
            let number = content[position * bytes..<(position + 1) * bytes].reversed().reduce(0 as UInt64) {
                $0 << 8 | UInt64($1)
            }
            guard number < DataForm.classes.upperBound else {
                let unused = 64 - 8 * bytes
                let label = isSigned ? Int(Int64(bitPattern: number << unused) >> unused) : Int(clamping: number)
                throw .labelOutOfRange(position: position, label: label)
            }
            labels.append(UInt8(number))
        }
        return labels
    }

    /// - Parameter check: is given the header before the rest is read.
    private func read(
        _ name: String, _ check: (ArrayHeader) throws(ArrayFault) -> Void
    ) throws(ArrayFault) -> (header: ArrayHeader, content: [UInt8]) {
        var header: ArrayHeader?
        var content = try archive.read(name + ".npy", checkingFirst: ArrayHeader.longest) {
            bytes, length throws(ArrayFault) in
            let found = try ArrayHeader(bytes)
            try check(found)
            guard let elements = found.elements, elements <= DataForm.longestArray, let integer = found.integer else {
                throw .tooLong(limit: DataForm.longestArray)
            }
            guard elements > 0 else { throw .empty }
            let expected = found.length + elements * integer.bytes
            guard length == expected else { throw .length(bytes: length, expected: expected) }
            header = found
        } wrapping: {
            ArrayFault.zip($0)
        }
        guard let header else { throw .notArray }
        content.removeFirst(header.length)
        return (header, content)
    }
}
