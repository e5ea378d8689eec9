import Foundation
import Learn

/// Images that lie beside a model with what it made of them where it was exported, as in ONNX's collections of models:
/// `test_data_set_0/input_0.pb` and `output_0.pb`, and so on, a tensor each.
///
/// Source: <https://github.com/onnx/models#usage>.
struct RecordedAnswers {
    /// The folder's name.
    let set: String
    let images, answers: (shape: [Int], values: [Float])

    /// What a set, a file in it, and a set's number of images may be.
    private static let mostSets = 16
    private static let longestFile = 1 << 28
    private static let mostImages = 1000
    /// How far apart an answer may be, as a share of the largest number of all answers.
    private static let tolerance = 1e-4

    /// Makes sure that a network answers what lies in its file's folder, one set after the other.
    static func check(_ network: ImportedNetwork, beside model: URL) throws(ONNXImportError) {
        let folder = model.deletingLastPathComponent()
        // A folder whose names cannot be read holds none that could be.
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        let sets = names.filter { name in
            var isFolder: ObjCBool = false
            return name.hasPrefix("test_data_set_")
                && FileManager.default.fileExists(atPath: folder.appending(path: name).path, isDirectory: &isFolder)
                && isFolder.boolValue
        }.sorted()
        guard sets.count <= mostSets else {
            throw ONNXImportError("test_data_set_*", "\(sets.count) folders; at most \(mostSets) are taken")
        }
        for set in sets { try RecordedAnswers(set, in: ExternalFiles(folder: folder)).check(network) }
    }

    private init(_ set: String, in files: ExternalFiles) throws(ONNXImportError) {
        self.set = set
        images = try RecordedAnswers.tensor("\(set)/input_0.pb", in: files)
        answers = try RecordedAnswers.tensor("\(set)/output_0.pb", in: files)
    }

    private static func tensor(
        _ location: String, in files: ExternalFiles
    ) throws(ONNXImportError) -> (shape: [Int], values: [Float]) {
        let place = location.shortened
        guard case .inside(let url) = files.place(of: location) else {
            throw ONNXImportError(place, "there is no such file in the model's folder")
        }
        let bytes: [UInt8]?
        do {
            bytes = try OpenFile.contents(of: url, limit: longestFile)
        } catch {
            throw ONNXImportError(place, error.reason)
        }
        guard let bytes else { throw ONNXImportError(place, "more than \(longestFile) bytes") }
        do {
            return try tensor(bytes)
        } catch {
            throw ONNXImportError(place, error.problem)
        }
    }

    /// - Parameter bytes: of a file with one tensor.
    static func tensor(_ bytes: [UInt8]) throws(ONNXImportError) -> (shape: [Int], values: [Float]) {
        let tensor: TensorProto
        do {
            tensor = try TensorProto(serialized: bytes)
        } catch {
            throw ONNXImportError("tensor", "no tensor of ONNX: \(error)")
        }
        let constant = try Constant(tensor, files: ExternalFiles(folder: nil))
        guard case .floats(let values) = constant.numbers else {
            throw ONNXImportError("tensor", "whole numbers; taken are those of type float")
        }
        return (constant.shape, values)
    }
}

extension RecordedAnswers {
    private func check(_ network: ImportedNetwork) throws(ONNXImportError) {
        let (signature, classes) = (network.signature, network.architecture.classes)
        let size = network.architecture.input.count
        let extents = Array(images.shape.dropFirst())
        guard let count = images.shape.first, (1...RecordedAnswers.mostImages).contains(count),
            extents == signature.extents || extents == [size]
        else {
            throw ONNXImportError(
                "\(set.shortened)/input_0.pb",
                "numbers of the shape \(images.shape); taken are 1 to \(RecordedAnswers.mostImages) images of "
                    + "\(signature.extents)")
        }
        let place = "\(set.shortened)/output_0.pb"
        guard answers.shape.first == count, answers.values.count == count * classes else {
            throw ONNXImportError(
                place, "numbers of the shape \(answers.shape); wanted are \(classes) for each of \(count) images")
        }
        var distance = 0.0
        do {
            let scores = try ClassScores(network)
            for image in 0..<count {
                let found = try scores.answer(to: Array(images.values[image * size..<(image + 1) * size]))
                for (ours, theirs) in zip(found, answers.values[(image * classes)...]) {
                    let difference = abs(ours - Double(theirs))
                    distance = difference.isNaN ? .infinity : max(distance, difference)
                }
            }
        } catch {
            throw ONNXImportError(place, "\(error)")
        }
        let largest = answers.values.reduce(0) { max($0, abs(Double($1))) }
        guard distance <= RecordedAnswers.tolerance * largest else {
            let share = largest > 0 ? String(format: "%.1e of its largest number", distance / largest) : "all of it"
            throw ONNXImportError(
                place,
                "what the model answers here is apart from it by \(share); at most \(RecordedAnswers.tolerance) is taken"
            )
        }
    }
}

/// What an imported network answers in the form of its file: before softmax, after it, or the logarithm of that.
private struct ClassScores {
    private let model: Model
    private let network: ImportedNetwork
    /// Of each number of an image in the file's order, its place in ours.
    private let places: [Int]

    /// With a layer behind the network's, of which nothing is asked: what comes last is told after softmax, and this is
    /// not the last then.
    init(_ network: ImportedNetwork) throws {
        self.network = network
        let own = network.architecture
        let longer = try Architecture(
            input: own.input, classes: 2, layers: own.layers + [.dense(units: 2, activation: .linear)])
        let added = longer.parameters.dropFirst(network.weights.count).map {
            NamedTensor($0.name, Tensor(zeros: $0.shape))
        }
        model = try Model(longer, weights: network.weights + added)
        let steps = [own.input.width * own.input.channels, own.input.channels, 1]
        places = zip(network.signature.order, network.signature.extents).reduce([0]) { places, dimension in
            places.flatMap { place in (0..<dimension.1).map { place + $0 * steps[dimension.0] } }
        }
    }

    /// - Parameter image: its numbers as the file takes them.
    /// - Returns: a number for each class.
    func answer(to image: [Float]) throws -> [Double] {
        var pixels = Tensor(zeros: [1] + network.architecture.input.extents)
        for (place, number) in zip(places, image) { pixels.values[place] = number }
        let outputs = try model.activations(pixels)
        let logits = outputs[outputs.count - 2].tensor.values.map { Double($0) }
        guard network.signature.answer != .logits, let largest = logits.max() else { return logits }
        let total = logits.reduce(0) { $0 + exp($1 - largest) }
        return logits.map {
            network.signature.answer == .probabilities ? exp($0 - largest) / total : $0 - largest - log(total)
        }
    }
}
