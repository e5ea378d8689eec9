import Foundation
import Render

/// Widths that depend on nothing installed: a Latin letter takes about half an em, any other a whole one.
struct PlainMeasure: TextMeasure {
    func width(of text: String, in font: Font) -> Double {
        text.unicodeScalars.reduce(0) { $0 + ($1.value < 0x2E80 ? 0.55 : 1) } * font.size
    }
}

extension Drawing {
    /// The drawing in words, one element a line, places to a tenth of a pixel: what a snapshot compares.
    var transcript: String {
        let head = ["\(id) \(language) \(number(size.width))x\(number(size.height))", title, description]
        return (head + elements.map(line)).joined(separator: "\n") + "\n"
    }

    private func line(_ element: Element) -> String {
        switch element {
        case .shape(let shape, let fill, let stroke):
            let paint = [fill.map { "fill \(color($0))" }, stroke.map(text)].compactMap { $0 }.joined(separator: " ")
            return "\(text(shape)) \(paint)"
        case .text(let line):
            let weight = line.font.isBold ? " bold" : ""
            return "text \(point(line.anchor)) \(line.alignment.rawValue) \(number(line.font.size))\(weight) "
                + "\(color(line.color)) \(line.text)"
        case .raster(let raster, let frame):
            let bytes = raster.pixels.flatMap { [UInt8($0 >> 16 & 255), UInt8($0 >> 8 & 255), UInt8($0 & 255)] }
            return "raster \(text(frame)) \(raster.width)x\(raster.height) \(Drawing.digest(Data(bytes)))"
        }
    }

    private func text(_ shape: Shape) -> String {
        switch shape {
        case .rectangle(let rect, let radius): "rectangle \(text(rect))" + (radius > 0 ? " r\(number(radius))" : "")
        case .circle(let center, let radius): "circle \(point(center)) r\(number(radius))"
        case .lines(let lines):
            "lines " + lines.map { $0.map(point).joined(separator: " ") }.joined(separator: " / ")
        case .polygon(let points): "polygon " + points.map(point).joined(separator: " ")
        }
    }

    private func text(_ stroke: Stroke) -> String {
        let dash = stroke.dash.isEmpty ? "" : " dash " + stroke.dash.map(number).joined(separator: ",")
        return "stroke \(color(stroke.color)) \(number(stroke.width))\(dash)"
    }

    private func text(_ rect: Rect) -> String {
        "\(number(rect.x)),\(number(rect.y)) \(number(rect.width))x\(number(rect.height))"
    }

    private func color(_ color: Color) -> String { color.hex + (color.opacity < 1 ? "/\(color.opacity)" : "") }

    private func point(_ point: Point) -> String { "\(number(point.x)),\(number(point.y))" }

    private func number(_ value: Double) -> String {
        // Tenths, so that the last bits of a logarithm do not matter; no minus before zero.
        let tenths = Int((value * 10).rounded())
        return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths < 0 ? "-" : "")\(abs(tenths) / 10).\(abs(tenths) % 10)"
    }

    /// Source: FNV-1a, 64 bits.
    static func digest(_ data: Data) -> String {
        String(data.reduce(14_695_981_039_346_656_037 as UInt64) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 }, radix: 16)
    }
}
