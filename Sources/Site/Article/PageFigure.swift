/// The reader's two colour schemes.
enum Appearance: String, CaseIterable, Sendable {
    case light, dark
}

/// A figure of the catalogue, ready to be drawn for a page.
struct PageFigure: Sendable {
    let id: String
    let caption: @Sendable (Words) throws -> String
    let altText: @Sendable (Words) throws -> String
    let draw: @Sendable (Words, Appearance) throws -> FigureImage
    /// The figure's data as CSV, or nil for a figure that is nothing but images.
    let table: @Sendable () throws -> String?
}

/// A drawn figure.
struct FigureImage: Sendable {
    /// Extent in CSS pixels.
    let width: Int
    let height: Int
    let svg: String
}

extension PageFigure {
    /// Where the figure lies in the site.
    func path(_ language: Language, _ appearance: Appearance) -> String {
        "figures/\(language.rawValue)/\(appearance.rawValue)/\(id).svg"
    }

    /// Where the figure's data lie in the site.
    var tablePath: String { "data/\(id).csv" }
}
