import KernelInterface

/// Kernels that time each call of others: so each is measured on the data and in the order of a real training, and
/// what the winners of max pooling leave out is left out as it really is.
struct TimedKernels: Kernels {
    let kernels: any Kernels
    let profile = KernelProfile()

    var name: String { kernels.name }

    private func time(_ call: some KernelCall, _ work: () -> Void) {
        let seconds = seconds(work)
        // What the winners owe is known only afterwards.
        profile.add(
            KernelWork(seconds: seconds, operations: call.operations, bytes: call.bytes),
            to: TimedCall(kernel: call.name, sizes: call.sizes))
    }

    func run(_ call: Gather) { time(call) { kernels.run(call) } }
    func run(_ call: Convolution) { time(call) { kernels.run(call) } }
    func run(_ call: PooledConvolution) { time(call) { kernels.run(call) } }
    func run(_ call: Unpooling) { time(call) { kernels.run(call) } }
    func run(_ call: ConvolutionKernelGradient) { time(call) { kernels.run(call) } }
    func run(_ call: ConvolutionInputGradient) { time(call) { kernels.run(call) } }
    func run(_ call: WinnerSearch) { time(call) { kernels.run(call) } }
    func run(_ call: WinnersKernelGradient) { time(call) { kernels.run(call) } }
    func run(_ call: WinnersInputGradient) { time(call) { kernels.run(call) } }
    func run(_ call: SampleSplit) { time(call) { kernels.run(call) } }
    func run(_ call: SampleJoin) { time(call) { kernels.run(call) } }
    func run(_ call: MapPooling) { time(call) { kernels.run(call) } }
    func run(_ call: MapUnpooling) { time(call) { kernels.run(call) } }
    func run(_ call: Rectification) { time(call) { kernels.run(call) } }
    func run(_ call: Activating) { time(call) { kernels.run(call) } }
    func run(_ call: ActivatedGradient) { time(call) { kernels.run(call) } }
    func run(_ call: ChannelScaling) { time(call) { kernels.run(call) } }
    func run(_ call: RectifiedGradient) { time(call) { kernels.run(call) } }
    func run(_ call: DropoutCall) { time(call) { kernels.run(call) } }
    func run(_ call: Product) { time(call) { kernels.run(call) } }
    func run(_ call: Gate) { time(call) { kernels.run(call) } }
    func run(_ call: Transposition) { time(call) { kernels.run(call) } }
    func run(_ call: RowSums) { time(call) { kernels.run(call) } }
    func run(_ call: SoftmaxCrossEntropy) { time(call) { kernels.run(call) } }
    func run(_ call: AdadeltaStep) { time(call) { kernels.run(call) } }
    func run(_ call: MomentumStep) { time(call) { kernels.run(call) } }
    func run(_ call: AdamStep) { time(call) { kernels.run(call) } }
}
