import Learn

/// The Keras lines that do what a passage of ours does, written out from the same networks and settings.
enum KerasListing {
    /// The network as a `Sequential` model.
    static func model(_ network: Network) -> String {
        let architecture = network.architecture
        let (input, count) = (architecture.input, architecture.placed.count)
        let layers = architecture.placed.map { "    \(line($0.layer, isLast: $0.position == count))," }
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

    private static func line(_ layer: Layer, isLast: Bool) -> String {
        switch layer {
        case .convolution(let filters, let kernel, let stride, let padding, let activation):
            call(
                "Conv2D", "\(filters)", python(kernel), stride == 1 ? nil : "strides=\(python(stride))",
                padding == .same ? "padding=\"same\"" : nil, argument(activation))
        case .averagePooling(let window, let stride): call("AveragePooling2D", pooling(window, stride))
        case .maxPooling(let window, let stride): call("MaxPooling2D", pooling(window, stride))
        case .globalAveragePooling: call("GlobalAveragePooling2D")
        case .batchNormalization(let epsilon):
            call("BatchNormalization", epsilon == Layer.usualEpsilon ? nil : "epsilon=\(epsilon)")
        case .activation(let activation): call("Activation", "\"\(activation.rawValue)\"")
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
        activation == .linear ? nil : "activation=\"\(activation.rawValue)\""
    }

    private static func python(_ extent: Extent) -> String {
        extent.height == extent.width ? "\(extent.height)" : "(\(extent.height), \(extent.width))"
    }
}
