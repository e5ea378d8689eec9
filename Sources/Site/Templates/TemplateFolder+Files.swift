import Foundation
import Learn

extension TemplateFolder {
    /// A folder among the templates, and which of its files are read.
    struct Part {
        /// Path in the folder of templates, ending in a slash unless it is that folder.
        let prefix: String
        let extensions: [String]

        static let pages = Part(prefix: "", extensions: ["mustache"])
        static let partials = Part(prefix: "partials/", extensions: ["mustache"])
        static let article = Part(prefix: "article/", extensions: ["md"])
        static let assets = Part(prefix: "assets/", extensions: ["css", "js"])
        static let languages = Part(prefix: "", extensions: ["yml"])

        /// - Parameter code: of a language.
        static func strings(_ code: String) -> Part { Part(prefix: "strings/\(code)/", extensions: ["json"]) }

        /// All that a folder of templates has.
        static func all(in templates: URL) throws -> [Part] {
            [pages, partials, article, assets, languages] + (try TemplateFolder.languages(in: templates)).map(strings)
        }
    }

    /// Names of the folders of strings, which are languages' codes.
    static func languages(in templates: URL) throws -> [String] {
        let folder = templates.appending(path: "strings")
        guard FileManager.default.fileExists(atPath: folder.path) else { return [] }
        return try SiteBuilder.step("read", folder.path) {
            try FileManager.default.contentsOfDirectory(
                at: folder, includingPropertiesForKeys: [.isDirectoryKey], options: .skipsHiddenFiles
            )
            .filter { try $0.resourceValues(forKeys: [.isDirectoryKey]).isDirectory == true }
            .map(\.lastPathComponent).sorted()
        }
    }

    /// Files of a part by name; none if there is no such folder.
    ///
    /// What an editor leaves beside an open file, its lock or its spare copy, is no template: it has a hidden name or
    /// another ending.
    static func files(in templates: URL, _ part: Part) throws -> [URL] {
        let folder = part.prefix.isEmpty ? templates : templates.appending(path: part.prefix)
        guard FileManager.default.fileExists(atPath: folder.path) else { return [] }
        let files = try SiteBuilder.step("read", folder.path) {
            try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        }
        return files.filter { part.extensions.contains($0.pathExtension) && !$0.lastPathComponent.hasPrefix(".") }
            .sorted { $0.lastPathComponent < $1.lastPathComponent }
    }

    /// Text of each file of the article's prose by its name in the folder of templates.
    static func prose(in templates: URL) throws -> [String: String] {
        try files(in: templates, .article).reduce(into: [:]) { texts, file in
            let name = Part.article.prefix + file.lastPathComponent
            texts[name] = try text(of: file, named: name)
        }
    }

    /// - Parameter name: what the file is called in the message of an error.
    /// - Throws: ``SiteError/malformed(file:line:problem:)`` if it cannot be read.
    static func content(of file: URL, named name: String) throws -> Data {
        do {
            return Data(try OpenFile.contents(of: file))
        } catch {
            throw SiteError.malformed(file: name, line: nil, problem: "cannot be read: \(error.reason)")
        }
    }

    static func text(of file: URL, named name: String) throws -> String {
        guard let text = String(validating: try content(of: file, named: name), as: UTF8.self) else {
            throw SiteError.malformed(file: name, line: nil, problem: "cannot be read as UTF-8 text")
        }
        return text
    }
}
