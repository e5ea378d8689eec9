import KernelInterface
import Testing

@testable import Learn

@Suite struct KernelTests {
    static let fast = KernelChoice.available.indices

    /// Every fast kernel leaves the bits of its plain twin and nothing outside its buffers; and all are right.
    @Test(arguments: KernelCase.all)
    func fastKernelsLeaveTheBitsOfThePlainOnes(_ item: KernelCase) {
        var expected = KernelCase.Arena(seed: 1)
        item.run(ReferenceKernels(), &expected)
        let twins = expected.outputs.map { $0.values() }
        expectTheWayBackToBeTheTransposedWayThere(expected, "plain")
        for kernels in KernelChoice.available {
            var found = KernelCase.Arena(seed: 1)
            item.run(kernels, &found)
            for (output, twin) in zip(found.outputs, twins) {
                #expect(output.values() == twin, "\(kernels.name): \(output.name)")
                #expect(output.isIntact(), "\(kernels.name): \(output.name)")
            }
            expectTheWayBackToBeTheTransposedWayThere(found, kernels.name)
        }
    }

    /// Between the kinks of ReLU and of maxima, and without biases, the kernels are linear: their ways back, the
    /// derivatives, are the transposed ways there. For a linear kernel this is what finite differences would show,
    /// without their error.
    private func expectTheWayBackToBeTheTransposedWayThere(_ arena: KernelCase.Arena, _ kernels: String) {
        for balance in arena.balances {
            let difference = abs(balance.there - balance.back)
            #expect(difference < 1e-4 * max(1, abs(balance.there)), "\(kernels): \(balance.name)")
        }
    }

    @Test func dropoutDropsItsShare() {
        var random = Random(test: 5)
        let keys = Guarded((0..<16).map { _ in UInt32(truncatingIfNeeded: random.next()) }, sentinel: 0)
        let values = Guarded(filled: 1000 * blockLanes, 1)
        KernelChoice.fastest.run(
            DropoutCall(
                values: MutableMapView(values.mutableView, MapLayout(height: 10, width: 10, channels: 10)), gates: nil,
                keys: keys.view, firstElement: 7, threshold: UInt32(0.3 * 0x1p32), scale: 1.5, closedGate: 4))
        let share = Double(values.values.count { $0 == 0 }) / Double(values.count)
        #expect(abs(share - 0.3) < 0.02)
        #expect(values.values.allSatisfy { $0 == 0 || $0 == 1.5 })
    }

    /// The plain twin uses the system's exponential and logarithm in double precision, so here the last bits differ.
    @Test(arguments: fast)
    func softmaxCrossEntropy(kernels: Int) {
        var random = Random(test: 7)
        let labels = Guarded((0..<16).map { $0 == 5 ? -1 : Int32($0 % 10) }, sentinel: 0)
        for scale: Float in [0.001, 1, 10, 80] {
            let logits = random.floats(10 * 32, scale: scale)
            let found = softmax(KernelChoice.available[kernels], logits, stride: 32, labels)
            let expected = softmax(ReferenceKernels(), logits, stride: 32, labels)
            for (a, b) in zip(found.values, expected.values) { #expect(relativeError(a, b) < 3e-7) }
            #expect(found.values[2][5] == 0)
            #expect(found.isIntact)
        }
    }

    /// All vector widths leave the same bits even where the plain twin does not.
    @Test func softmaxHasTheSameBitsAtEveryWidth() {
        var random = Random(test: 8)
        let logits = random.floats(10 * 16, scale: 20)
        let labels = Guarded((0..<16).map { Int32($0 % 10) }, sentinel: 0)
        let results = KernelChoice.available.map { softmax($0, logits, stride: 16, labels).values }
        for result in results { #expect(result == results[0]) }
    }

    private static let functions: [ActivationFunction] = [
        .leakyReLU(slope: 0.3), .relu6, .sigmoid, .tanh, .elu(alpha: 0.7),
    ]

    /// Here, too, the plain twin uses the system's functions in double precision.
    @Test(arguments: functions)
    func activations(function: ActivationFunction) {
        var random = Random(test: 9)
        for scale: Float in [1e-4, 0.1, 1, 10, 200] {
            let (inputs, gradients) = (random.floats(35 * 16, scale: scale), random.floats(35 * 16))
            let expected = activate(ReferenceKernels(), function, inputs, gradients)
            for kernels in KernelChoice.available {
                let found = activate(kernels, function, inputs, gradients)
                for (a, b) in zip(found.values, expected.values) { #expect(relativeError(a, b) < 1e-6) }
                #expect(found.isIntact)
            }
        }
    }

    @Test(arguments: functions)
    func activationsHaveTheSameBitsAtEveryWidth(function: ActivationFunction) {
        var random = Random(test: 10)
        let inputs = random.floats(35 * 16, scale: 8)
        let results = KernelChoice.available.map { activate($0, function, inputs, inputs).values }
        for result in results { #expect(result == results[0]) }
    }

    private func activate(
        _ kernels: any Kernels, _ function: ActivationFunction, _ inputs: [Float], _ gradients: [Float]
    ) -> (values: [[Float]], isIntact: Bool) {
        let layout = MapLayout(height: 5, width: 7, channels: 1)
        let (input, gradient) = (Guarded(inputs), Guarded(gradients))
        let buffers = [Guarded(filled: inputs.count, 777), Guarded(filled: inputs.count, 777)]
        let output = MutableMapView(buffers[0].mutableView, layout)
        kernels.run(Activating(input: MapView(input.view, layout), function: function, output: output))
        kernels.run(
            ActivatedGradient(
                gradient: MapView(gradient.view, layout), output: output.read, function: function,
                result: MutableMapView(buffers[1].mutableView, layout)))
        return (buffers.map(\.values), buffers.allSatisfy(\.isIntact))
    }

    private func softmax(
        _ kernels: any Kernels, _ logits: [Float], stride: Int, _ labels: Guarded<Int32>
    ) -> (values: [[Float]], isIntact: Bool) {
        let buffers = [Guarded(logits), Guarded(filled: logits.count, 0), Guarded(filled: 16)]
        kernels.run(
            SoftmaxCrossEntropy(
                logits: buffers[0].mutableView, classes: 10, stride: stride, labels: labels.view, gradientScale: 0.25,
                gradient: buffers[1].mutableView, losses: buffers[2].mutableView))
        return (buffers.map(\.values), buffers.allSatisfy(\.isIntact))
    }
}
