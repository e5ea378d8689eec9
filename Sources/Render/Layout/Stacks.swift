/// Parts one below the other.
public struct Column: Component {
    public var spacing: Double
    public var parts: [any Component]

    public init(spacing: Double = Theme.spacing, _ parts: [any Component]) {
        self.spacing = spacing
        self.parts = parts
    }

    public func size(in width: Double, _ style: Style) -> Size {
        let sizes = parts.map { $0.size(in: width, style) }
        let gaps = spacing * Double(max(parts.count - 1, 0))
        return Size(sizes.map(\.width).max() ?? 0, sizes.map(\.height).reduce(gaps, +))
    }

    public func draw(in frame: Rect, on drawing: inout Drawing, _ style: Style) {
        var y = frame.y
        for part in parts {
            let height = part.size(in: frame.width, style).height
            part.draw(in: Rect(frame.x, y, frame.width, height), on: &drawing, style)
            y += height + spacing
        }
    }
}

/// Parts side by side, each with its share of the width.
public struct Row: Component {
    public var spacing: Double
    public var parts: [(share: Double, part: any Component)]

    public init(spacing: Double = Theme.spacing, _ parts: [(share: Double, part: any Component)]) {
        self.spacing = spacing
        self.parts = parts
    }

    public func size(in width: Double, _ style: Style) -> Size {
        let heights = zip(parts, widths(in: width)).map { $0.part.size(in: $1, style).height }
        return Size(width, heights.max() ?? 0)
    }

    public func draw(in frame: Rect, on drawing: inout Drawing, _ style: Style) {
        var x = frame.x
        for ((_, part), width) in zip(parts, widths(in: frame.width)) {
            let height = part.size(in: width, style).height
            part.draw(in: Rect(x, frame.y, width, height), on: &drawing, style)
            x += width + spacing
        }
    }

    private func widths(in width: Double) -> [Double] {
        let free = width - spacing * Double(max(parts.count - 1, 0))
        let whole = parts.map(\.share).reduce(0, +)
        return parts.map { free * $0.share / whole }
    }
}

/// Parts side by side, each as wide as it is by itself.
public struct TightRow: Component {
    public var spacing: Double
    public var parts: [any Component]

    public init(spacing: Double = Theme.spacing, _ parts: [any Component]) {
        self.spacing = spacing
        self.parts = parts
    }

    public func size(in width: Double, _ style: Style) -> Size {
        let sizes = parts.map { $0.size(in: width, style) }
        let gaps = spacing * Double(max(parts.count - 1, 0))
        return Size(sizes.map(\.width).reduce(gaps, +), sizes.map(\.height).max() ?? 0)
    }

    public func draw(in frame: Rect, on drawing: inout Drawing, _ style: Style) {
        var x = frame.x
        for part in parts {
            let size = part.size(in: frame.width, style)
            part.draw(in: Rect(x, frame.y, size.width, size.height), on: &drawing, style)
            x += size.width + spacing
        }
    }
}

/// Nothing; keeps a place free.
public struct Empty: Component {
    public init() {}

    public func size(in width: Double, _ style: Style) -> Size { .zero }

    public func draw(in frame: Rect, on drawing: inout Drawing, _ style: Style) {}
}
