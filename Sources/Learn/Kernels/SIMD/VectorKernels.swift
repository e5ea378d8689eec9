import KernelInterface

/// The kernels for one vector width; every target that compiles this folder has its own.
public struct VectorKernels: Kernels {
    public var name: String {
        #if LANES_16
            "AVX-512"
        #elseif LANES_8
            "AVX2"
        #else
            "128-bit"
        #endif
    }

    public init() {}
}
