import Learn

/// The Keras lines that do what a passage of ours does, written out from the same networks and settings.
enum KerasListing {
    /// The network as a `Sequential` model.
    static func model(_ network: Network) -> String {
        let count = network.layers.count
        let layers = network.layers.enumerated().map { "    \(line($1, isLast: $0 == count - 1))," }
        return """
            model = keras.Sequential([
                keras.Input((\(Split.edge), \(Split.edge), 1)),
            \(layers.joined(separator: "\n"))
            ])
            """
    }

    /// Compiling and fitting with a run's settings.
    static func training(_ configuration: Configuration) -> String {
        let optimizer = configuration.optimizer
        return """
            model.compile(
                optimizer=keras.optimizers.Adadelta(
                    learning_rate=\(optimizer.learningRate), rho=\(optimizer.rho), epsilon=\(optimizer.epsilon)),
                loss="categorical_crossentropy", metrics=["accuracy"])
            model.fit(
                x_train, y_train, batch_size=\(configuration.batchSize), epochs=\(configuration.epochs),
                validation_data=(x_test, y_test))
            """
    }

    /// Every layer's output for some images.
    static let activations = """
        outputs = [layer.output for layer in model.layers]
        activations = keras.Model(model.inputs, outputs).predict(x_test[indices])
        """

    private static func line(_ layer: Layer, isLast: Bool) -> String {
        switch layer {
        case .convolution(let filters, let kernel, let padding):
            let border = padding == .same ? "padding=\"same\", " : ""
            return "layers.Conv2D(\(filters), \(kernel), \(border)activation=\"relu\")"
        case .averagePooling(let size): return "layers.AveragePooling2D(\(size))"
        case .maxPooling(let size): return "layers.MaxPooling2D(\(size))"
        case .dropout(let rate): return "layers.Dropout(\(rate))"
        case .flatten: return "layers.Flatten()"
        case .dense(let units): return "layers.Dense(\(units), activation=\"\(isLast ? "softmax" : "relu")\")"
        }
    }
}
