import CProcessor
import KernelInterface
import KernelsBaseline

#if arch(x86_64)
    import KernelsAVX2
    import KernelsAVX512
#endif

/// The implementations of the kernels that this processor can run.
package enum KernelChoice {
    /// All of them, fastest first; every one leaves the same bits.
    package static let available: [any Kernels] = {
        var kernels: [any Kernels] = []
        #if arch(x86_64)
            if processor_has_avx512() { kernels.append(KernelsAVX512.VectorKernels()) }
            if processor_has_avx2() { kernels.append(KernelsAVX2.VectorKernels()) }
        #endif
        kernels.append(KernelsBaseline.VectorKernels())
        return kernels
    }()

    package static var fastest: any Kernels { available[0] }
}
