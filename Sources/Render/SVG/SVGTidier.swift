/// Turns the SVG that Cairo writes into one that is small, in pixels, and the same at every drawing.
///
/// Cairo numbers ids through the whole process, writes every default, and has neither title nor description.
struct SVGTidier {
    let drawing: Drawing
    /// Begins the ids of this drawing's parts: short, as hundreds of letters refer to them.
    private let prefix: String

    init(drawing: Drawing) {
        self.drawing = drawing
        prefix = SVGTidier.prefix(of: drawing.id)
    }

    /// A letter and four more signs, from a hash of the id. Source: FNV-1a, 32 bits.
    static func prefix(of id: String) -> String {
        let hash = id.utf8.reduce(2_166_136_261 as UInt32) { ($0 ^ UInt32($1)) &* 16_777_619 }
        let digits = String(hash % 1_679_616, radix: 36)
        return "g" + String(repeating: "0", count: 4 - digits.count) + digits
    }

    /// - Parameter bytes: a complete SVG file by Cairo 1.16 or later.
    /// - Throws: ``RenderError/cairo(operation:status:)`` if it is not such a file.
    func tidy(_ bytes: [UInt8]) throws -> [UInt8] {
        let root = try XMLNode.parse(bytes)
        var definitions: [String: XMLNode] = [:]
        var content: [XMLNode] = []
        for child in root.children.map(simplified) {
            if child.name == "defs" {
                collectDefinitions(child, into: &definitions)
            } else {
                content.append(contentsOf: child.name == "g" && child["fill"] == nil ? child.children : [child])
            }
        }
        var used: [XMLNode] = []
        var names: [String: String] = [:]
        content = content.compactMap { rename($0, definitions, &names, &used) }
        return document(defs: used, content: content)
    }

    private func document(defs: [XMLNode], content: [XMLNode]) -> [UInt8] {
        let (width, height) = (SVGNumber.text(drawing.size.width), SVGNumber.text(drawing.size.height))
        let (id, language) = (drawing.id.escapedMarkup, drawing.language.escapedMarkup)
        let opening = """
            <svg xmlns="http://www.w3.org/2000/svg" lang="\(language)" xml:lang="\(language)" \
            width="\(width)" height="\(height)" viewBox="0 0 \(width) \(height)" role="img" \
            aria-labelledby="\(id)-title \(id)-desc">\
            <title id="\(id)-title">\(drawing.title.escapedMarkup)</title>\
            <desc id="\(id)-desc">\(drawing.description.escapedMarkup)</desc>

            """
        var output = Array(opening.utf8)
        if !defs.isEmpty { XMLNode(name: "defs", children: defs).write(to: &output) }
        for node in content {
            output += "\n".utf8
            node.write(to: &output)
        }
        output += "\n</svg>\n".utf8
        return output
    }
}

extension SVGTidier {
    /// The element and all below it without defaults and with short numbers; ids are left alone.
    private func simplified(_ node: XMLNode) -> XMLNode {
        var result = XMLNode(name: node.name)
        for (name, value) in node.attributes {
            if name == "style" {
                for property in value.split(separator: UInt8(ascii: ";")) {
                    let parts = property.split(separator: UInt8(ascii: ":"), maxSplits: 1)
                    guard parts.count == 2 else { continue }
                    add(String(decoding: trimmed(parts[0]), as: UTF8.self), trimmed(parts[1]), to: &result)
                }
            } else {
                add(name == "xlink:href" ? "href" : name, value, to: &result)
            }
        }
        if node.name == "image" { result["style"] = SVGTidier.pixelated }
        result.children = node.children.map(simplified)
        return result
    }

    private static let pixelated = Array("image-rendering:pixelated".utf8)[...]

    private func trimmed(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let rest = text.drop { $0 == 0x20 }
        return rest[..<(rest.lastIndex { $0 != 0x20 }.map { $0 + 1 } ?? rest.startIndex)]
    }

    private func add(_ name: String, _ value: ArraySlice<UInt8>, to node: inout XMLNode) {
        if let usual = SVGTidier.defaults[name], value.elementsEqual(usual.utf8) { return }
        switch name {
        case "d": node[name] = SVGPath.shortened(value)
        case "fill", "stroke", "stop-color": node[name] = SVGNumber.color(value)
        case "x", "y": node[name] = SVGNumber.shortened(value, decimals: node.name == "use" ? 1 : 2)
        case "width", "height", "r", "cx", "cy", "stroke-width", "fill-opacity", "stroke-opacity", "stroke-dasharray":
            node[name] = SVGNumber.shortened(value, decimals: 2)
        case "transform": node[name] = SVGNumber.shortened(value, decimals: 4)
        default: node[name] = value
        }
    }

    /// What a viewer takes an attribute to be that is not there.
    private static let defaults = [
        "fill-opacity": "1", "stroke-opacity": "1", "fill-rule": "nonzero", "stroke": "none", "stroke-linecap": "butt",
        "stroke-linejoin": "miter", "stroke-miterlimit": "4", "overflow": "visible", "x": "0", "y": "0",
        "stroke-width": "1",
    ]
}

extension SVGTidier {
    /// Everything that others may refer to, by Cairo's id; a glyph's symbol becomes its bare outline.
    private func collectDefinitions(_ node: XMLNode, into definitions: inout [String: XMLNode]) {
        for child in node.children {
            guard let id = child["id"].map({ String(decoding: $0, as: UTF8.self) }) else {
                collectDefinitions(child, into: &definitions)
                continue
            }
            let isWrapper = child.name == "symbol" || child.name == "g"
            definitions[id] = isWrapper && child.children.count == 1 ? child.children[0] : child
        }
    }

    /// Gives ids and references the drawing's own numbers, in the order of first use.
    ///
    /// - Returns: nil if the element refers to something without outline, such as a space.
    private func rename(
        _ node: XMLNode, _ definitions: [String: XMLNode], _ names: inout [String: String], _ used: inout [XMLNode]
    ) -> XMLNode? {
        var result = node
        result.children = []
        result["id"] = nil
        for (name, value) in node.attributes {
            guard name != "id", let id = reference(value), let definition = definitions[id] else { continue }
            if definition["d"]?.isEmpty == true { return nil }
            if names[id] == nil {
                let short = "\(prefix)-\(names.count + 1)"
                names[id] = short
                guard var renamed = rename(definition, definitions, &names, &used) else { return nil }
                renamed.attributes.insert(("id", Array(short.utf8)[...]), at: 0)
                used.append(renamed)
            }
            let reference = "#\(names[id] ?? "")"
            result[name] = Array((value.first == UInt8(ascii: "u") ? "url(\(reference))" : reference).utf8)[...]
        }
        result.children = node.children.compactMap { rename($0, definitions, &names, &used) }
        return result.name == "g" && result.children.isEmpty ? nil : result
    }

    private func reference(_ value: ArraySlice<UInt8>) -> String? {
        if value.first == UInt8(ascii: "#") { return String(decoding: value.dropFirst(), as: UTF8.self) }
        if value.starts(with: "url(#".utf8) { return String(decoding: value.dropFirst(5).dropLast(), as: UTF8.self) }
        return nil
    }
}
