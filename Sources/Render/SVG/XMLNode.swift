/// An element of the plain XML that Cairo writes: no text, no comments, no namespaces of its own.
///
/// Values are parts of the document's text as long as nobody changes them: a figure has thousands.
struct XMLNode {
    var name: String
    var attributes: [(name: String, value: Substring)] = []
    var children: [XMLNode] = []

    subscript(attribute: String) -> Substring? {
        get { attributes.first { $0.name == attribute }?.value }
        set {
            let index = attributes.firstIndex { $0.name == attribute }
            switch (index, newValue) {
            case (let index?, let value?): attributes[index].value = value
            case (let index?, nil): attributes.remove(at: index)
            case (nil, let value?): attributes.append((attribute, value))
            case (nil, nil): break
            }
        }
    }

    /// Appends the element as XML; attribute values are written as they are, for so they were read.
    func write(to output: inout [UInt8]) {
        output += "<".utf8
        output += name.utf8
        for (name, value) in attributes {
            output += " ".utf8
            output += name.utf8
            output += "=\"".utf8
            output += value.utf8
            output += "\"".utf8
        }
        guard !children.isEmpty else {
            output += "/>".utf8
            return
        }
        output += ">".utf8
        for child in children { child.write(to: &output) }
        output += "</".utf8
        output += name.utf8
        output += ">".utf8
    }
}

extension XMLNode {
    /// Reads a document's root element.
    ///
    /// - Throws: ``RenderError/cairo(operation:status:)`` at anything but elements with quoted attributes.
    static func parse(_ bytes: [UInt8]) throws -> XMLNode {
        var reader = XMLReader(text: String(decoding: bytes, as: UTF8.self))
        return try reader.root()
    }
}

private struct XMLReader {
    let text: String
    /// What has not been read yet.
    private var rest: Substring.UTF8View

    init(text: String) {
        self.text = text
        rest = text[...].utf8
    }

    mutating func root() throws -> XMLNode {
        try skipTo("<")
        if rest.dropFirst().first == UInt8(ascii: "?") {
            try skipTo(">")
            try skipTo("<")
        }
        return try element()
    }

    private mutating func element() throws -> XMLNode {
        try expect("<")
        var node = XMLNode(name: String(try word()))
        while true {
            skipSpace()
            switch rest.first {
            case UInt8(ascii: "/"):
                rest.removeFirst()
                try expect(">")
                return node
            case UInt8(ascii: ">"):
                rest.removeFirst()
                try children(of: &node)
                return node
            default:
                let name = String(try word())
                try expect("=")
                try expect("\"")
                node.attributes.append((name, try skipTo("\"")))
                rest.removeFirst()
            }
        }
    }

    private mutating func children(of node: inout XMLNode) throws {
        while true {
            skipSpace()
            guard rest.first == UInt8(ascii: "<") else { throw unexpected }
            if rest.dropFirst().first == UInt8(ascii: "/") {
                try skipTo(">")
                rest.removeFirst()
                return
            }
            node.children.append(try element())
        }
    }

    private mutating func word() throws -> Substring {
        let word = rest.prefix { !isSpace($0) && !"=/>\"".utf8.contains($0) }
        guard !word.isEmpty else { throw unexpected }
        rest = rest[word.endIndex...]
        return Substring(word)
    }

    private mutating func skipSpace() { rest = rest.drop(while: isSpace) }

    /// - Returns: what lies before the character.
    @discardableResult private mutating func skipTo(_ character: Unicode.Scalar) throws -> Substring {
        guard let found = rest.firstIndex(of: UInt8(ascii: character)) else { throw unexpected }
        defer { rest = rest[found...] }
        return Substring(rest[..<found])
    }

    private mutating func expect(_ character: Unicode.Scalar) throws {
        guard rest.first == UInt8(ascii: character) else { throw unexpected }
        rest.removeFirst()
    }

    private func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x09 || byte == 0x0D }

    private var unexpected: RenderError {
        let place = text.utf8.distance(from: text.startIndex, to: rest.startIndex)
        return .cairo(operation: "write SVG in the form known here", status: "unexpected text at byte \(place)")
    }
}
