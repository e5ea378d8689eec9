/// Pixels of 16 images, divided by 255, into a map. Lanes from `count` on are filled with zeros.
public struct Gather: KernelCall {
    /// `[images, height, width, channels]`, as large as `map` says.
    public let pixels: View<UInt8>
    /// Positions in `pixels`, `count` of them, 1 to 16.
    public let images: View<Int32>
    public let count: Int
    public let map: MutableMapView

    public init(pixels: View<UInt8>, images: View<Int32>, count: Int, map: MutableMapView) {
        let size = map.layout.height * map.layout.rowElements
        precondition(count > 0 && count <= blockLanes)
        for lane in 0..<count {
            let image = Int(images.pointer[lane])
            precondition(image >= 0 && (image + 1) * size <= pixels.count)
        }
        self.pixels = pixels
        self.images = images.first(count)
        self.count = count
        self.map = map
    }

    public var bytes: Double { Double(map.layout.height * map.layout.rowElements * blockLanes * 5) }
}

/// Pooling of one block's maps. Each row of a window is summed, then the rows.
public struct MapPooling: KernelCall {
    public let input: MapView
    public let pooling: Pooling
    public let windowHeight, windowWidth, strideHeight, strideWidth: Int
    public let output: MutableMapView
    /// Where in its window, row-major, each maximum stood: `[height, width, channels, 16]` of the output. The first
    /// of equal ones. Nil, or without meaning, where means are taken.
    public let winners: MutableView<Int32>?

    public init(
        input: MapView, pooling: Pooling, windowHeight: Int, windowWidth: Int, strideHeight: Int, strideWidth: Int,
        output: MutableMapView, winners: MutableView<Int32>?
    ) {
        let (from, to) = (input.layout, output.layout)
        precondition((to.height - 1) * strideHeight + windowHeight <= from.height)
        precondition((to.width - 1) * strideWidth + windowWidth <= from.width && from.channels == to.channels)
        self.input = input
        self.pooling = pooling
        self.windowHeight = windowHeight
        self.windowWidth = windowWidth
        self.strideHeight = strideHeight
        self.strideWidth = strideWidth
        self.output = output
        self.winners = winners?.first(to.height * to.rowElements * blockLanes)
    }

    public var sizes: KernelSizes { .elements(output.layout.height * output.layout.rowElements) }
    public var bytes: Double {
        Double(output.layout.height * output.layout.rowElements * blockLanes * (windowHeight * windowWidth + 2) * 4)
    }
}

/// Gradient at the input of a pooling; windows may overlap, and then add in the order of the outputs.
public struct MapUnpooling: KernelCall {
    /// At the pooling's output.
    public let gradient: MapView
    public let pooling: Pooling
    public let windowHeight, windowWidth, strideHeight, strideWidth: Int
    /// What ``MapPooling`` left; needed for maxima alone.
    public let winners: View<Int32>?
    public let inputGradient: MutableMapView

    public init(
        gradient: MapView, pooling: Pooling, windowHeight: Int, windowWidth: Int, strideHeight: Int,
        strideWidth: Int, winners: View<Int32>?, inputGradient: MutableMapView
    ) {
        let (from, to) = (inputGradient.layout, gradient.layout)
        precondition((to.height - 1) * strideHeight + windowHeight <= from.height)
        precondition((to.width - 1) * strideWidth + windowWidth <= from.width && from.channels == to.channels)
        precondition(pooling == .average || winners != nil)
        self.gradient = gradient
        self.pooling = pooling
        self.windowHeight = windowHeight
        self.windowWidth = windowWidth
        self.strideHeight = strideHeight
        self.strideWidth = strideWidth
        self.winners = winners?.first(to.height * to.rowElements * blockLanes)
        self.inputGradient = inputGradient
    }

    public var sizes: KernelSizes { .elements(gradient.layout.height * gradient.layout.rowElements) }
    public var bytes: Double {
        Double(
            gradient.layout.height * gradient.layout.rowElements * blockLanes * (windowHeight * windowWidth * 2 + 2) * 4
        )
    }
}

/// ReLU: negative numbers become zero. Input and output may be the same.
public struct Rectification: KernelCall {
    public let input: MapView
    public let output: MutableMapView

    public init(input: MapView, output: MutableMapView) {
        precondition(input.layout.hasSize(of: output.layout))
        self.input = input
        self.output = output
    }

    public var bytes: Double { Double(output.layout.height * output.layout.rowElements * blockLanes * 8) }
}

/// Each channel multiplied by a number and, if wished, shifted by another. Input and output may be the same.
public struct ChannelScaling: KernelCall {
    public let input: MapView
    /// `[channels]`
    public let scale: View<Float>
    public let shift: View<Float>?
    public let output: MutableMapView

    public init(input: MapView, scale: View<Float>, shift: View<Float>?, output: MutableMapView) {
        precondition(input.layout.hasSize(of: output.layout))
        self.input = input
        self.scale = scale.first(input.layout.channels)
        self.shift = shift?.first(input.layout.channels)
        self.output = output
    }

    public var bytes: Double { Double(output.layout.height * output.layout.rowElements * blockLanes * 8) }
}

/// A gradient behind ReLU becomes the one before it: zero where the output is not positive. With no output it is only
/// copied. Gradient and result may be the same.
public struct RectifiedGradient: KernelCall {
    public let gradient: MapView
    public let output: MapView?
    public let result: MutableMapView
    /// Sums of the result a channel and lane, `[channels, 16]`, added to.
    public let sums: MutableView<Float>?

    public init(gradient: MapView, output: MapView?, result: MutableMapView, sums: MutableView<Float>?) {
        precondition(gradient.layout.hasSize(of: result.layout))
        precondition(output?.layout.hasSize(of: result.layout) ?? true)
        self.gradient = gradient
        self.output = output
        self.result = result
        self.sums = sums?.first(result.layout.channels * blockLanes)
    }

    public var bytes: Double { Double(result.layout.height * result.layout.rowElements * blockLanes * 12) }
}

/// Inverted dropout: drops elements at random, scales the others, closes the gates of the dropped.
///
/// The random number of element i is murmur3's finaliser of `key ^ (firstElement + i) * 0x9E3779B9`.
public struct DropoutCall: KernelCall {
    public let values: MutableMapView
    /// `[height, width, channels, 16]`
    public let gates: MutableView<UInt8>?
    /// One random key a sample, 16 of them.
    public let keys: View<UInt32>
    /// Number of the first element in the sample's sequence of random numbers.
    public let firstElement: UInt32
    /// An element is dropped if its 32-bit random number is below.
    public let threshold: UInt32
    /// Factor of the elements that stay: 1 / (1 - rate).
    public let scale: Float
    /// What a dropped element's pooling gate becomes.
    public let closedGate: UInt8

    public init(
        values: MutableMapView, gates: MutableView<UInt8>?, keys: View<UInt32>, firstElement: UInt32,
        threshold: UInt32, scale: Float, closedGate: UInt8
    ) {
        self.values = values
        self.gates = gates?.first(values.layout.height * values.layout.rowElements * blockLanes)
        self.keys = keys.first(blockLanes)
        self.firstElement = firstElement
        self.threshold = threshold
        self.scale = scale
        self.closedGate = closedGate
    }

    public var sizes: KernelSizes { .elements(values.layout.height * values.layout.rowElements) }
    public var bytes: Double {
        Double(values.layout.height * values.layout.rowElements * blockLanes * (gates == nil ? 8 : 10))
    }
}
