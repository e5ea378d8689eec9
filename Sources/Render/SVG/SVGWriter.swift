/// Writes a drawing as an SVG that is small, in pixels, and the same at every drawing.
///
/// Shapes and letters are Cairo's outlines, so that they are those of a PNG of the drawing; what no one would see is left
/// out.
struct SVGWriter {
    private let drawing: Drawing
    private let typeface: Typeface
    private let canvas: Canvas
    /// Begins the ids of this drawing's parts: short, as hundreds of letters refer to them.
    private let prefix: [UInt8]
    /// Outlines of letters and images, in the order of first use.
    private var definitions: [UInt8] = []
    private var definitionCount = 0
    /// The numbers of the letters' outlines among the definitions.
    private var numbers: [ObjectIdentifier: Int] = [:]
    private var content: [UInt8] = []

    /// - Parameter canvas: finds the outlines of shapes.
    init(_ drawing: Drawing, typeface: Typeface, canvas: Canvas) {
        self.drawing = drawing
        self.typeface = typeface
        self.canvas = canvas
        prefix = Array(SVGWriter.prefix(of: drawing.id).utf8)
    }

    /// A letter and four more signs, from a hash of the id. Source: FNV-1a, 32 bits.
    static func prefix(of id: String) -> String {
        let hash = id.utf8.reduce(2_166_136_261 as UInt32) { ($0 ^ UInt32($1)) &* 16_777_619 }
        let digits = String(hash % 1_679_616, radix: 36)
        return "g" + String(repeating: "0", count: 4 - digits.count) + digits
    }

    /// - Throws: ``RenderError`` if an image cannot be encoded.
    mutating func document() throws -> [UInt8] {
        for element in drawing.elements {
            switch element {
            case .shape(let shape, let fill, let stroke): write(shape, fill: fill, stroke: stroke)
            case .text(let line): write(line)
            case .raster(let raster, let frame): try write(raster, in: frame)
            }
        }
        var output = Array(opening.utf8)
        output.reserveCapacity(output.count + definitions.count + content.count + 100)
        if !definitions.isEmpty {
            output += "<defs>".utf8
            output += definitions
            output += "</defs>".utf8
        }
        output += content
        output += "\n</svg>\n".utf8
        return output
    }

    private var opening: String {
        let (width, height) = (SVGNumber.text(drawing.size.width), SVGNumber.text(drawing.size.height))
        let (id, language) = (drawing.id.escapedMarkup, drawing.language.escapedMarkup)
        return """
            <svg xmlns="http://www.w3.org/2000/svg" lang="\(language)" xml:lang="\(language)" \
            width="\(width)" height="\(height)" viewBox="0 0 \(width) \(height)" role="img" \
            aria-labelledby="\(id)-title \(id)-desc">\
            <title id="\(id)-title">\(drawing.title.escapedMarkup)</title>\
            <desc id="\(id)-desc">\(drawing.description.escapedMarkup)</desc>

            """
    }
}

extension SVGWriter {
    private mutating func write(_ shape: Shape, fill: Color?, stroke: Stroke?) {
        let page = Rect(origin: Point(0, 0), size: drawing.size)
        if case .rectangle(let rect, radius: 0) = shape, stroke == nil, let fill, rect.contains(page) {
            content += "\n<rect".utf8
            content.attribute("width") { SVGNumber.write(page.width, to: &$0) }
            content.attribute("height") { SVGNumber.write(page.height, to: &$0) }
            content.paint("fill", fill)
            content += "/>".utf8
            return
        }
        let path = canvas.outline(of: shape)
        guard let bounds = path.bounds else { return }
        let fill = fill.flatMap { $0.opacity > 0 && bounds.hasArea && bounds.meets(page) ? $0 : nil }
        let stroke = stroke.flatMap { stroke in
            stroke.color.opacity > 0 && stroke.width > 0
                && bounds.inset(by: -stroke.width / 2).meets(page) ? stroke : nil
        }
        if fill == nil && stroke == nil { return }
        content += "\n<path".utf8
        if let fill { content.paint("fill", fill) } else { content += " fill=\"none\"".utf8 }
        if let stroke { content.stroke(stroke) }
        content.attribute("d") { $0 += path.data }
        content += "/>".utf8
    }

