// Winograd's minimal filtering: tiles of 6x6 inputs give 2x2 outputs of a 5x5 kernel, or 4x4 of a 3x3 one, with 36 products
// in place of 100 or 144. F(2x2, 5x5) and F(4x4, 3x3) share the points 0, 1, -1, 2, -2 and infinity, at which polynomials
// are evaluated (B), multiplied, and read off again (A):
//
//     output = A' [ (G kernel G') * (B' input B) ] A
//
// Source: A. Lavin, S. Gray, "Fast Algorithms for Convolutional Neural Networks", 2016.
extension ConvolutionShape {
    /// Points along a side: inputs that a tile sees.
    public static let points = 6

    /// Rows and columns of outputs of a tile; nil where the convolution is summed up tap by tap. That follows from the
    /// shape alone, since rounding depends on it. With few channels or filters, the transforms cost what they save.
    public var tileExtent: Int? {
        guard strideHeight == 1, strideWidth == 1, inputChannels >= 4, filters >= 8, kernelHeight == kernelWidth,
            kernelHeight == 5 || kernelHeight == 3
        else { return nil }
        let extent = Self.points + 1 - kernelHeight
        // Windows of 2x2 are what becomes of the sums.
        guard outputHeight.isMultiple(of: 2), outputWidth.isMultiple(of: 2), min(outputHeight, outputWidth) >= extent
        else { return nil }
        return extent
    }

    /// Elements of the transformed kernel, `[6, 6, inputChannels, filters]`; none where it is not wanted.
    public var transformedCount: Int {
        tileExtent == nil ? 0 : Self.points * Self.points * inputChannels * filters
    }

    /// Elements of the kernel as the forward pass takes it.
    public var weightCount: Int { tileExtent == nil ? kernelCount : transformedCount }

    /// Floats that the forward pass wants for itself: of four tiles, a row of points, its products for six filters, and
    /// what all rows leave.
    public var scratchCount: Int {
        guard let extent = tileExtent else { return 0 }
        return 4 * Self.points * (inputChannels + 6 + extent * filters) * blockLanes
    }
}
