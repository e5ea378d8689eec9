import Foundation
import Learn

@testable import Site

/// The package's own templates and what tests build with them.
enum TestSite {
    static let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
    static let templates = package.appending(path: "templates")

    /// Ids of the catalogue's figures.
    static let figureIDs = FigureCatalog.figures(for: Network.all).map(\.id)

    /// Figures that draw nothing, quickly.
    static let figures = figureIDs.map { figure($0) }

    /// The same, with those that a study adds.
    static let studyFigures = FigureCatalog.figures(for: Network.all, hasStudy: true).map { figure($0.id) }

    static func figure(
        _ id: String,
        draw: @escaping @Sendable (Words, Appearance) throws -> FigureImage = { _, appearance in
            FigureImage(width: 640, height: 400, svg: Data("<svg><!-- \(appearance.rawValue) --></svg>".utf8))
        }
    ) -> PageFigure {
        PageFigure(
            id: id, caption: { "\($0.language.rawValue) caption of \(id)" },
            altText: { "\($0.language.rawValue) alt of \(id)" }, draw: draw,
            table: { id.hasPrefix("loss") ? "epoch,loss\n1,0.5\n" : nil })
    }
}

/// A folder that is removed when the test ends.
final class TemporaryFolder {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "site-tests-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    /// Writes a file, with its folders.
    func write(_ text: String, to path: String) throws {
        let file = url.appending(path: path)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }

    /// Text of every file by path, links and folders without files left out.
    func contents(of folder: String = "") throws -> [String: Data] {
        let base = url.appending(path: folder)
        var contents: [String: Data] = [:]
        guard let paths = FileManager.default.enumerator(atPath: base.path) else { return [:] }
        for case let path as String in paths {
            var isFolder: ObjCBool = false
            let file = base.appending(path: path)
            if FileManager.default.fileExists(atPath: file.path, isDirectory: &isFolder), !isFolder.boolValue {
                contents[path] = try Data(contentsOf: file)
            }
        }
        return contents
    }
}
