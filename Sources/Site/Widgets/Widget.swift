/// An interactive part of the pages, which a script of the same name brings to life.
enum Widget: String, CaseIterable {
    /// A confusion matrix with examples of each mistake.
    case confusions
    /// The laboratory in small, for the article: one network, loaded when a reader asks for it.
    case glimpse
    /// Networks run in the page on any image.
    case laboratory
}

extension Widget {
    /// The figure that stands in the part's place until its script has found its data, and where there are no scripts.
    ///
    /// - Parameter networks: in the order of the article.
    func still(of networks: [String]) -> String? {
        switch self {
        case .confusions: networks.last.map { "confusion-\($0)" }
        // It follows the figure that it brings to life.
        case .glimpse: nil
        case .laboratory: "hero"
        }
    }

    /// The scripts that bring the part to life, by name, in the order in which they run.
    var scripts: [String] {
        switch self {
        case .confusions: ["widget-tools", "widget-confusions"]
        case .glimpse:
            ["widget-tools"] + Widget.scripts("lab", Widget.engine) + ["laboratory"]
                + Widget.scripts("laboratory", Widget.picturing + ["glimpse"])
        case .laboratory:
            ["widget-tools"] + Widget.scripts("lab", Widget.engine + ["accuracy"]) + ["laboratory"]
                + Widget.scripts("laboratory", Widget.picturing + Widget.trying + ["start"])
        }
    }

    /// What computes a network.
    private static let engine = [
        "network", "products", "convolution", "dense", "elementwise", "pooling", "pass", "terms", "way",
        "occlusion",
    ]

    /// What shows one, and draws.
    private static let picturing = [
        "site", "edits", "pad", "controls", "board", "maps", "rows", "layers", "way", "answers", "column", "share",
    ]

    /// What is done with networks besides.
    private static let trying = ["history", "terms", "switches", "curve", "time", "why", "file"]

    private static func scripts(_ family: String, _ subjects: [String]) -> [String] {
        subjects.map { "\(family)-\($0)" }
    }

    /// What stands in the page: a sentence and a picture for readers without scripts, and where the scripts are.
    ///
    /// - Parameters:
    ///   - root: the way from the page to the folder that holds scripts and data.
    ///   - laboratory: the way to the laboratory's page.
    ///   - still: what `partials/picture` uses; empty without a figure of that kind.
    func html(
        _ templates: TemplateFolder, _ words: Words, root: String, laboratory: String, still: [String: Any]
    ) throws -> String {
        var values: [String: Any] = try [
            "name": rawValue, "label": words("widget.\(rawValue)"), "fallback": words("widget.fallback"),
            "scripts": scripts.joined(separator: " "), "parts": root, "failed": words("widget.failed"),
            "hasStill": !still.isEmpty, "isAskedFor": self == .glimpse,
        ]
        if self == .glimpse {
            values["invitation"] = try words("widget.glimpse.invitation")
            values["laboratory"] = laboratory
            values["elsewhere"] = try words("widget.glimpse.elsewhere")
            values["ask"] = try words("widget.glimpse.ask")
        }
        return try templates.render("partials/widget", values.merging(still) { $1 })
    }
}
