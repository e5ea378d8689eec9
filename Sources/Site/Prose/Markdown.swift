import CCmark
import Foundation

/// CommonMark to HTML, by libcmark.
enum Markdown {
    /// What a paragraph or list became, and what of it is no Markdown that an article may hold.
    struct Result {
        let html: String
        let problem: String?
    }

    /// - Parameter root: the way from the page to the site's root, before which links that begin with a slash go.
    static func html(_ text: String, root: String) -> Result {
        let bytes = Array(text.utf8)
        let document = bytes.withUnsafeBytes { bytes in
            cmark_parse_document(bytes.bindMemory(to: CChar.self).baseAddress, bytes.count, CMARK_OPT_DEFAULT)
        }
        guard let document else { return Result(html: "", problem: "cannot be parsed") }
        defer { cmark_node_free(document) }
        let problem = walk(document, root: root)
        guard let html = cmark_render_html(document, CMARK_OPT_DEFAULT) else {
            return Result(html: "", problem: "cannot be rendered")
        }
        defer { free(html) }
        return Result(html: String(cString: html), problem: problem)
    }

    /// Has links lead to the root; returns the first thing that does not belong into an article.
    private static func walk(_ document: OpaquePointer, root: String) -> String? {
        guard let iterator = cmark_iter_new(document) else { return "cannot be walked through" }
        defer { cmark_iter_free(iterator) }
        var problem: String?
        while true {
            let event = cmark_iter_next(iterator)
            if event == CMARK_EVENT_DONE { return problem }
            guard event == CMARK_EVENT_ENTER, let node = cmark_iter_get_node(iterator) else { continue }
            switch cmark_node_get_type(node) {
            case CMARK_NODE_LINK:
                let url = cmark_node_get_url(node).map { String(cString: $0) } ?? ""
                if url.hasPrefix("/"), !url.hasPrefix("//") { cmark_node_set_url(node, root + url.dropFirst()) }
            case CMARK_NODE_HTML_INLINE, CMARK_NODE_HTML_BLOCK:
                let html = cmark_node_get_literal(node).map { String(cString: $0) } ?? ""
                let tag = html.prefix { $0 != "\n" }.prefix(40)
                problem = problem ?? "HTML in an article, \(tag); write Markdown, or \\< for the sign itself"
            case CMARK_NODE_TEXT:
                let literal = cmark_node_get_literal(node).map { String(cString: $0) } ?? ""
                // Between letters and punctuation, CommonMark does not take them for emphasis.
                if literal.contains("**") {
                    problem = problem ?? "** that begins or ends nothing: move it past the punctuation beside it"
                }
            case CMARK_NODE_DOCUMENT, CMARK_NODE_PARAGRAPH, CMARK_NODE_LIST, CMARK_NODE_ITEM, CMARK_NODE_SOFTBREAK,
                CMARK_NODE_CODE, CMARK_NODE_EMPH, CMARK_NODE_STRONG:
                break
            default:
                let kind = cmark_node_get_type_string(node).map { String(cString: $0) } ?? "a block"
                problem = problem ?? "\(kind), which an article does not have"
            }
        }
    }
}
