import Learn

/// A passage of the sources as the article shows it, with the Keras lines that do the same where there are any.
struct CodeListing: Equatable {
    let excerpt: Excerpts.Excerpt
    let keras: String?

    /// Every passage that the sources mark, by its name.
    static func all(_ excerpts: Excerpts, runs: [Run]) -> [CodeListing] {
        var keras = Dictionary(uniqueKeysWithValues: Network.all.map { ($0.name, KerasListing.model($0)) })
        keras["activations"] = KerasListing.activations
        if let run = runs.first { keras["epoch"] = KerasListing.training(run.configuration) }
        return excerpts.excerpts.values.sorted { $0.id < $1.id }.map { CodeListing(excerpt: $0, keras: keras[$0.id]) }
    }
}

extension CodeListing {
    /// The values under the names that `partials/code` uses.
    func values(_ words: Words) throws -> [String: Any] {
        [
            "id": excerpt.id, "path": excerpt.path, "code": Highlighter.swift.html(excerpt.text),
            "hasKeras": keras != nil, "keras": Highlighter.python.html(keras ?? ""),
            "kerasTitle": try words("code.keras"),
        ]
    }
}
