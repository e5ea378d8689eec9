import Foundation

/// Where images and their classes come from.
public enum DataSource: Sendable, Hashable {
    /// Found in one of the usual folders, or downloaded; checked by digest.
    case fashionMNIST
    /// A folder of four IDX files, named and compressed as ``FashionMNIST`` allows, of images of any size from 8 x 8
    /// to 64 x 64.
    case idx(URL)
    /// A folder with the folders `train` and `test`, each with a folder of PNG and JPEG images for each class.
    ///
    /// - Parameters:
    ///   - scaledTo: the size that each image is stretched or shrunk to; nil if all have the same size already.
    ///   - channels: 1 to make all grey, 3 to keep colours; nil for 1 if all images are grey, and 3 if not.
    case images(URL, scaledTo: ImageSize? = nil, channels: Int? = nil)
    /// A file of NumPy arrays, named as Keras or as MedMNIST names them.
    case npz(URL)
}

/// Rows and columns of an image.
public struct ImageSize: Sendable, Hashable, CustomStringConvertible {
    public let height, width: Int

    public init(height: Int, width: Int) {
        self.height = height
        self.width = width
    }

    public var description: String { "\(height) x \(width)" }
}

extension ImageShape {
    public var size: ImageSize { ImageSize(height: height, width: width) }
}

extension DataSource {
    /// Tells the source by what is there: a file is `.npz`, a folder with `train` or `test` in it holds images, and any
    /// other folder IDX files.
    ///
    /// - Throws: ``DataError/missing(path:)`` if nothing is there.
    public init(at url: URL, scaledTo size: ImageSize? = nil) throws(DataError) {
        func isFolder(_ url: URL) -> Bool? {
            var isFolder: ObjCBool = false
            return FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) ? isFolder.boolValue : nil
        }
        guard let isAFolder = isFolder(url) else { throw .missing(path: url.path) }
        let holdsSplits = ImageFolder.splits.contains { isFolder(url.appendingPathComponent($0)) == true }
        self = !isAFolder ? .npz(url) : holdsSplits ? .images(url, scaledTo: size) : .idx(url)
    }

    /// Reads and checks all images and labels.
    ///
    /// The same images with the same labels in the same order have the same digests, whatever form they come in.
    ///
    /// - Parameters:
    ///   - environment: the variables that name folders of Fashion-MNIST and a mirror.
    ///   - telling: told what takes time or goes wrong on the way.
    /// - Throws: ``DataError`` that names file and place of the first fault.
    public func load(
        environment: [String: String] = ProcessInfo.processInfo.environment,
        telling: (DataEvent) -> Void = { _ in }
    ) async throws(DataError) -> Dataset {
        switch self {
        case .fashionMNIST:
            return try await FashionMNIST.load(environment: environment, telling: telling)
        case .idx(let folder):
            return try DataFiles(complete: folder, namedBy: .experiment).readAnyForm()
        case .images(let folder, let size, let channels):
            return try ImageFolder(folder: folder, size: size, channels: channels).read()
        case .npz(let file):
            return try NPZ(file).dataset()
        }
    }
}
