// What kernels read and write: memory that knows how much of it there is. Every call of a kernel checks, before it
// starts, that its sizes lie inside its views, and keeps of each view just what it may touch; the loops behind then take
// plain pointers (see `Pointers.swift` for the build in which they are checked, too). A call works on thousands of
// numbers at least, so its check costs nothing that could be measured.

/// Elements that a kernel reads.
public struct View<Element: BitwiseCopyable> {
    public let pointer: ReadPointer<Element>
    public let count: Int

    public init(_ memory: UnsafePointer<Element>, count: Int) {
        self.init(ReadPointer(memory, holding: count), count)
    }

    fileprivate init(_ pointer: ReadPointer<Element>, _ count: Int) {
        self.pointer = pointer
        self.count = count
    }

    /// What lies from an element on.
    public func from(_ offset: Int) -> View {
        precondition(offset >= 0 && offset <= count, "a view begins outside its memory")
        return View((pointer + offset).elements(count - offset), count: count - offset)
    }

    /// The first elements, all that a call may touch.
    func first(_ wanted: Int) -> View {
        precondition(wanted <= count, "a call needs \(wanted) elements of a view that holds \(count)")
        return View(pointer.elements(wanted), count: wanted)
    }
}

/// Elements that a kernel writes, or changes.
public struct MutableView<Element: BitwiseCopyable> {
    public let pointer: WritePointer<Element>
    public let count: Int

    public init(_ memory: UnsafeMutablePointer<Element>, count: Int) {
        pointer = WritePointer(memory, holding: count)
        self.count = count
    }

    public var read: View<Element> { View(ReadPointer(pointer), count) }

    /// What lies from an element on.
    public func from(_ offset: Int) -> MutableView {
        precondition(offset >= 0 && offset <= count, "a view begins outside its memory")
        return MutableView((pointer + offset).elements(count - offset), count: count - offset)
    }

    /// The first elements, all that a call may touch.
    func first(_ wanted: Int) -> MutableView {
        precondition(wanted <= count, "a call needs \(wanted) elements of a view that holds \(count)")
        return MutableView(pointer.elements(wanted), count: wanted)
    }
}

/// How the maps of a block lie in memory: elements, of 16 samples each, in rows.
public struct MapLayout: Sendable, Equatable {
    public let height, width, channels: Int
    /// Floats from one element to the next: 16 inside a block, the number of samples in a matrix.
    public let element: Int
    /// Elements from one row of the map to the next; more than `width * channels` inside a border.
    public let row: Int

    /// - Parameter row: elements from one row to the next; without it the rows follow each other.
    public init(height: Int, width: Int, channels: Int, element: Int = blockLanes, row: Int? = nil) {
        self.height = height
        self.width = width
        self.channels = channels
        self.element = element
        self.row = row ?? width * channels
    }

    /// Elements of a row of the map.
    public var rowElements: Int { width * channels }

    /// Floats from the first to behind the last that belongs to the map.
    var extent: Int { ((height - 1) * row + rowElements - 1) * element + blockLanes }
}

/// Maps of a block that a kernel reads.
public struct MapView {
    public let pointer: ReadPointer<Float>
    public let layout: MapLayout

    public init(_ view: View<Float>, _ layout: MapLayout) {
        precondition(layout.extent <= view.count, "a map reaches beyond its memory")
        pointer = view.first(layout.extent).pointer
        self.layout = layout
    }

    /// Maps that were found to lie inside their memory; of which more than the maps may be read, such as a border.
    init(checked pointer: ReadPointer<Float>, _ layout: MapLayout) {
        self.pointer = pointer
        self.layout = layout
    }
}

/// Maps of a block that a kernel writes, or changes.
public struct MutableMapView {
    public let pointer: WritePointer<Float>
    public let layout: MapLayout

    public init(_ view: MutableView<Float>, _ layout: MapLayout) {
        precondition(layout.extent <= view.count, "a map reaches beyond its memory")
        pointer = view.first(layout.extent).pointer
        self.layout = layout
    }

    public var read: MapView { MapView(checked: ReadPointer(pointer), layout) }
}

extension MapLayout {
    func hasSize(of other: MapLayout) -> Bool {
        height == other.height && width == other.width && channels == other.channels
    }

    func hasSize(_ height: Int, _ width: Int, _ channels: Int) -> Bool {
        self.height == height && self.width == width && self.channels == channels
    }
}
