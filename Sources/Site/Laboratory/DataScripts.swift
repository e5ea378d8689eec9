import Foundation

/// Values for the pages' scripts, each a script of its own: a page opened from a file may run those, but not read JSON.
///
/// Each script puts one value under its name into an object of the page.
struct DataScripts {
    /// Name of the object, such as `widgetData`.
    let object: String
    /// Folder of the scripts in the site, with a slash at its end.
    let folder: String

    func script(_ name: String, _ value: some Encodable) throws -> (path: String, content: Data) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let json = String(decoding: try encoder.encode(value), as: UTF8.self)
        return ("\(folder)\(name).js", Data("(globalThis.\(object) ??= {})[\"\(name)\"] = \(json);\n".utf8))
    }
}
