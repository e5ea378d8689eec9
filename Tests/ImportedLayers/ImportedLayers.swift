import Foundation
import Learn
import ONNX

/// Runs a model's file through this package on made-up images, for `Tests/Models/check_imports.py`, which runs it in ONNX
/// Runtime as well.
///
/// usage: imported-layers MODEL.onnx OUTPUT.safetensors
///
/// The output holds `x`, the images as the file wants them, and every layer's output, `layer00_conv1`, maps as `[images,
/// height, width, channels]`, the last after softmax. Its metadata tell what the file's own answers are.
@main
struct ImportedLayers {
    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 3 else {
            try FileHandle.standardError.write(contentsOf: Data("usage: imported-layers MODEL OUTPUT\n".utf8))
            exit(64)
        }
        let network = try ImportedNetwork(contentsOf: URL(filePath: arguments[1]))
        let shape = network.architecture.input
        let count = network.signature.batch ?? 3
        var random = MadeUpPixels()
        let images = Tensor(
            shape: [count] + shape.extents, values: (0..<count * shape.count).map { _ in random.next() })
        let model = try Model(network.architecture, weights: network.weights)
        let outputs = try model.activations(images).enumerated().map { index, output in
            NamedTensor("layer\(index < 10 ? "0" : "")\(index)_\(output.name)", output.tensor)
        }
        let given = NamedTensor("x", images.turned(to: network.signature))
        let bytes = Safetensors.encode(
            [given] + outputs,
            metadata: ["answer": network.signature.answer.rawValue, "input": network.signature.input])
        try Data(bytes).write(to: URL(filePath: arguments[2]))
    }
}

/// Numbers in 0..<1; a linear congruential generator's highest bits.
private struct MadeUpPixels {
    private var state: UInt32 = 1

    mutating func next() -> Float {
        state = state &* 1_664_525 &+ 1_013_904_223
        return Float(state >> 8) * 0x1p-24
    }
}

extension Tensor {
    /// Images `[count, height, width, channels]` with their dimensions in the order of a file's input.
    fileprivate func turned(to signature: ImportedNetwork.Signature) -> Tensor {
        let sides = Array(shape.dropFirst())
        let steps = [sides[1] * sides[2], sides[2], 1]
        let places = zip(signature.order, signature.extents).reduce([0]) { places, dimension in
            places.flatMap { place in (0..<dimension.1).map { place + $0 * steps[dimension.0] } }
        }
        let size = sides.reduce(1, *)
        return Tensor(
            shape: [shape[0]] + signature.extents,
            values: (0..<shape[0]).flatMap { image in places.map { values[image * size + $0] } })
    }
}
