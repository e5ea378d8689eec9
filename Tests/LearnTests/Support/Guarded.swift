import KernelInterface
import Testing

@testable import Learn

/// A buffer between two strips of sentinels, so that a kernel that writes outside of it is caught.
struct Guarded<Element: BitwiseCopyable & Equatable> {
    private static var strip: Int { 64 }
    private let buffer: Buffer<Element>
    private let sentinel: Element
    let count: Int

    init(_ values: [Element], sentinel: Element) {
        count = values.count
        self.sentinel = sentinel
        buffer = Buffer(count + 2 * Self.strip, repeating: sentinel)
        for (index, value) in values.enumerated() { buffer.pointer[Self.strip + index] = value }
    }

    var pointer: UnsafeMutablePointer<Element> { buffer.pointer + Self.strip }
    var values: [Element] { Array(UnsafeBufferPointer(start: pointer, count: count)) }

    var isIntact: Bool {
        (0..<Self.strip).allSatisfy {
            buffer.pointer[$0] == sentinel && buffer.pointer[Self.strip + count + $0] == sentinel
        }
    }
}

extension Guarded where Element == Float {
    init(_ values: [Float]) { self.init(values, sentinel: 12345.5) }
    init(filled count: Int, _ value: Float = 777) { self.init([Float](repeating: value, count: count)) }
}

extension Guarded where Element == UInt8 {
    init(_ values: [UInt8]) { self.init(values, sentinel: 0xA5) }
}

extension Random {
    init(test index: Int) { self.init(seed: 11, purpose: .shuffle, index: index) }

    /// Numbers in [-scale, scale).
    mutating func floats(_ count: Int, scale: Float = 1) -> [Float] {
        (0..<count).map { _ in (2 * unit() - 1) * scale }
    }
}

extension Winner: Equatable {
    public static func == (a: Winner, b: Winner) -> Bool { a.place == b.place && a.gradient == b.gradient }
}

/// Room for the winners of a block.
struct WinnerBuffers {
    private let lists: (Guarded<Winner>, Guarded<Winner>)
    private let counts: (Guarded<Int32>, Guarded<Int32>)
    private let shape: ConvolutionShape

    init(_ shape: ConvolutionShape) {
        self.shape = shape
        func winners(_ count: Int) -> Guarded<Winner> {
            let none = Winner(place: 0, gradient: 0)
            return Guarded([Winner](repeating: none, count: count), sentinel: Winner(place: -7, gradient: 7))
        }
        func integers(_ count: Int) -> Guarded<Int32> { Guarded([Int32](repeating: 3, count: count), sentinel: -7) }
        lists = (
            winners(blockLanes * shape.filters * shape.filterCapacity),
            winners(shape.columnLists * shape.columnCapacity)
        )
        counts = (integers(blockLanes * shape.filters), integers(shape.columnLists))
    }

    var winners: Winners {
        Winners(
            byFilter: lists.0.mutableView, filterCounts: counts.0.mutableView, byColumn: lists.1.mutableView,
            columnCounts: counts.1.mutableView, shape: shape)
    }

    var isIntact: Bool { lists.0.isIntact && lists.1.isIntact && counts.0.isIntact && counts.1.isIntact }
}