    private mutating func write(_ line: TextLine) {
        let letters = typeface.letters(of: line.text, in: line.font)
        if line.color.opacity <= 0 || letters.allSatisfy(\.outline.data.isEmpty) { return }
        let width = letters.reduce(0) { $0 + $1.advance }
        var x = Canvas.position(line.anchor.x + TextLine.offset(line.alignment, width: width))
        let y = Canvas.position(line.anchor.y)
        content += "\n<g".utf8
        content.paint("fill", line.color)
        content += ">".utf8
        for letter in letters {
            if !letter.outline.data.isEmpty {
                let number = number(of: letter.outline)
                content += "<use href=\"#".utf8
                content.append(id: number, prefix)
                content += "\"".utf8
                // What the sum of the advances is off by must not decide how a tie is rounded.
                content.coordinate("x", (x * 1e6).rounded() / 1e6)
                content.coordinate("y", y)
                content += "/>".utf8
            }
            x += letter.advance
        }
        content += "</g>".utf8
    }

    /// Adds the outline to the definitions unless it is there.
    private mutating func number(of outline: Typeface.Outline) -> Int {
        if let known = numbers[ObjectIdentifier(outline)] { return known }
        let number = define("path") { $0.attribute("d") { $0 += outline.data } }
        numbers[ObjectIdentifier(outline)] = number
        return number
    }

    private mutating func write(_ raster: Raster, in frame: Rect) throws {
        let file = try RasterFiles.shared.base64(of: raster)
        let number = define("image") { definition in
            definition.attribute("width") { $0 += "\(raster.width)".utf8 }
            definition.attribute("height") { $0 += "\(raster.height)".utf8 }
            definition += " href=\"data:image/png;base64,".utf8
            definition += file
            definition += "\" style=\"image-rendering:pixelated\"".utf8
        }
        content += "\n<use href=\"#".utf8
        content.append(id: number, prefix)
        content += "\" transform=\"matrix(".utf8
        let matrix = [
            frame.width / Double(raster.width), 0, 0, frame.height / Double(raster.height), Canvas.place(frame.x),
            Canvas.place(frame.y),
        ]
        for (index, value) in matrix.enumerated() {
            if index > 0 { content += ",".utf8 }
            SVGNumber.write(value, decimals: 4, to: &content)
        }
        content += ")\"/>".utf8
    }

    /// Adds a definition.
    ///
    /// - Returns: its number.
    private mutating func define(_ name: String, _ attributes: (inout [UInt8]) -> Void) -> Int {
        definitionCount += 1
        definitions += "<".utf8
        definitions += name.utf8
        definitions += " id=\"".utf8
        definitions.append(id: definitionCount, prefix)
        definitions += "\"".utf8
        attributes(&definitions)
        definitions += "/>".utf8
        return definitionCount
    }
}

extension [UInt8] {
    fileprivate mutating func append(id number: Int, _ prefix: [UInt8]) {
        self += prefix
        append(UInt8(ascii: "-"))
        SVGNumber.write(units: number, decimals: 0, to: &self)
    }

    fileprivate mutating func attribute(_ name: String, _ value: (inout [UInt8]) -> Void) {
        append(UInt8(ascii: " "))
        self += name.utf8
        self += "=\"".utf8
        value(&self)
        append(UInt8(ascii: "\""))
    }

    /// A letter's place, unless it is the one that it has without.
    fileprivate mutating func coordinate(_ name: String, _ value: Double) {
        if value != 0 { attribute(name) { SVGNumber.write(value, decimals: 1, to: &$0) } }
    }

    /// What a shape is filled or drawn with, the opacity only where it is not the usual one.
    fileprivate mutating func paint(_ name: String, _ color: Color) {
        attribute(name) { SVGNumber.write(color, to: &$0) }
        if color.opacity < 1 { attribute("\(name)-opacity") { SVGNumber.write(color.opacity, to: &$0) } }
    }

    fileprivate mutating func stroke(_ stroke: Stroke) {
        if stroke.width != 1 { attribute("stroke-width") { SVGNumber.write(stroke.width, to: &$0) } }
        self += " stroke-linejoin=\"round\"".utf8
        paint("stroke", stroke.color)
        guard !stroke.dash.isEmpty else { return }
        attribute("stroke-dasharray") { output in
            for (index, length) in stroke.dash.enumerated() {
                if index > 0 { output.append(UInt8(ascii: ",")) }
                SVGNumber.write(length, to: &output)
            }
        }
    }
}

extension Rect {
    fileprivate var hasArea: Bool { width > 0 && height > 0 }

    fileprivate func meets(_ other: Rect) -> Bool {
        x < other.maxX && other.x < maxX && y < other.maxY && other.y < maxY
    }
}
