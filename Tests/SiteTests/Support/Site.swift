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

extension [String: Data] {
    /// The same files, those that the pages load by their path among these.
    var withoutVersion: [String: Data] {
        let pairs = map { (String($0.key.trimmingPrefix(/parts\/[0-9a-f]{12}\//)), $0.value) }
        return Dictionary(uniqueKeysWithValues: pairs)
    }
}
