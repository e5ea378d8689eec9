import Testing

@testable import Learn

@Suite struct CompactTensorTests {
    static let widths = [CompactTensor.Width.bits16, .bits24]

    /// Of whatever size a filter's weights are, and beside whatever others.
    @Test(arguments: widths)
    func eachChannelHasItsScale(width: CompactTensor.Width) throws {
        let sizes: [Float] = [1, 1e-6, .greatestFiniteMagnitude, 1e-29, 0]
        let shares: [Float] = [1, -0.5, 0.123, -1]
        let tensor = Tensor(shape: [4, 5], values: shares.flatMap { share in sizes.map { share * $0 } })
        let found = CompactTensor(tensor, width).tensor
        let limit: Float = width == .bits16 ? 1 / 65000 : .ulpOfOne
        for (index, (found, value)) in zip(found.values, tensor.values).enumerated() {
            #expect(abs(found - value) <= sizes[index % 5] * limit, "\(value)")
        }
    }

    /// Numbers of which a scale would be none.
    @Test(arguments: widths)
    func theSmallestBecomeZero(width: CompactTensor.Width) {
        let tensor = Tensor(shape: [2, 1], values: [.leastNonzeroMagnitude, -.leastNonzeroMagnitude])
        #expect(CompactTensor(tensor, width).tensor.values == [0, 0])
    }

    @Test func biasesStayAsTheyAre() {
        let tensor = Tensor(shape: [3], values: [0.1, -1e-30, 7])
        let compact = CompactTensor(tensor, .bits16)
        #expect(compact.tensor == tensor && compact.error == 0)
    }

    @Test(arguments: widths)
    func theErrorIsAsTold(width: CompactTensor.Width) {
        var random = Random(test: 51)
        let tensor = Tensor(shape: [3, 3, 2, 7], values: random.floats(126, scale: 0.4))
        let compact = CompactTensor(tensor, width)
        let largest = zip(compact.tensor.values, tensor.values).map { abs($0 - $1) }.max() ?? .infinity
        #expect(largest <= compact.error && compact.error < (width == .bits16 ? 1e-5 : 1e-7))
    }
}
