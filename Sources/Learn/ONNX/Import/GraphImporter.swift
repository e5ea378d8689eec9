import Learn

/// Walks over a graph, node by node, and builds up the network that it computes.
struct GraphImporter {
    /// A value that has a name in the graph.
    enum Value {
        /// What was made of the images, with its extents behind the batch.
        case flow([Int])
        case constant(Constant)
        /// A constant that nobody asked for yet.
        case stored(TensorProto)
        /// A shape, worked out from the flow's.
        case shape([SymbolicExtent])
    }

    let graph: GraphProto
    let files: ExternalFiles
    /// The version of the operators.
    let version: Int
    /// Names of the graph's input and output, and what is known of the input.
    let input, output: String
    let form: InputForm
    let image: ImageShape?
    let order: ChannelOrder?
    var values: [String: Value] = [:]
    /// Name of the value that the last node of the sequence left.
    var flow: String
    /// Its dimensions behind the batch.
    var dimensions: Dimensions
    /// Nil as long as it is open which dimension of the input is which.
    var stack: LayerStack?
    /// What is done to all numbers of the input alike before that is known.
    var inputScale: Float = 1
    var inputShift: Float = 0
    /// Zeros around the maps that a node for itself has added.
    var padding: Border?
    /// Set once the answers have become probabilities, or their logarithms.
    var answer: ImportedNetwork.Signature.Answer?
    /// The maps that the last layers of units have in their rows, columns and channels, as the graph knows them.
    var flattened: [Int]?
    /// The extents that a flat input is given before anything else.
    var inputPlaces: [Int] = []
    /// Elements of all constants that were read.
    var elementsRead = 0
    /// Of each dimension of the input, which of `[height, width, channels]` it is.
    var inputOrder: [Int]

    static let versions = 11...22

    init(_ model: ModelProto, files: ExternalFiles, image: ImageShape?, order: ChannelOrder?) throws(ONNXImportError) {
        guard let graph = model.graph else { throw ONNXImportError("model", "no graph in it") }
        let own = model.opsetImport.filter { $0.domain.isEmpty || $0.domain == "ai.onnx" }
        guard let version = own.first?.version, GraphImporter.versions.contains(Int(version)) else {
            let found = own.first.map { "version \($0.version)" } ?? "no version"
            throw ONNXImportError(
                "model",
                "\(found) of the operators; taken are \(GraphImporter.versions.lowerBound) to "
                    + "\(GraphImporter.versions.upperBound)")
        }
        // In older files the weights are inputs, too.
        let stored = Set(graph.initializer.map(\.name))
        let inputs = graph.input.filter { !stored.contains($0.name) }
        guard inputs.count == 1, graph.output.count == 1 else {
            let open = inputs.dropFirst().first.map { "; no value of \"\($0.name.shortened)\" is in the file" }
            throw ONNXImportError(
                "model",
                "\(inputs.count) inputs and \(graph.output.count) outputs; taken are models of one each\(open ?? "")")
        }
        let form = try InputForm(inputs[0])
        (self.graph, self.files, self.version, self.image, self.order) = (graph, files, Int(version), image, order)
        (input, output, self.form) = (inputs[0].name, graph.output[0].name, form)
        flow = inputs[0].name
        for tensor in graph.initializer { values[tensor.name] = .stored(tensor) }
        values[flow] = .flow(form.extents)
        dimensions = Dimensions(
            form.extents.enumerated().map { [Axis(role: .input($0.offset), extent: $0.element)] })
        inputOrder = []
    }

    /// The extents of the input behind the batch, as layers read them.
    var inputExtents: [Int] { inputPlaces.isEmpty ? form.extents : inputPlaces }

    /// The most nodes of a sequence of layers that are worth a look.
    private static let mostNodes = 10_000

