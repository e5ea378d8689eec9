import Learn

extension GraphImporter {
    /// What is told of an operator that is not among them.
    static let supported =
        "supported are Conv, MaxPool, AveragePool, GlobalMaxPool, GlobalAveragePool, ReduceMax and ReduceMean over maps, "
        + "Gemm, MatMul, BatchNormalization, Pad, Add, Sub, Mul and Div with constants, Sqrt, Reciprocal and Max of "
        + "constants, Relu, LeakyRelu, Clip to 0...6, Sigmoid, Tanh, Elu, Softmax, LogSoftmax, Dropout, Identity, "
        + "Constant, Cast, Flatten, Reshape, Squeeze, Unsqueeze, Transpose, Shape, Gather and Slice of shapes or of all "
        + "there is, and Concat of shapes"

    /// Reads one node.
    mutating func read(_ node: NodeProto, _ attributes: inout NodeAttributes) throws(ONNXImportError) {
        switch node.opType {
        case "Conv": try convolve(node, &attributes)
        case "MaxPool": try pool(node, &attributes, .maximum)
        case "AveragePool": try pool(node, &attributes, .average)
        case "GlobalMaxPool": try poolAll(node, .maximum)
        case "GlobalAveragePool": try poolAll(node, .average)
        case "ReduceMax": try reduce(node, &attributes, .maximum)
        case "ReduceMean": try reduce(node, &attributes, .average)
        case "Gemm": try multiply(node, &attributes)
        case "MatMul": try multiply(node)
        case "BatchNormalization": try normalize(node, &attributes)
        case "Pad": try pad(node, &attributes)
        case "Add", "Sub", "Mul", "Div": try calculate(node)
        case "Sqrt", "Reciprocal", "Max": try fold(node)
        case "Relu": try activate(node, .relu)
        case "LeakyRelu": try activate(node, .leakyReLU(slope: Double(shortest: attributes.float("alpha") ?? 0.01)))
        case "Clip": try clip(node)
        case "Sigmoid": try activate(node, .sigmoid)
        case "Tanh": try activate(node, .tanh)
        case "Elu": try activate(node, .elu(alpha: Double(shortest: attributes.float("alpha") ?? 1)))
        case "Softmax": try answer(node, &attributes, .probabilities)
        case "LogSoftmax": try answer(node, &attributes, .logProbabilities)
        case "Dropout": try drop(node, &attributes)
        case "Identity": try pass(node)
        case "Cast": try cast(node, &attributes)
        case "Constant": try constant(node, &attributes)
        case "Flatten": try flatten(node, &attributes)
        case "Reshape": try reshape(node, &attributes)
        case "Squeeze": try squeeze(node, &attributes)
        case "Unsqueeze": try unsqueeze(node, &attributes)
        case "Transpose": try transpose(node, &attributes)
        case "Shape": try shape(node, &attributes)
        case "Gather": try gather(node, &attributes)
        case "Slice": try slice(node)
        case "Concat": try concatenate(node, &attributes)
        default: throw ONNXImportError(node, "this operator is not supported; \(GraphImporter.supported)")
        }
    }
}

extension Double {
    /// The number that a person would write for a single-precision one: 0.01, not 0.009999999776.
    init(shortest number: Float) { self = Double("\(number)") ?? Double(number) }
}
