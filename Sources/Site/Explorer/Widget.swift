/// An interactive part of the pages, which a script of the same name brings to life.
enum Widget: String, CaseIterable {
    /// Every layer's answer of two networks to one of the shown test images.
    case explorer
    /// The first convolution's kernels and the losses at any epoch.
    case epochs
    /// A confusion matrix with examples of each mistake.
    case confusions
    /// Networks run in the page on any image.
    case laboratory
}

extension Widget {
    /// The figure that stands in the part's place until its script has found its data, and where there are no scripts.
    ///
    /// - Parameter networks: in the order of the article.
    func still(of networks: [String]) -> String? {
        switch self {
        case .explorer: networks.first.map { "classes-\($0)-conv1" }
        case .epochs: networks.first.map { "kernels-\($0)-epochs" }
        case .confusions: networks.last.map { "confusion-\($0)" }
        case .laboratory: "hero"
        }
    }

    /// The scripts that bring the part to life, by name, in the order in which they run.
    var scripts: [String] {
        switch self {
        case .explorer, .epochs, .confusions: ["widget-tools", "widget-mosaic", "widget-\(rawValue)"]
        case .laboratory:
            ["widget-tools", "widget-mosaic"]
                + [
                    "network", "products", "convolution", "dense", "elementwise", "pooling", "pass", "terms",
                    "occlusion",
                ].map { "lab-\($0)" }
                + ["laboratory"]
                + [
                    "edits", "pad", "maps", "rows", "layers", "terms", "switches", "answers", "time", "why", "share",
                    "file",
                    "controls", "start",
                ].map { "laboratory-\($0)" }
        }
    }

    /// What stands in the page: a sentence and a picture for readers without scripts, and where the scripts are.
    ///
    /// - Parameters:
    ///   - root: the way from the page to the folder that holds scripts and data.
    ///   - still: what `partials/picture` uses; empty without a figure of that kind.
    func html(_ templates: TemplateFolder, _ words: Words, root: String, still: [String: Any]) throws -> String {
        let values: [String: Any] = try [
            "name": rawValue, "label": words("widget.\(rawValue)"), "fallback": words("widget.fallback"),
            "scripts": scripts.joined(separator: " "), "parts": root, "failed": words("widget.failed"),
            "hasStill": !still.isEmpty,
        ]
        return try templates.render("partials/widget", values.merging(still) { $1 })
    }
}
