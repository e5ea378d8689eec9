/// What can be wrong with the data files, in one line each: what, where, what to do.
public enum DataError: Error, Equatable, Sendable {
    /// Who named the folder that the files were to be in.
    public enum FolderSource: String, Sendable {
        case option = "--data"
        case environment = "$FASHION_MNIST_DIR"
        case experiment = "the experiment"
    }

    /// Why a download came to nothing.
    public enum DownloadFailure: Equatable, Sendable {
        case status(Int)
        case tooManyRedirects
        /// The server does not say how much it will send.
        case unknownLength
        case tooLong(limit: Int)
        /// Nothing arrived for a while, or the whole took too long.
        case tooSlow
        case connection(reason: String)
        case damaged(GzipError)
        /// Not the file of Fashion-MNIST, which alone is downloaded.
        case otherContent(digest: String)
    }

    case missingFolder(folder: String, source: FolderSource)
    case missingFile(name: String, folder: String, source: FolderSource)
    case unreadable(path: String, reason: String)
    case tooLong(path: String, limit: Int)
    case gzip(path: String, GzipError)
    case wrongMagic(path: String, found: UInt32, expected: UInt32)
    case empty(path: String)
    case truncated(path: String, bytes: Int, expected: Int)
    case trailingBytes(path: String, count: Int)
    case labelOutOfRange(path: String, position: Int, label: Int)
    case countMismatch(imagesPath: String, images: Int, labelsPath: String, labels: Int)
    /// A well-formed file that is not the one of Fashion-MNIST.
    case otherData(path: String, digest: String, expected: String)
    /// Nothing has that name.
    case missing(path: String)
    case form(path: String, FormFault)
    case imageFolder(path: String, ImageFolderFault)
    case image(path: String, ImageFault)
    case archive(path: String, ZipFault)
    /// A file of arrays that are named in no known way.
    case noArrays(path: String)
    case missingArray(path: String, name: String)
    case array(path: String, name: String, ArrayFault)
    case badAddress(String)
    case download(address: String, DownloadFailure)
    case unwritableCache(path: String, reason: String)
    /// On a file system that does not lock files.
    case unlockableCache(path: String, reason: String)
    /// The task that waited for the data was cancelled.
    case cancelled
}

extension DataError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .missingFolder(let folder, let source):
            "\(folder): no such folder, though \(source.rawValue) names it: correct it\(source == .experiment ? "" : " or leave it out")"
        case .missingFile(let name, let folder, let source):
            "\(folder): \(name) is missing, plain and .gz alike: put all four files there\(source.otherwise)"
        case .unreadable(let path, let reason):
            "\(path): cannot be read (\(reason)): make it readable or name another"
        case .tooLong(let path, let limit):
            "\(path): longer than \(limit) bytes, too long for a data file: get the file again"
        case .gzip(let path, let error):
            "\(path): \(error.inWords): get the file again"
        case .wrongMagic(let path, let found, let expected):
            "\(path): begins with \(hex(found)) instead of \(hex(expected)), not such an IDX file: get the file again"
        case .empty(let path):
            "\(path): holds no samples: get the file again"
        case .truncated(let path, let bytes, let expected):
            "\(path): \(bytes.counted("byte")) instead of \(expected), cut short: get the file again"
        case .trailingBytes(let path, let count):
            "\(path): \(count.counted("byte")) too many after its last sample: get the file again"
        case .labelOutOfRange(let path, let position, let label):
            "\(path): label \(label) of sample \(position) is not in 0...\(DataForm.classes.upperBound - 1): get the file again"
        case .countMismatch(let imagesPath, let images, let labelsPath, let labels):
            "\(labelsPath): \(labels.counted("label")) for \(images.counted("image")) in \(imagesPath): get both files from one data set"
        case .otherData(let path, let digest, let expected):
            "\(path): not the file of Fashion-MNIST (SHA-256 \(digest) instead of \(expected)): "
                + "get the file again; for other data, name them in an experiment of their own"
        case .missing(let path): "\(path): no such file or folder: correct the path"
        case .form(let path, let fault): "\(path): \(fault)"
        case .imageFolder(let path, let fault): "\(path): \(fault)"
        case .image(let path, let fault): "\(path): \(fault)"
        case .archive(let path, let fault): "\(path): \(fault)"
        case .noArrays(let path):
            "\(path): holds neither x_train, y_train, x_test and y_test nor train_images, train_labels, test_images "
                + "and test_labels: save the arrays under such names"
        case .missingArray(let path, let name):
            "\(path): \(name) is missing: save it with the others"
        case .array(let path, let name, let fault): "\(path): \(name): \(fault)"
        case .badAddress(let address):
            "\(address): not an http or https address: correct $FASHION_MNIST_URL or leave it out"
        case .download(let address, let failure):
            "\(address): download failed, \(failure.inWords): try again later, or name a folder with the files with --data"
        case .cancelled:
            "the search for the data was cancelled: start it again"
        case .unwritableCache(let path, let reason):
            "\(path): cannot be written (\(reason)): make room or set $XDG_CACHE_HOME to a folder that can be written"
        case .unlockableCache(let path, let reason):
            "\(path): its file system cannot lock files (\(reason)): set $XDG_CACHE_HOME to a folder on one that can"
        }
    }

    private func hex(_ number: UInt32) -> String {
        let digits = String(number, radix: 16)
        return "0x" + String(repeating: "0", count: 8 - digits.count) + digits
    }
}

extension DataError.FolderSource {
    /// What else than to put the files there.
    fileprivate var otherwise: String { self == .experiment ? "" : " or leave out \(rawValue)" }
}

extension GzipError {
    fileprivate var inWords: String {
        switch self {
        case .notGzip: "not gzip data"
        case .damaged(let reason): "damaged gzip data (\(reason))"
        case .truncated: "gzip data cut short"
        case .trailingBytes: "gzip data followed by something else"
        case .tooLong(let limit): "gzip data that holds more than \(limit) bytes"
        }
    }
}

extension DataError.DownloadFailure {
    fileprivate var inWords: String {
        switch self {
        case .status(let code): "the server answered with status \(code)"
        case .tooManyRedirects: "the server keeps redirecting"
        case .unknownLength: "the server does not say how much it will send"
        case .tooLong(let limit): "the server has more than \(limit) bytes"
        case .tooSlow: "the server is too slow"
        case .connection(let reason): "connection failed (\(reason))"
        case .damaged(let error): "the server sent something else: \(error.inWords)"
        case .otherContent(let digest): "the server sent another file (SHA-256 \(digest))"
        }
    }
}
