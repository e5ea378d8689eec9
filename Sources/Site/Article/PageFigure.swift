import Foundation
import Learn
import Render

/// The reader's two colour schemes.
enum Appearance: String, CaseIterable, Sendable {
    case light, dark
}

/// A figure of the catalogue, ready to be drawn for a page.
struct PageFigure: Sendable {
    let id: String
    /// What it is drawn for where there is room.
    let format: Format
    let caption: @Sendable (Words) throws -> String
    let altText: @Sendable (Words) throws -> String
    let draw: @Sendable (Words, Appearance, Format) throws -> FigureImage
    /// The figure's data as CSV, or nil for a figure that is nothing but images.
    let table: @Sendable () throws -> String?
}

/// A drawn figure.
struct FigureImage: Sendable {
    /// Extent in CSS pixels.
    let width: Int
    let height: Int
    let svg: Data
    /// What the typeface has no letters for.
    var missing: Set<Unicode.Scalar> = []
}

extension PageFigure {
    /// Where the figure lies among what the pages load.
    func path(_ language: Language, _ appearance: Appearance, _ format: Format) -> String {
        let folder = format == .narrow ? "\(appearance.rawValue)-narrow" : appearance.rawValue
        return "figures/\(language.code)/\(folder)/\(id).svg"
    }

    /// Its own, and a phone's, if that is another.
    var formats: [Format] { format == .narrow ? [.narrow] : [format, .narrow] }

    /// Where the figure's data lie in the site.
    var tablePath: String { "data/\(id).csv" }
}

extension PageFigure {
    /// The catalogue's figure, drawn from these data.
    init(_ figure: Figure, _ input: FigureInput) {
        // Each page in each language asks whether there is one.
        let table = Once<Result<String?, any Error>>()
        self.init(
            id: figure.id, format: figure.format, caption: { try figure.caption(input, $0) },
            altText: { try figure.altText(input, $0) },
            draw: { words, appearance, format in
                let drawing = try figure.draw(input, words, appearance == .light ? .light : .dark, format)
                return FigureImage(
                    width: Int(saturating: drawing.size.width.rounded(.up)),
                    height: Int(saturating: drawing.size.height.rounded(.up)),
                    svg: try drawing.svg(), missing: try drawing.missingLetters())
            },
            table: { try table { Result { try figure.table(input)?.csv } }.get() })
    }
}
