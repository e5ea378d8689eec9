import Foundation
import Learn

extension DataSource {
    /// Keys of the kinds of data that are given by a place.
    static let keys = ["idx", "images", "npz"]
    static let imagesKeys = ["folder", "size", "channels"]

    /// `fashion-mnist`, `{idx: FOLDER}`, `{images: {folder: FOLDER, size: 28}}` or `{npz: FILE}`.
    ///
    /// - Parameter folder: what its path is relative to.
    init(_ value: YAMLValue, folder: URL) throws(ExperimentError) {
        guard value.isMapping else {
            let word = try value.text("data, such as fashion-mnist, or a mapping such as idx: FOLDER")
            guard word == "fashion-mnist" else {
                throw value.fault(
                    "no data are called \(word.inQuotes); write fashion-mnist, or a mapping such as idx: FOLDER, "
                        + "images: {folder: FOLDER, size: 28} or npz: FILE")
            }
            self = .fashionMNIST
            return
        }
        let fields = try value.fields(DataSource.keys, of: "data")
        let given = DataSource.keys.filter { fields[$0] != nil }
        guard given.count == 1 else {
            throw value.fault("data come from one place, not from \(given.count); keep one of idx, images and npz")
        }
        if let idx = fields["idx"] {
            self = .idx(try idx.path("a folder of IDX files", in: folder))
        } else if let npz = fields["npz"] {
            self = .npz(try npz.path("a file of NumPy arrays", in: folder))
        } else {
            let images = try fields.required("images", such: "images: {folder: FOLDER, size: 28}")
                .fields(DataSource.imagesKeys, of: "images")
            self = .images(
                try images.required("folder", such: "folder: photos").path("a folder of images", in: folder),
                scaledTo: try images["size"]?.imageSize(), channels: try images["channels"]?.channels())
        }
    }
}

extension YAMLValue {
    /// A path, relative to the folder of the file.
    fileprivate func path(_ what: String, in folder: URL) throws(ExperimentError) -> URL {
        let path = try text(what)
        return path.hasPrefix("/") ? URL(filePath: path) : folder.appending(path: path)
    }

    fileprivate func imageSize() throws(ExperimentError) -> ImageSize {
        let text = try text("rows and columns, such as 28 or 24x32")
        guard let size = ImageSize(experiment: text) else {
            let edges = DataForm.edges
            throw fault(
                "\(text.inQuotes) is no size of images here; write rows and columns from \(edges.lowerBound) to "
                    + "\(edges.upperBound), such as 28 or 24x32")
        }
        return size
    }

    fileprivate func channels() throws(ExperimentError) -> Int {
        let number = try whole("channels, 1 for grey or 3 for colours", in: 1...3)
        guard number != 2 else { throw fault("wants channels, 1 for grey or 3 for colours, not 2") }
        return Int(number)
    }
}

extension ImageSize {
    /// Reads `28`, or `24x32` for rows and columns; nil if the text is neither.
    public init?(experiment text: String) {
        guard let numbers = text.wholeMatch(of: /([0-9]{1,2})(?:x([0-9]{1,2}))?/), let rows = Int(numbers.1) else {
            return nil
        }
        let columns = numbers.2.flatMap { Int($0) } ?? rows
        guard DataForm.edges.contains(rows), DataForm.edges.contains(columns) else { return nil }
        self.init(height: rows, width: columns)
    }
}
