/// Sizes of one convolution over an input that already carries its zero border.
public struct ConvolutionShape: Sendable, Equatable {
    /// Input rows and columns, border included.
    public let inputHeight, inputWidth: Int
    public let inputChannels: Int
    public let kernelHeight, kernelWidth: Int
    public let strideHeight, strideWidth: Int
    public let filters: Int

    public init(
        inputHeight: Int, inputWidth: Int, inputChannels: Int, kernelHeight: Int, kernelWidth: Int,
        strideHeight: Int = 1, strideWidth: Int = 1, filters: Int
    ) {
        self.inputHeight = inputHeight
        self.inputWidth = inputWidth
        self.inputChannels = inputChannels
        self.kernelHeight = kernelHeight
        self.kernelWidth = kernelWidth
        self.strideHeight = strideHeight
        self.strideWidth = strideWidth
        self.filters = filters
    }

    public var outputHeight: Int { (inputHeight - kernelHeight) / strideHeight + 1 }
    public var outputWidth: Int { (inputWidth - kernelWidth) / strideWidth + 1 }
    /// Elements of the input.
    public var inputCount: Int { inputHeight * inputWidth * inputChannels }
    /// Elements of the kernel, `[kernelHeight, kernelWidth, inputChannels, filters]`.
    public var kernelCount: Int { kernelHeight * kernelWidth * inputChannels * filters }
    /// Floating-point operations of one block: the same forward, for the kernel and for the input.
    public var operations: Double { 2 * Double(outputHeight * outputWidth * kernelCount * blockLanes) }
}

// Sizes of 2x2 pooling behind the convolution, and of the lists of its winners.
extension ConvolutionShape {
    /// Rows after 2x2 pooling.
    public var pooledHeight: Int { outputHeight / 2 }
    public var pooledWidth: Int { outputWidth / 2 }
    public var windows: Int { pooledHeight * pooledWidth }
    /// Room for a filter's winners in one sample.
    public var filterCapacity: Int { windows }
    /// Lists of winners by sample and column of a window.
    public var columnLists: Int { windows * 2 * blockLanes }
    /// Room in one of them.
    public var columnCapacity: Int { filters }
    /// Floats of a kernel row, `[kernelWidth, inputChannels]`, rounded up to 16.
    public var kernelRowStride: Int { (kernelWidth * inputChannels + 15) / 16 * 16 }
    /// Floats of a filter's kernel with a row of zeros above and one below.
    public var patchCount: Int { (kernelHeight + 2) * kernelRowStride }
    /// Rows of a window's inputs that are taken at a time: in as few bands as let what all filters send there stay in the
    /// first-level cache, and two at least.
    public var bandRows: Int {
        let rows = kernelHeight + 1
        let most = max(2, 9216 / (filters * kernelRowStride) - 1)
        let bands = (rows + most - 1) / most
        return (rows + bands - 1) / bands
    }
    /// Floats from one sample's input to the next where samples lie apart: what kernels may touch behind included.
    public var sampleStride: Int { inputCount + blockLanes }
}
