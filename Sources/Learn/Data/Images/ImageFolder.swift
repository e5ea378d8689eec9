import Foundation

/// A folder of images: `train` and `test`, in each a folder for each class, in each PNG and JPEG files.
///
/// Classes and files are taken in the order of their names' bytes, so that a folder gives the same data everywhere.
/// Hidden files and folders, and whatever has another ending, are passed over.
struct ImageFolder {
    let folder: URL
    /// What all images are scaled to; nil if they have one size already.
    let size: ImageSize?
    /// 1 or 3; nil for 1 if all images are grey, else 3.
    let channels: Int?

    static let splits = ["train", "test"]
    static let endings: Set = ["png", "jpg", "jpeg"]

    /// Files by class, in order.
    typealias Classes = [(name: String, files: [URL])]

    func read() throws(DataError) -> Dataset {
        if let size { try DataForm.check(size, path: folder.path) }
        if let channels, !DataForm.channels.contains(channels) {
            throw .form(path: folder.path, .channels(channels))
        }
        let train = try classes(in: "train")
        let test = try classes(in: "test")
        try checkSame(train, test)
        guard DataForm.classes.contains(train.count) else {
            throw .form(path: folder.path, .classCount(train.count))
        }
        var reading = ImageReading(size: size)
        let images = (try reading.pixels(of: train), try reading.pixels(of: test))
        let channels = channels ?? (images.0.isGrey && images.1.isGrey ? 1 : 3)
        guard let size = reading.size else { preconditionFailure("each class has an image") }
        let shape = ImageShape(height: size.height, width: size.width, channels: channels)
        return Dataset(
            train: Split(pixels: images.0.pixels(channels: channels), labels: labels(train), shape: shape),
            test: Split(pixels: images.1.pixels(channels: channels), labels: labels(test), shape: shape),
            classNames: train.map(\.name))
    }

    private func labels(_ classes: Classes) -> [UInt8] {
        classes.enumerated().flatMap { label, entry in [UInt8](repeating: UInt8(label), count: entry.files.count) }
    }

    private func classes(in split: String) throws(DataError) -> Classes {
        let place = folder.appendingPathComponent(split, isDirectory: true)
        guard isFolder(place) else { throw .imageFolder(path: folder.path, .missingSplit(split)) }
        var classes: Classes = []
        for name in try names(in: place) {
            let folder = place.appendingPathComponent(name, isDirectory: true)
            guard isFolder(folder) else { continue }
            let files = try names(in: folder).map { folder.appendingPathComponent($0) }
                .filter { ImageFolder.endings.contains($0.pathExtension.lowercased()) }
            guard !files.isEmpty else { throw .imageFolder(path: folder.path, .noImages) }
            classes.append((name, files))
        }
        guard !classes.isEmpty else { throw .imageFolder(path: place.path, .noClasses) }
        return classes
    }

    private func checkSame(_ train: Classes, _ test: Classes) throws(DataError) {
        for (split, these, others) in [("train", train, test), ("test", test, train)] {
            let known = Set(others.map(\.name))
            if let name = these.map(\.name).first(where: { !known.contains($0) }) {
                let path = folder.appendingPathComponent("\(split)/\(name)").path
                throw .imageFolder(path: path, .onlyHere(name, other: split == "train" ? "test" : "train"))
            }
        }
    }

    private func isFolder(_ url: URL) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) && isFolder.boolValue
    }

    private func names(in folder: URL) throws(DataError) -> [String] {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        } catch {
            throw .unreadable(path: folder.path, reason: error.localizedDescription)
        }
        return names.filter { !$0.hasPrefix(".") }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
}

extension DataError {
    /// How a folder of images differs from `train` and `test` with the same classes in them.
    public enum ImageFolderFault: Equatable, Sendable {
        case missingSplit(String)
        case noClasses
        case noImages
        /// A class that the other split lacks.
        case onlyHere(String, other: String)
    }
}

extension DataError.ImageFolderFault: CustomStringConvertible {
    public var description: String {
        switch self {
        case .missingSplit(let name):
            "no folder \(name) in it: make \(name)/CLASS/ with the images of each class"
        case .noClasses:
            "no folder in it: make a folder for each class there, with its images"
        case .noImages:
            "no .png, .jpg or .jpeg file in it: put the class's images there, or remove the folder"
        case .onlyHere(let name, let other):
            "\(other) has no class \(name): make \(other)/\(name)/ with images, or remove this folder"
        }
    }
}