    mutating func walk() throws(ONNXImportError) {
        guard graph.node.count <= GraphImporter.mostNodes else {
            throw ONNXImportError("model", "\(graph.node.count) nodes; at most \(GraphImporter.mostNodes) are taken")
        }
        for node in graph.node {
            guard node.domain.isEmpty || node.domain == "ai.onnx" else {
                throw ONNXImportError(node, "an operator of \(node.domain.shortened); \(GraphImporter.supported)")
            }
            var attributes = try NodeAttributes(node)
            try read(node, &attributes)
            try attributes.finish()
        }
    }

    mutating func finished() throws(ONNXImportError) -> ImportedNetwork {
        guard flow == output else {
            throw ONNXImportError(
                "model",
                "its output \"\(output.shortened)\" is not what the last layer leaves; "
                    + ONNXImportError.sequential)
        }
        guard padding == nil else { throw ONNXImportError("model", "the padding at its end pads for nothing") }
        guard var stack, dimensions.extents.filter({ $0 != 1 }).count == 1 else {
            throw ONNXImportError(
                "model", "its output has \(dimensions.extents) numbers an image; taken is one for each class")
        }
        do {
            try stack.answerFromPooling()
        } catch {
            throw ONNXImportError("model", "\(error)")
        }
        guard case .dense(let classes, let activation) = stack.layers.last else {
            throw ONNXImportError(
                "model",
                "its last layer is \(stack.layers.last.map { "\($0)" } ?? "none"); taken are models that end "
                    + "with a dense layer, Gemm or MatMul, of a unit for each class, or with global pooling of a map "
                    + "for each, of at most \(LayerStack.mostPooled) classes")
        }
        guard activation == .linear else {
            throw ONNXImportError("model", "it ends with \(activation); taken are Softmax, LogSoftmax and nothing")
        }
        do {
            let (architecture, weights) = try stack.finished(classes: classes)
            if let wrong = weights.first(where: { !$0.tensor.values.allSatisfy(\.isFinite) }) {
                throw ONNXImportError("model", "\(wrong.name) holds numbers beyond single precision")
            }
            return ImportedNetwork(
                architecture, weights,
                ImportedNetwork.Signature(
                    input: input, output: output, extents: inputExtents, order: inputOrder,
                    answer: answer ?? .logits, batch: form.batch))
        } catch let error as ArchitectureError {
            throw ONNXImportError("model", "\(error)")
        } catch let error as ONNXImportError {
            throw error
        } catch {
            throw ONNXImportError("model", "\(error)")
        }
    }
}

/// What a graph's input is, behind the batch.
struct InputForm {
    let extents: [Int]
    let batch: Int?

    init(_ input: ValueInfoProto) throws(ONNXImportError) {
        let place = "input \"\(input.name.shortened)\""
        guard let type = input.type?.tensorType, type.elemType == .float else {
            let found = input.type?.tensorType.map { "of type \($0.elemType)" } ?? "no tensor"
            throw ONNXImportError(place, "\(found); taken are tensors of type float")
        }
        guard let shape = type.shape, (2...4).contains(shape.dim.count) else {
            throw ONNXImportError(
                place,
                "\(type.shape.map { "\($0.dim.count)" } ?? "an unknown number of") dimensions; taken are images, "
                    + "[batch, height, width, channels], [batch, channels, height, width] or flat")
        }
        var extents: [Int] = []
        for dimension in shape.dim.dropFirst() {
            guard case .extent(let extent) = dimension.value, (1...1 << 24).contains(extent) else {
                throw ONNXImportError(place, "an extent is open, or none; export the model with images of a fixed size")
            }
            extents.append(Int(extent))
        }
        if case .extent(let extent) = shape.dim[0].value, extent > 0 { batch = Int(extent) } else { batch = nil }
        self.extents = extents
        guard extents.reduce(1.0, { $0 * Double($1) }) <= Double(1 << 25) else {
            throw ONNXImportError(place, "images of \(extents) are larger than any network here takes")
        }
    }
}
