/// Images made for a network's outputs, each so that its output becomes large.
public struct WishedImages: Sendable, Equatable {
    /// The convolution whose filters they are made for, or the last layer, whose outputs are the logits of the classes.
    public let layer: String
    /// One a filter or class, `[outputs, height, width, channels]`, pixels in 0...1. For a filter it is as large as its
    /// receptive field, or as the test images if that reaches beyond one.
    public let images: Tensor
    /// What the filter, after its activation, or the logit reaches, `[outputs]`.
    public let values: Tensor

    /// Steps from the noise that all begin with, each number of a pixel uniform in 0...1, to the last image.
    public static let steps = 96
    /// How far the root mean square of a step goes by its gradient, at first; from there it falls in a straight line to
    /// zero.
    public static let rate: Float = 0.1
    /// Weight of smoothness beside the gradient, in each step of the climb.
    public static let smoothness: Float = 1
}

extension WishedImages {
    /// - Parameter set: of the network as it was trained, or of another.
    func tensors(_ set: String) -> [NamedTensor] {
        [("images", images), ("values", values)].map { NamedTensor("wished.\(set).\(layer).\($0)", $1) }
    }

    /// - Parameter layer: a convolution, or the last layer.
    init(
        _ set: String, _ layer: PlacedLayer, _ form: InspectionForm, from reader: inout TensorReader
    ) throws(RunDefect) {
        let name = "wished.\(set).\(layer.name)"
        let (outputs, shape) = (layer.output[layer.output.count - 1], layer.wishedShape(form.architecture.input))
        images = try reader.tensor("\(name).images", [outputs] + shape.extents)
        values = try reader.tensor("\(name).values", [outputs])
        self.layer = layer.name
        guard images.values.allSatisfy({ (0...1).contains($0) }) else { throw .outOfRange("\(name).images") }
    }
}

extension PlacedLayer {
    /// The form of the images that are made for the layer's outputs: what one of them sees, unless that reaches beyond
    /// the network's images.
    public func wishedShape(_ input: ImageShape) -> ImageShape {
        guard let field = receptiveField?.extent, field.height <= input.height, field.width <= input.width else {
            return input
        }
        return ImageShape(height: field.height, width: field.width, channels: input.channels)
    }
}

extension Model {
    /// For each convolution what its filters would like best to see, and then the same for the classes.
    ///
    /// - Throws: ``ArchitectureError`` or ``ModelError``, neither of which a network that could be made comes to.
    func wishedImages() throws -> [WishedImages] {
        var wished: [WishedImages] = []
        for layer in architecture.convolutions {
            let (model, place) = try cut(behind: layer)
            let objectives = (0..<layer.output[2]).map {
                Objective.pixel(layer: layer.name, y: place.row, x: place.column, channel: $0)
            }
            let (images, values) = try model.climb(objectives)
            let activation = layer.layer.activation ?? .linear
            wished.append(
                WishedImages(
                    layer: layer.name, images: images,
                    values: Tensor(shape: [values.count], values: values.map { activation($0) })))
        }
        let (images, values) = try climb((0..<architecture.classes).map(Objective.logit))
        let last = architecture.placed[architecture.placed.count - 1].name
        wished.append(
            WishedImages(layer: last, images: images, values: Tensor(shape: [values.count], values: values)))
        return wished
    }

    /// The network up to a convolution, which then is linear, so that a filter that does not answer yet has a gradient.
    /// It takes images of the layer's receptive field and pads nothing, so that its one output is what the filter makes
    /// of a place far from the edges. Where the field is larger than the images, it takes those, and the output is that
    /// in the middle.
    private func cut(behind layer: PlacedLayer) throws -> (model: Model, place: (row: Int, column: Int)) {
        let input = architecture.input
        let shape = layer.wishedShape(input)
        let fits = layer.receptiveField?.extent == Extent(shape.height, shape.width)
        let before = architecture.placed.prefix(layer.position)
        let layers = before.map { placed -> Layer in
            guard case .convolution(let filters, let kernel, let stride, let padding, let activation) = placed.layer
            else { return placed.layer }
            return .convolution(
                filters: filters, kernel: kernel, stride: stride, padding: fits ? .valid : padding,
                activation: placed == layer ? .linear : activation)
        }
        // The classes behind are never asked.
        let architecture = try Architecture(
            input: shape, classes: 2, layers: layers + [.flatten, .dense(2)])
        let model = Model(architecture, threads: team.passes.count, kernels: network.kernels)
        let kept = weights.map(\.tensor).prefix(before.reduce(0) { $0 + $1.tensors.count })
        model.load(kept + architecture.parameters.dropFirst(kept.count).map { Tensor(zeros: $0.shape) })
        return (model, fits ? (0, 0) : (layer.output[0] / 2, layer.output[1] / 2))
    }

    /// Changes noise, the same for each image, step by step so that each one's objective grows: by the gradient,
    /// divided by its root mean square, and towards the neighbouring pixels, which is the gradient of
    /// `-smoothness / 2 * sum over neighbours (difference of the pixels)^2`; then pixels are brought back into 0...1.
    ///
    /// Source: K. Simonyan, A. Vedaldi, A. Zisserman, "Deep Inside Convolutional Networks", 2013, section 2.
    /// - Parameter objectives: one an image, all of one layer.
    /// - Returns: the images, `[objectives, height, width, channels]`, and what their objectives are.
    func climb(_ objectives: [Objective]) throws(ModelError) -> (images: Tensor, values: [Float]) {
        let shape = architecture.input
        let size = shape.count
        // An even image would leave filters that look for edges without an answer, and so without a gradient.
        var random = Random(seed: 0, purpose: .wishedImages, index: 0)
        let noise = (0..<size).map { _ in random.unit() }
        var images = Tensor(
            shape: [objectives.count] + shape.extents, values: objectives.flatMap { _ in noise })
        for step in 0..<WishedImages.steps {
            let gradient = try gradient(ofEach: objectives, at: images).gradient.values
            let rate = WishedImages.rate * (1 - Float(step) / Float(WishedImages.steps))
            for image in objectives.indices {
                let place = image * size..<(image + 1) * size
                let moved = shape.moved(images.values[place], along: gradient[place], rate: rate)
                images.values.replaceSubrange(place, with: moved)
            }
        }
        return (images, try gradient(ofEach: objectives, at: images).values.whereFinite)
    }
}

extension ImageShape {
    /// One step; see ``Model/climb(_:)``.
    fileprivate func moved(_ image: ArraySlice<Float>, along gradient: ArraySlice<Float>, rate: Float) -> [Float] {
        let (image, gradient) = (Array(image), Array(gradient))
        let squares = gradient.reduce(0.0) { $0 + Double($1) * Double($1) }
        let norm = Float((squares / Double(count)).squareRoot())
        // Where numbers have overflown, there is no way up.
        guard norm.isFinite else { return image }
        let scale = norm > 0 ? rate / norm : 0
        let row = width * channels
        return image.indices.map { index in
            let (y, x) = (index / row, index % row / channels)
            var towards: Float = 0
            if y > 0 { towards += image[index - row] - image[index] }
            if y + 1 < height { towards += image[index + row] - image[index] }
            if x > 0 { towards += image[index - channels] - image[index] }
            if x + 1 < width { towards += image[index + channels] - image[index] }
            let moved = image[index] + scale * gradient[index] + rate * WishedImages.smoothness * towards
            return min(1, max(0, moved))
        }
    }
}
