import CVector
import KernelInterface

#if LANES_16
    /// The widest vector that this build of the kernels keeps in one register.
    typealias Vector = SIMD16<Float>
    typealias IntVector = SIMD16<Int32>
    typealias UIntVector = SIMD16<UInt32>
    typealias ByteVector = SIMD16<UInt8>
#elseif LANES_8
    typealias Vector = SIMD8<Float>
    typealias IntVector = SIMD8<Int32>
    typealias UIntVector = SIMD8<UInt32>
    typealias ByteVector = SIMD8<UInt8>
#else
    typealias Vector = SIMD4<Float>
    typealias IntVector = SIMD4<Int32>
    typealias UIntVector = SIMD4<UInt32>
    typealias ByteVector = SIMD4<UInt8>
#endif

typealias Input = ReadPointer<Float>
typealias Output = WritePointer<Float>

/// Floats in a vector; divides ``blockLanes``.
var lanes: Int { @inline(__always) get { Vector.scalarCount } }

@inline(__always)
func load(_ pointer: Input) -> Vector {
    UnsafeRawPointer(pointer.elements(lanes)).loadUnaligned(as: Vector.self)
}

@inline(__always)
func load(_ pointer: Output) -> Vector {
    UnsafeRawPointer(pointer.elements(lanes)).loadUnaligned(as: Vector.self)
}

@inline(__always)
func store(_ vector: Vector, _ pointer: Output) {
    UnsafeMutableRawPointer(pointer.elements(lanes)).storeBytes(of: vector, as: Vector.self)
}

@inline(__always)
func loadBytes(_ pointer: ReadPointer<UInt8>) -> IntVector {
    vector_widen(UnsafeRawPointer(pointer.elements(lanes)).loadUnaligned(as: ByteVector.self))
}

@inline(__always)
func storeBytes(_ vector: IntVector, _ pointer: WritePointer<UInt8>) {
    UnsafeMutableRawPointer(pointer.elements(lanes)).storeBytes(of: vector_narrow(vector), as: ByteVector.self)
}

@inline(__always)
func loadInts(_ pointer: ReadPointer<Int32>) -> IntVector {
    UnsafeRawPointer(pointer.elements(lanes)).loadUnaligned(as: IntVector.self)
}

@inline(__always)
func storeInts(_ vector: IntVector, _ pointer: WritePointer<Int32>) {
    UnsafeMutableRawPointer(pointer.elements(lanes)).storeBytes(of: vector, as: IntVector.self)
}

/// Four rows of four floats, `step` apart, become four columns, `targetStep` apart.
@inline(__always)
func transpose4(_ source: Input, _ step: Int, _ target: Output, _ targetStep: Int) {
    vector_transpose4(
        source.elements(3 * step + 4), step, target.elements(3 * targetStep + 4), targetStep)
}

@inline(__always)
func larger(_ a: Vector, _ b: Vector) -> Vector { vector_max(a, b) }

extension SIMD where Self == Vector {
    /// Adds `a * b`, rounded once.
    @inline(__always)
    mutating func fuse(_ a: Vector, _ b: Vector) { self = vector_fma(a, b, self) }
}

/// The 16 lanes of a block's element summed pairwise: the same order whatever the register's width.
@inline(__always)
func laneSum(_ element: UnsafePointer<Float>) -> Float {
    let raw = UnsafeRawPointer(element)
    let eight = raw.loadUnaligned(as: SIMD8<Float>.self) + (raw + 32).loadUnaligned(as: SIMD8<Float>.self)
    let four = eight.lowHalf + eight.highHalf
    let two = four.lowHalf + four.highHalf
    return two.x + two.y
}
