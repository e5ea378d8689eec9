/// An interactive part of the pages, which a script of the same name brings to life.
enum Widget: String, CaseIterable {
    /// Every layer's answer of two networks to one of the shown test images.
    case explorer
    /// The first convolution's kernels and the losses at any epoch.
    case epochs
    /// A confusion matrix with examples of each mistake.
    case confusions
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
        }
    }

    /// What stands in the page: a sentence and a picture for readers without scripts, and where the scripts are.
    ///
    /// - Parameters:
    ///   - parts: path in the site of the folder that holds scripts and data.
    ///   - still: what `partials/picture` uses; empty without a figure of that kind.
    func html(_ templates: TemplateFolder, _ words: Words, parts: String, still: [String: Any]) throws -> String {
        let root = words.language.home.root + parts
        let values: [String: Any] = try [
            "name": rawValue, "label": words("widget.\(rawValue)"), "fallback": words("widget.fallback"),
            "scripts": root + "assets/", "data": root + "explorer/", "failed": words("widget.failed"),
            "hasStill": !still.isEmpty,
        ]
        return try templates.render("partials/widget", values.merging(still) { $1 })
    }
}
