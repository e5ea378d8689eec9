import Learn

/// A passage of the sources as the article shows it, with the Keras lines that do the same where there are any.
struct CodeListing: Equatable {
    let excerpt: Excerpts.Excerpt
    let keras: String?

    /// Every passage that the sources mark, by its name, and each network's lines in the experiment's file.
    static func all(_ excerpts: Excerpts, runs: [Run], experiment: String) -> [CodeListing] {
        var keras: [String: String] = [:]
        if let training = runs.first?.training { keras["epoch"] = KerasListing.training(training.configuration) }
        let passages = excerpts.excerpts.values.sorted { $0.id < $1.id }
        return passages.map { CodeListing(excerpt: $0, keras: keras[$0.id]) }
            + runs.map(\.network).map { network in
                CodeListing(
                    excerpt: Excerpts.Excerpt(
                        id: network.name, path: experiment, text: ExperimentListing.text(of: network)),
                    keras: KerasListing.model(network))
            }
    }
}

extension CodeListing {
    /// The values under the names that `partials/code` uses.
    func values(_ words: Words) throws -> [String: Any] {
        [
            "id": excerpt.id, "path": excerpt.path, "code": Highlighter.of(excerpt.path).html(excerpt.text),
            "hasKeras": keras != nil, "keras": Highlighter.python.html(keras ?? ""),
            "title": try words("code.title"),
        ]
    }
}
