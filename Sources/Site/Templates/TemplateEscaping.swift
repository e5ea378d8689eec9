import Mustache
import Render

/// Has Mustache write values as every other part of the package does: scalar by scalar. Its own escaping goes by
/// `Character`, and lets a quote pass that a combining mark follows.
struct TemplateEscaping: MustacheContentType {
    func escapeText(_ text: String) -> String { text.escapedMarkup }

    private static let name = "MARKUP"
    private static let isRegistered: Bool = {
        MustacheContentTypes.register(TemplateEscaping(), named: name)
        return true
    }()

    /// A template that asks for it, in a line before its first.
    static func asked(for text: String) -> String {
        precondition(isRegistered)
        return "{{% CONTENT_TYPE:\(name)}}\n" + text
    }
}
