// The pointers of views. In the usual build they are the language's own, and what is asked of them here costs nothing;
// with CHECKED_KERNELS (`scripts/checked-kernels`) they know how much memory is theirs, and whatever touches other
// memory stops the program and says so.

#if CHECKED_KERNELS
    /// Elements that a kernel reads, each access checked. It may point anywhere as long as nothing there is read.
    @frozen public struct ReadPointer<Element: BitwiseCopyable> {
        @usableFromInline let memory: UnsafePointer<Element>
        @usableFromInline let offset, count: Int

        @inlinable @inline(__always)
        init(memory: UnsafePointer<Element>, offset: Int, count: Int) {
            self.memory = memory
            self.offset = offset
            self.count = count
        }

        @inlinable @inline(__always)
        public init(_ memory: UnsafePointer<Element>, holding count: Int) {
            self.init(memory: memory, offset: 0, count: count)
        }

        @inlinable @inline(__always)
        public init(_ pointer: WritePointer<Element>) {
            self.init(memory: UnsafePointer(pointer.memory), offset: pointer.offset, count: pointer.count)
        }

        /// Plain memory of so many elements.
        @inlinable @inline(__always)
        public func elements(_ wanted: Int) -> UnsafePointer<Element> {
            if offset < 0 || wanted < 0 || offset + wanted > count { stop(at: offset, wanted, of: count) }
            return memory + offset
        }

        @inlinable @inline(__always)
        public subscript(index: Int) -> Element { (self + index).elements(1).pointee }

        @inlinable @inline(__always)
        public static func + (pointer: ReadPointer, distance: Int) -> ReadPointer {
            ReadPointer(memory: pointer.memory, offset: pointer.offset + distance, count: pointer.count)
        }

        @inlinable @inline(__always)
        public static func += (pointer: inout ReadPointer, distance: Int) { pointer = pointer + distance }
    }

    /// Elements that a kernel writes, or changes, each access checked.
    @frozen public struct WritePointer<Element: BitwiseCopyable> {
        @usableFromInline let memory: UnsafeMutablePointer<Element>
        @usableFromInline let offset, count: Int

        @inlinable @inline(__always)
        init(memory: UnsafeMutablePointer<Element>, offset: Int, count: Int) {
            self.memory = memory
            self.offset = offset
            self.count = count
        }

        @inlinable @inline(__always)
        public init(_ memory: UnsafeMutablePointer<Element>, holding count: Int) {
            self.init(memory: memory, offset: 0, count: count)
        }

        /// Plain memory of so many elements.
        @inlinable @inline(__always)
        public func elements(_ wanted: Int) -> UnsafeMutablePointer<Element> {
            if offset < 0 || wanted < 0 || offset + wanted > count { stop(at: offset, wanted, of: count) }
            return memory + offset
        }

        @inlinable @inline(__always)
        public subscript(index: Int) -> Element {
            get { (self + index).elements(1).pointee }
            nonmutating set { (self + index).elements(1).pointee = newValue }
        }

        @inlinable @inline(__always)
        public func update(repeating value: Element, count: Int) {
            elements(count).update(repeating: value, count: count)
        }

        @inlinable @inline(__always)
        public static func + (pointer: WritePointer, distance: Int) -> WritePointer {
            WritePointer(memory: pointer.memory, offset: pointer.offset + distance, count: pointer.count)
        }

        @inlinable @inline(__always)
        public static func += (pointer: inout WritePointer, distance: Int) { pointer = pointer + distance }
    }

    /// Only an error in a kernel comes here, and only in the build that looks for such: no data can be at fault.
    @usableFromInline @inline(never)
    func stop(at offset: Int, _ wanted: Int, of count: Int) -> Never {
        fatalError("a kernel touches elements \(offset) to \(offset + wanted - 1) of a view that holds \(count)")
    }
#else
    public typealias ReadPointer<Element: BitwiseCopyable> = UnsafePointer<Element>
    public typealias WritePointer<Element: BitwiseCopyable> = UnsafeMutablePointer<Element>

    extension UnsafePointer where Pointee: BitwiseCopyable {
        @inlinable @inline(__always)
        init(_ memory: UnsafePointer, holding count: Int) { self = memory }

        /// Plain memory of so many elements.
        @inlinable @inline(__always)
        public func elements(_ wanted: Int) -> UnsafePointer { self }
    }

    extension UnsafeMutablePointer where Pointee: BitwiseCopyable {
        @inlinable @inline(__always)
        init(_ memory: UnsafeMutablePointer, holding count: Int) { self = memory }

        /// Plain memory of so many elements.
        @inlinable @inline(__always)
        public func elements(_ wanted: Int) -> UnsafeMutablePointer { self }
    }
#endif
