import CCairo

/// Plays recorded drawings on Cairo's surfaces. `Canvas` and its extensions are all that calls Cairo.
struct Canvas {
    let context: OpaquePointer
    private let typeface: Typeface

    /// - Parameter surface: lives at least as long as the canvas is played on.
    init(surface: OpaquePointer, typeface: Typeface) {
        context = cairo_create(surface)
        self.typeface = typeface
    }

    /// Draws everything, lets go of the surface and tells whether Cairo agreed.
    ///
    /// - Throws: ``RenderError/cairo(operation:status:)``.
    func play(_ drawing: Drawing, scale: Double = 1) throws {
        defer { cairo_destroy(context) }
        cairo_scale(context, scale, scale)
        // SVG's default, so that no attribute has to say it.
        cairo_set_miter_limit(context, 4)
        for element in drawing.elements {
            switch element {
            case .shape(let shape, let fill, let stroke): draw(shape, fill: fill, stroke: stroke)
            case .text(let line): draw(line)
            case .raster(let raster, let frame): draw(raster, in: frame)
            }
        }
        try Canvas.check(cairo_status(context), "draw \(drawing.id)")
    }

    private func draw(_ shape: Shape, fill: Color?, stroke: Stroke?) {
        trace(shape)
        if let fill {
            setSource(fill)
            cairo_fill_preserve(context)
        }
        if let stroke {
            setSource(stroke.color)
            cairo_set_line_width(context, stroke.width)
            cairo_set_dash(context, stroke.dash, Int32(stroke.dash.count), 0)
            cairo_set_line_join(context, CAIRO_LINE_JOIN_ROUND)
            cairo_stroke_preserve(context)
        }
        cairo_new_path(context)
    }

    /// Adds a shape to the path under way.
    func trace(_ shape: Shape) {
        switch shape {
        case .rectangle(let rect, let radius) where radius > 0:
            traceRounded(rect, radius: min(radius, rect.width / 2, rect.height / 2))
        case .rectangle(let rect, _):
            cairo_rectangle(
                context, Canvas.place(rect.x), Canvas.place(rect.y), Canvas.place(rect.width), Canvas.place(rect.height)
            )
        case .circle(let center, let radius):
            cairo_new_sub_path(context)
            cairo_arc(context, Canvas.place(center.x), Canvas.place(center.y), Canvas.place(radius), 0, 2 * .pi)
            cairo_close_path(context)
        case .lines(let lines):
            for line in lines { trace(line) }
        case .polygon(let points):
            trace(points)
            cairo_close_path(context)
        }
    }

    private func trace(_ points: [Point]) {
        guard let first = points.first else { return }
        cairo_move_to(context, Canvas.place(first.x), Canvas.place(first.y))
        for point in points.dropFirst() { cairo_line_to(context, Canvas.place(point.x), Canvas.place(point.y)) }
    }

    /// A coordinate or extent as Cairo can take it: its own numbers end at eight millions and begin anew on the other
    /// side. What is further away than any page reaches stays there.
    static func place(_ value: Double) -> Double {
        let limit = 1e6
        return value.isNaN ? limit : min(max(value, -limit), limit)
    }

    private func traceRounded(_ rect: Rect, radius: Double) {
        let corners = [
            (rect.maxX - radius, rect.y + radius, -0.5), (rect.maxX - radius, rect.maxY - radius, 0),
            (rect.x + radius, rect.maxY - radius, 0.5), (rect.x + radius, rect.y + radius, 1),
        ]
        cairo_new_sub_path(context)
        for (x, y, turn) in corners {
            cairo_arc(context, Canvas.place(x), Canvas.place(y), Canvas.place(radius), turn * .pi, (turn + 0.5) * .pi)
        }
        cairo_close_path(context)
    }

    private func draw(_ line: TextLine) {
        setSource(line.color)
        typeface.select(line.font, in: context)
        let width = typeface.width(of: line.text, in: line.font)
        let left = line.anchor.x + TextLine.offset(line.alignment, width: width)
        cairo_move_to(context, Canvas.place(left), Canvas.place(line.anchor.y))
        cairo_show_text(context, typeface.drawn(line.text))
        cairo_new_path(context)
    }

    private func draw(_ raster: Raster, in frame: Rect) {
        let image = Canvas.surface(of: raster)
        defer { cairo_surface_destroy(image) }
        cairo_save(context)
        cairo_translate(context, Canvas.place(frame.x), Canvas.place(frame.y))
        cairo_scale(context, frame.width / Double(raster.width), frame.height / Double(raster.height))
        cairo_set_source_surface(context, image, 0, 0)
        cairo_pattern_set_filter(cairo_get_source(context), CAIRO_FILTER_NEAREST)
        cairo_paint(context)
        cairo_restore(context)
    }

    private func setSource(_ color: Color) {
        cairo_set_source_rgba(
            context, Double(color.red) / 255, Double(color.green) / 255, Double(color.blue) / 255, color.opacity)
    }
}

extension Canvas {
    /// - Returns: an image surface that the caller destroys.
    static func surface(of raster: Raster) -> OpaquePointer? {
        let surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, Int32(raster.width), Int32(raster.height))
        guard let bytes = cairo_image_surface_get_data(surface) else { return surface }
        let stride = Int(cairo_image_surface_get_stride(surface))
        raster.pixels.withUnsafeBytes { pixels in
            guard let start = pixels.baseAddress else { return }
            for row in 0..<raster.height {
                UnsafeMutableRawPointer(bytes + row * stride)
                    .copyMemory(from: start + row * raster.width * 4, byteCount: raster.width * 4)
            }
        }
        cairo_surface_mark_dirty(surface)
        return surface
    }

    static func check(_ status: cairo_status_t, _ operation: String) throws {
        guard status != CAIRO_STATUS_SUCCESS else { return }
        let reason = cairo_status_to_string(status).map { String(cString: $0) } ?? "status \(status.rawValue)"
        throw RenderError.cairo(operation: operation, status: reason)
    }
}
