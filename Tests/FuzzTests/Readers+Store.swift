import Foundation

@testable import Learn

/// Readers of what a store of runs holds.
extension Reader {
    static let safetensors = Reader(name: "safetensors") { bytes in
        verdict { () throws(SafetensorsError) in
            let file = try Safetensors.File(bytes)
            var tensors: [Tensor] = []
            for name in file.names where file.entries[name]?.type == .float32 { tensors.append(try file.tensor(name)) }
            for name in file.names where file.entries[name]?.type == .uint8 {
                let bytes = try file.bytes(name)
                tensors.append(Tensor(shape: bytes.shape, values: bytes.values.map(Float.init)))
            }
            return tensors
        } check: { tensors in
            tensors.allSatisfy { $0.shape.reduce(1, *) == $0.values.count } ? nil : "shape"
        }
    }

    /// `run.json`, with tensors of the right names and shapes for whatever it tells of.
    static let run = Reader(name: "run") { bytes in
        verdict { () throws(RunStoreError) -> Run? in
            let store = RunStore(folder: URL(filePath: "/nowhere"))
            let document = try store.decode(RunDocument.self, from: bytes, path: "run.json")
            do throws(RunDefect) {
                try document.configuration.check()
                let shapes = document.configuration.architecture
                guard document.configuration.epochs < 100, document.confusionMatrix.joined().count < 10_000,
                    shapes.isSmall
                else { return nil }
                let run = try Run(document, weights: weights(shapes), others: others(document, shapes))
                try run.check()
                return run
            } catch {
                throw .damaged(path: "run.json", error)
            }
        } check: { run in
            guard let training = run?.training else { return nil }
            return training.history.count == training.configuration.epochs ? nil : "history"
        }
    }

    /// The document in a checkpoint's file, with tensors of the right names and shapes for whatever it tells of.
    static let checkpoint = Reader(name: "checkpoint") { bytes in
        verdict { () throws(RunStoreError) -> Checkpoint? in
            let store = RunStore(folder: URL(filePath: "/nowhere"))
            let document = try store.decode(CheckpointDocument.self, from: bytes, path: "checkpoint.safetensors")
            do throws(RunDefect) {
                try document.configuration.check()
                let shapes = document.configuration.architecture
                guard (0..<100).contains(document.epochsDone), shapes.isSmall else { return nil }
                let history = TrainingRecord.stored(Tensor(zeros: shapes.kernelHistory(epochs: document.epochsDone)))
                let answers = Safetensors.Member(
                    TrainingRecord.answers, ByteTensor(shape: [document.epochsDone, 0], values: []))
                let tensors = (shapes.parameters.map { ($0.name, $0.shape) } + document.configuration.accumulators).map
                {
                    NamedTensor($0.name, Tensor(zeros: $0.shape))
                }
                let checkpoint = try Checkpoint(document, file(tensors + history, [answers]))
                try checkpoint.check()
                return checkpoint
            } catch {
                throw .damaged(path: "checkpoint.safetensors", error)
            }
        } check: { checkpoint in
            guard let checkpoint else { return nil }
            return checkpoint.history.count == checkpoint.epochsDone ? nil : "history"
        }
    }

    /// An inspection's file, of a small network and few images, whatever its digest.
    static let inspection = Reader(name: "inspection") { bytes in
        verdict { () throws(RunStoreError) in
            do throws(RunDefect) {
                return try Inspection(smallForm, opened(bytes))
            } catch {
                throw .damaged(path: "inspection.safetensors", error)
            }
        } check: { inspection in
            let tensors = inspection.tensors
            guard Set(tensors.map(\.name)).count == tensors.count else { return "names" }
            guard tensors.allSatisfy({ $0.tensor.shape.reduce(1, *) == $0.tensor.values.count }) else { return "shape" }
            let places = inspection.patches.flatMap { patches in (0..<patches.filters).flatMap(patches.answers) }
            return places.allSatisfy { (0..<smallForm.testImages).contains($0.image) } ? nil : "places"
        }
    }

    /// The file of an epoch's weights, of the same network, whatever its digest.
    static let epoch = Reader(name: "epoch") { bytes in
        verdict { () throws(RunStoreError) in
            do throws(RunDefect) {
                return try EpochWeights(epoch: 1, of: small, opened(bytes))
            } catch {
                throw .damaged(path: "epoch-1.safetensors", error)
            }
        } check: { kept in
            let shapes = Dictionary(uniqueKeysWithValues: small.parameters.map { ($0.name, $0.shape) })
            guard kept.weights.mapValues(\.shape) == shapes else { return "shapes" }
            return kept.weights.values.allSatisfy { $0.tensor.shape == $0.shape } ? nil : "numbers"
        }
    }

    private static let small = try! Architecture(
        input: ImageShape(height: 8, width: 8, channels: 1), classes: 2,
        notation: ["conv 2@3x3", "maxpool 2", "flatten", "dense 2"])
    private static let smallForm = InspectionForm(architecture: small, testImages: 6, trainingImages: 8)
}

extension Architecture {
    /// Whether its tensors can be made up in a moment.
    fileprivate var isSmall: Bool {
        parameterCount < 1_000_000 && placed.reduce(0) { $0 + $1.output.reduce(1, *) } < 1_000_000
    }
}

private func weights(_ shapes: Architecture) throws(RunDefect) -> Safetensors.File {
    try file(shapes.parameters.map { NamedTensor($0.name, Tensor(zeros: $0.shape)) })
}

private func others(_ document: RunDocument, _ shapes: Architecture) throws(RunDefect) -> Safetensors.File {
    let images = document.confusionMatrix.joined().reduce(0) { $0 &+ $1 }
    guard (0...1000).contains(images) else { throw .malformedDocument }
    let predictions = predictions(document.confusionMatrix, count: images)
    let epochs = document.configuration.epochs
    let answers = ByteTensor(
        shape: [epochs, predictions.shape[0]],
        values: Array(repeatElement(predictions.likeliestClasses, count: epochs).joined()))
    return try file(
        TrainingRecord.stored(Tensor(zeros: shapes.kernelHistory(epochs: epochs)))
            + [NamedTensor("predictions", predictions)]
            + Set(document.samples.map(\.index)).flatMap { index in
                shapes.observed.map { NamedTensor("sample.\(index).\($0.name)", Tensor(zeros: $0.output)) }
            },
        [Safetensors.Member(TrainingRecord.answers, answers)])
}

/// One sure answer an image, so many of each as the matrix says.
private func predictions(_ confusionMatrix: [[Int]], count: Int) -> Tensor {
    var values: [Float] = []
    for row in confusionMatrix {
        for (answer, times) in row.enumerated() where times > 0 {
            for _ in 0..<min(times, count) { values += (0..<10).map { $0 == answer ? 1 : 0 } }
        }
    }
    return Tensor(shape: [values.count / 10, 10], values: values)
}

private func opened(_ bytes: [UInt8]) throws(RunDefect) -> Safetensors.File {
    do {
        return try Safetensors.File(bytes)
    } catch {
        throw .safetensors(error)
    }
}

private func file(
    _ tensors: [NamedTensor], _ others: [Safetensors.Member] = []
) throws(RunDefect) -> Safetensors.File {
    do {
        return try Safetensors.File(
            Safetensors.encode(tensors.map(Safetensors.Member.init) + others, metadata: [:]))
    } catch {
        throw .malformedDocument
    }
}
