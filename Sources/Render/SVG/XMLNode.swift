/// An element of the plain XML that Cairo writes: no text, no comments, no namespaces of its own.
///
/// Values are bytes of the document as long as nobody changes them: a figure has thousands.
struct XMLNode {
    var name: String
    var attributes: [(name: String, value: ArraySlice<UInt8>)] = []
    var children: [XMLNode] = []

    subscript(attribute: String) -> ArraySlice<UInt8>? {
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
            output += value
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
        var reader = XMLReader(bytes: bytes)
        return try reader.root()
    }
}

private struct XMLReader {
    let bytes: [UInt8]
    private var position = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    mutating func root() throws -> XMLNode {
        try skipTo("<")
        if peek(1) == UInt8(ascii: "?") {
            try skipTo(">")
            try skipTo("<")
        }
        return try element()
    }

    private mutating func element() throws -> XMLNode {
        try expect("<")
        var node = XMLNode(name: try word())
        while true {
            skipSpace()
            switch peek() {
            case UInt8(ascii: "/"):
                position += 1
                try expect(">")
                return node
            case UInt8(ascii: ">"):
                position += 1
                try children(of: &node)
                return node
            default:
                let name = try word()
                try expect("=")
                try expect("\"")
                let start = position
                try skipTo("\"")
                node.attributes.append((name, bytes[start..<position]))
                position += 1
            }
        }
    }

    private mutating func children(of node: inout XMLNode) throws {
        while true {
            skipSpace()
            guard peek() == UInt8(ascii: "<") else { throw unexpected }
            if peek(1) == UInt8(ascii: "/") {
                try skipTo(">")
                position += 1
                return
            }
            node.children.append(try element())
        }
    }

    private mutating func word() throws -> String {
        let start = position
        while let byte = peek(), !isSpace(byte), !"=/>\"".utf8.contains(byte) { position += 1 }
        guard position > start else { throw unexpected }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private func peek(_ offset: Int = 0) -> UInt8? {
        position + offset < bytes.count ? bytes[position + offset] : nil
    }

    private mutating func skipSpace() {
        while let byte = peek(), isSpace(byte) { position += 1 }
    }

    private mutating func skipTo(_ character: Unicode.Scalar) throws {
        let byte = UInt8(ascii: character)
        while position < bytes.count, bytes[position] != byte { position += 1 }
        if position == bytes.count { throw unexpected }
    }

    private mutating func expect(_ character: Unicode.Scalar) throws {
        guard peek() == UInt8(ascii: character) else { throw unexpected }
        position += 1
    }

    private func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x09 || byte == 0x0D }

    private var unexpected: RenderError {
        .cairo(operation: "write SVG in the form known here", status: "unexpected text at byte \(position)")
    }
}
