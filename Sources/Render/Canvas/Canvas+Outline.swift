import CCairo

extension Canvas {
    /// Hands out a canvas on which nothing is painted, for what Cairo knows of outlines.
    static func withOutlines<Result>(_ body: (Canvas) throws -> Result) throws -> Result {
        guard let surface = cairo_recording_surface_create(CAIRO_CONTENT_ALPHA, nil) else {
            throw RenderError.cairo(operation: "make a surface", status: "no surface")
        }
        defer { cairo_surface_destroy(surface) }
        let canvas = Canvas(surface: surface, typeface: try .installed())
        defer { cairo_destroy(canvas.context) }
        return try body(canvas)
    }

    /// The shape's outline as Cairo would fill or stroke it.
    func outline(of shape: Shape) -> SVGPath {
        trace(shape)
        defer { cairo_new_path(context) }
        return SVGPath(ofPathIn: context)
    }

    /// A coordinate in Cairo's units, of which 256 are a pixel.
    static func position(_ value: Double) -> Double { (place(value) * 256).rounded(.toNearestOrEven) / 256 }
}

extension SVGPath {
    /// The path that was traced in a context.
    init(ofPathIn context: OpaquePointer?) {
        guard let path = cairo_copy_path(context) else { return }
        defer { cairo_path_destroy(path) }
        var rest = UnsafeBufferPointer(start: path.pointee.data, count: Int(path.pointee.num_data))[...]
        while let header = rest.first?.header {
            let points = rest.dropFirst().prefix(Int(header.length) - 1).map { Point($0.point.x, $0.point.y) }
            switch (header.type, points.count) {
            case (CAIRO_PATH_MOVE_TO, 1...): move(to: points[0])
            case (CAIRO_PATH_LINE_TO, 1...): line(to: points[0])
            case (CAIRO_PATH_CURVE_TO, 3...): curve(points[0], points[1], to: points[2])
            default: close()
            }
            rest = rest.dropFirst(Int(header.length))
        }
    }
}
