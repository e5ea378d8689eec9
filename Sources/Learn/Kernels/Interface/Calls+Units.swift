/// `c[m, n] (+)= sum over k of b[k, m] * a[k, n]`, where n runs along vectors.
///
/// Strides are in floats; n of `a` and `c` is contiguous.
public struct Product: KernelCall {
    public let m, n, k: Int
    public let a, b: View<Float>
    public let c: MutableView<Float>
    public let aStride: Int
    public let bStride, bColumn: Int
    public let cStride: Int
    public let end: ProductEnd

    /// - Parameters:
    ///   - n: a multiple of 16.
    ///   - aStride: from one k to the next in `a`.
    ///   - bStride: from one k to the next in `b`.
    ///   - bColumn: from one m to the next in `b`.
    ///   - cStride: from one m to the next in `c`.
    public init(
        m: Int, n: Int, k: Int, a: View<Float>, aStride: Int, b: View<Float>, bStride: Int, bColumn: Int,
        c: MutableView<Float>, cStride: Int, end: ProductEnd
    ) {
        precondition(m > 0 && n > 0 && k > 0 && n.isMultiple(of: blockLanes))
        self.m = m
        self.n = n
        self.k = k
        self.a = a.first((k - 1) * aStride + n)
        self.aStride = aStride
        self.b = b.first((k - 1) * bStride + (m - 1) * bColumn + 1)
        self.bStride = bStride
        self.bColumn = bColumn
        self.c = c.first((m - 1) * cStride + n)
        self.cStride = cStride
        self.end =
            switch end {
            case .bias(let bias): .bias(bias.first(m))
            case .biasReLU(let bias): .biasReLU(bias.first(m))
            case .accumulate, .store: end
            }
    }

    public var name: String {
        switch end {
        case .bias, .biasReLU: "Product, forward"
        case .accumulate: "Product, weights"
        case .store: "Product, inputs"
        }
    }

    public var sizes: KernelSizes {
        switch end {
        case .bias, .biasReLU: .dense(inputs: k, outputs: m)
        case .accumulate: .dense(inputs: m, outputs: n)
        case .store: .dense(inputs: m, outputs: k)
        }
    }

    public var operations: Double { 2 * Double(m * n * k) }
}

/// What a product becomes before it is stored.
public enum ProductEnd {
    /// Added to what is there.
    case accumulate
    /// Stored.
    case store
    /// Stored after the bias of each m was added.
    case bias(View<Float>)
    /// Stored after bias and ReLU.
    case biasReLU(View<Float>)
}

/// Gradient before ReLU and dropout: `scale * gradient` where the output is positive, else zero.
public struct Gate: KernelCall {
    public let gradient: MutableView<Float>
    public let output: View<Float>
    public let scale: Float
    /// A multiple of 16.
    public let count: Int

    public init(gradient: MutableView<Float>, output: View<Float>, scale: Float, count: Int) {
        precondition(count.isMultiple(of: blockLanes))
        self.gradient = gradient.first(count)
        self.output = output.first(count)
        self.scale = scale
        self.count = count
    }

    public var bytes: Double { Double(count * 12) }
}

/// `[rows, columns]` to `[columns, rowStride]`.
public struct Transposition: KernelCall {
    public let matrix: View<Float>
    public let rows: Int
    /// A multiple of 16.
    public let columns: Int
    public let transposed: MutableView<Float>
    public let rowStride: Int

    public init(matrix: View<Float>, rows: Int, columns: Int, transposed: MutableView<Float>, rowStride: Int) {
        precondition(columns.isMultiple(of: blockLanes))
        self.matrix = matrix.first(rows * columns)
        self.rows = rows
        self.columns = columns
        self.transposed = transposed.first((columns - 1) * rowStride + rows)
        self.rowStride = rowStride
    }

    public var bytes: Double { Double(rows * columns * 8) }
}

/// Sum of each row of `[rows, columns]`, added to `sums`: lane by lane, then the 16 lanes pairwise.
public struct RowSums: KernelCall {
    public let matrix: View<Float>
    public let rows: Int
    /// A multiple of 16.
    public let columns: Int
    public let sums: MutableView<Float>

    public init(matrix: View<Float>, rows: Int, columns: Int, sums: MutableView<Float>) {
        precondition(columns.isMultiple(of: blockLanes))
        self.matrix = matrix.first(rows * columns)
        self.rows = rows
        self.columns = columns
        self.sums = sums.first(rows)
    }

    public var bytes: Double { Double(rows * columns * 4) }
}

/// Softmax and cross-entropy of 16 samples.
public struct SoftmaxCrossEntropy: KernelCall {
    /// `[classes, stride]`, 16 columns of it; become probabilities.
    public let logits: MutableView<Float>
    public let classes, stride: Int
    /// 16 of them; a lane without sample has label -1.
    public let labels: View<Int32>
    /// 1 / samples of the batch.
    public let gradientScale: Float
    /// Of the mean loss at the logits, `[classes, stride]`; zero for a lane without sample.
    public let gradient: MutableView<Float>
    /// 16 of them, in nats; zero for a lane without sample.
    public let losses: MutableView<Float>

    public init(
        logits: MutableView<Float>, classes: Int, stride: Int, labels: View<Int32>, gradientScale: Float,
        gradient: MutableView<Float>, losses: MutableView<Float>
    ) {
        let extent = (classes - 1) * stride + blockLanes
        precondition(classes > 0)
        self.logits = logits.first(extent)
        self.classes = classes
        self.stride = stride
        self.labels = labels.first(blockLanes)
        self.gradientScale = gradientScale
        self.gradient = gradient.first(extent)
        self.losses = losses.first(blockLanes)
    }

    public var bytes: Double { Double(classes * blockLanes * 12) }
}
