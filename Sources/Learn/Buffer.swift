/// Memory aligned to a cache line: the one handle through which kernels reach memory.
///
/// Whoever shares a buffer between threads keeps their parts apart.
final class Buffer<Element: BitwiseCopyable>: @unchecked Sendable {
    let count: Int
    let pointer: UnsafeMutablePointer<Element>

    /// `count` elements, each `value`.
    init(_ count: Int, repeating value: Element) {
        self.count = count
        let bytes = max(1, count) * MemoryLayout<Element>.stride
        let raw = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
        pointer = raw.bindMemory(to: Element.self, capacity: count)
        pointer.initialize(repeating: value, count: count)
    }

    deinit { UnsafeMutableRawPointer(pointer).deallocate() }

    func fill(_ value: Element) { pointer.update(repeating: value, count: count) }

    /// A copy of the elements.
    var values: [Element] {
        // Without this the optimiser may free the memory once the pointer has been read.
        withExtendedLifetime(self) { Array(UnsafeBufferPointer(start: pointer, count: count)) }
    }
}

extension Buffer where Element == Float {
    convenience init(zeros count: Int) { self.init(count, repeating: 0) }
}
