import Learn

/// The Keras lines that do what a passage of ours does, written out from the same networks and settings.
enum KerasListing {
    /// The network as a `Sequential` model.
    static func model(_ network: Network) -> String {
        let architecture = network.architecture
        let (input, count) = (architecture.input, architecture.placed.count)
        let layers = architecture.placed.flatMap { lines($0, isLast: $0.position == count) }.map { "    \($0)," }
        return """
            model = keras.Sequential([
                keras.Input((\(input.height), \(input.width), \(input.channels))),
            \(layers.joined(separator: "\n"))
            ])
            """
    }

    /// Compiling and fitting with a run's settings.
    static func training(_ configuration: Configuration) -> String {
        let optimizer = configuration.optimizer
        let settings = optimizer.settings.map { "\($0.kerasName)=\($0.value)" }.joined(separator: ", ")
        return """
            model.compile(
                optimizer=keras.optimizers.\(optimizer.kerasName)(
                    \(settings)),
                loss="categorical_crossentropy", metrics=["accuracy"])
            model.fit(
                x_train, y_train, batch_size=\(configuration.batchSize), epochs=\(configuration.epochs),
                validation_data=(x_test, y_test))
            """
    }

    /// Zeros that are not Keras's own padding are a layer before the convolution.
    private static func lines(_ placed: PlacedLayer, isLast: Bool) -> [String] {
        guard case .convolution(_, _, _, .zeros(let zeros), _) = placed.layer else {
            return [line(placed.layer, isLast: isLast)]
        }
        let sides = "((\(zeros.top), \(zeros.bottom)), (\(zeros.left), \(zeros.right)))"
        return [call("ZeroPadding2D", sides), line(placed.layer, isLast: isLast)]
    }

    private static func line(_ layer: Layer, isLast: Bool) -> String {
        switch layer {
        case .convolution(let filters, let kernel, let stride, let padding, let activation):
            call(
                "Conv2D", "\(filters)", python(kernel), stride == 1 ? nil : "strides=\(python(stride))",
                padding == .same ? "padding=\"same\"" : nil, argument(activation))
        case .averagePooling(let window, let stride): call("AveragePooling2D", pooling(window, stride))
        case .maxPooling(let window, let stride): call("MaxPooling2D", pooling(window, stride))
        case .globalAveragePooling: call("GlobalAveragePooling2D")
        case .globalMaxPooling: call("GlobalMaxPooling2D")
        case .batchNormalization(let epsilon):
            call("BatchNormalization", epsilon == Layer.usualEpsilon ? nil : "epsilon=\(epsilon)")
        case .rescaling: call("Rescaling", "scale", "offset=shift")
        case .activation(.leakyReLU(let slope)): call("LeakyReLU", "negative_slope=\(slope)")
        case .activation(.elu(let alpha)) where alpha != Activation.usualAlpha: call("ELU", "alpha=\(alpha)")
        case .activation(let activation): call("Activation", "\"\(activation.kind)\"")
        case .dropout(let rate): call("Dropout", "\(rate)")
        case .flatten: call("Flatten")
        case .dense(let units, let activation):
            call("Dense", "\(units)", isLast ? "activation=\"softmax\"" : argument(activation))
        }
    }

    private static func call(_ name: String, _ arguments: String?...) -> String {
        "layers.\(name)(\(arguments.compactMap(\.self).joined(separator: ", ")))"
    }

    private static func pooling(_ window: Extent, _ stride: Extent) -> String {
        python(window) + (stride == window ? "" : ", strides=\(python(stride))")
    }

    private static func argument(_ activation: Activation) -> String? {
        switch activation {
        case .linear: nil
        case .leakyReLU(let slope): "activation=layers.LeakyReLU(negative_slope=\(slope))"
        case .elu(let alpha) where alpha != Activation.usualAlpha: "activation=layers.ELU(alpha=\(alpha))"
        default: "activation=\"\(activation.kind)\""
        }
    }

    private static func python(_ extent: Extent) -> String {
        extent.height == extent.width ? "\(extent.height)" : "(\(extent.height), \(extent.width))"
    }
}
