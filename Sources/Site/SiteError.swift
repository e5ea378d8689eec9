/// What can go wrong while the site is made, in one line each: what, where, what to do.
public enum SiteError: Error, Equatable {
    /// A key that `templates/strings/<language>` does not define.
    case missingString(key: String, language: Language)
    /// A placeholder of a string for which the caller gave no value.
    case unfilledPlaceholder(key: String, placeholder: String, language: Language)
    /// A strings file or template that cannot be read or does not mean anything.
    case malformed(file: String, line: Int?, problem: String)
    /// No templates where they were looked for.
    case noTemplates(folder: String)
    /// A tag whose key nothing defines.
    case unknownKey(file: String, line: Int, key: String)
    /// A fault in the prose of an article.
    case prose(at: ProsePlace, problem: String)
    /// Two languages do not tell the same.
    case languagesDiffer(section: String, what: String)
    /// A link of a page that leads nowhere.
    case brokenLink(page: String, link: String)
    /// An output folder that the site must not be written to.
    case refusedOutput(folder: String, reason: String)
    /// The site needs a run that the store does not hold.
    case noRun(network: String, folder: String, command: String)
    /// A number or claim that a figure or table shows, and that was not worked out.
    case noFact(key: String)
    /// A step of the build failed.
    case step(String, path: String, cause: String)
}

extension SiteError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .missingString(let key, let language):
            "no string \"\(key)\" in \(language.code); add it to templates/strings/\(language.code)"
        case .unfilledPlaceholder(let key, let placeholder, let language):
            "string \"\(key)\" in \(language.code) wants a value for {\(placeholder)}, which its user does not give"
        case .malformed(let file, let line, let problem):
            "\(SiteError.place(file, line)): \(problem)"
        case .noTemplates(let folder):
            "no templates in \(folder); run from the package's folder or name theirs with --templates"
        case .unknownKey(let file, let line, let key):
            "\(SiteError.place(file, line)): unknown key \"\(key)\""
        case .prose(let place, let problem):
            "\(place): \(problem): \(place.excerpt)"
        case .languagesDiffer(let section, let what):
            "section \"\(section)\": the languages differ: \(what)"
        case .brokenLink(let page, let link):
            "\(page): the link \"\(link)\" leads nowhere"
        case .refusedOutput(let folder, let reason):
            "refusing to write to \(folder): \(reason)"
        case .noRun(let network, let folder, let command):
            "\(folder): no complete run of \(network) on this data; make it with: \(command)"
        case .noFact(let key):
            "no number or claim \"\(key)\" for these runs, though a figure or table shows it: a fault of the program; "
                + "please report it"
        case .step(let step, let path, let cause):
            "\(step): \(path): \(cause)"
        }
    }

    private static func place(_ file: String, _ line: Int?) -> String {
        line.map { "\(file):\($0)" } ?? file
    }
}
