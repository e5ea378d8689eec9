import Foundation
import TestSupport
import Testing

@testable import Learn
@testable import ONNX

/// Answers that lie beside a model: they are held to, and are outside data themselves.
@Suite struct RecordedAnswersTests {
    /// The frameworks' own answers, in the layout and the form of each file.
    @Test(arguments: ImportTests.models) func modelsAnswerAsTheyDidElsewhere(_ name: String) throws {
        let place = try Place(name)
        try place.write(place.images, "input_0.pb")
        try place.write(place.answers, "output_0.pb")
        _ = try ImportedNetwork(contentsOf: place.model)
        var wrong = place.answers
        let largest = wrong.floatData.map(abs).max() ?? 0
        wrong.floatData[1] += 3e-4 * largest
        try place.write(wrong, "output_0.pb")
        let line = place.refusal()
        #expect(
            line.hasPrefix("test_data_set_0/output_0.pb: what the model answers here is apart from it by ")
                && line.hasSuffix("e-04 of its largest number; at most 0.0001 is taken"), "\(line)")
    }

    @Test func everySetIsHeldTo() throws {
        let place = try Place("torch-lenet")
        for set in ["test_data_set_0", "test_data_set_1"] {
            try place.write(place.images, "input_0.pb", set)
            try place.write(place.answers, "output_0.pb", set)
        }
        // A file of that name is something else.
        try place.folder.write("", to: "test_data_set_2.txt")
        _ = try ImportedNetwork(contentsOf: place.model)
        var wrong = place.answers
        wrong.floatData[0] = -wrong.floatData[0] + 1
        try place.write(wrong, "output_0.pb", "test_data_set_1")
        #expect(place.refusal().hasPrefix("test_data_set_1/output_0.pb: what the model answers"))
    }

    static let faults: [(file: String, told: String, change: @Sendable (inout TensorProto) -> Void)] = [
        ("input_0.pb", "numbers of the shape [2, 28, 28, 1]", { $0.dims = [2, 28, 28, 1] }),
        ("input_0.pb", "a shape of [9223372036854775807, 28]", { $0.dims = [.max, 28] }),
        ("input_0.pb", "a shape of [3, 1, 28, 28], but 1568 elements", { $0.dims = [3, 1, 28, 28] }),
        ("input_0.pb", "an element is NaN", { $0.floatData[3] = .nan }),
        ("input_0.pb", "elements of the type double", { $0.dataType = .double }),
        (
            "input_0.pb", "its elements lie in another file",
            {
                $0.dataLocation = .external
                $0.externalData = [StringStringEntryProto(key: "location", value: "/etc/passwd")]
            }
        ),
        ("output_0.pb", "numbers of the shape [20]; wanted are 10 for each of 2 images", { $0.dims = [20] }),
        (
            "output_0.pb", "numbers of the shape []",
            {
                $0.dims = []
                $0.floatData = [1]
            }
        ),
        ("output_0.pb", "by all of it", { $0.floatData = $0.floatData.map { _ in 0 } }),
    ]

    @Test(arguments: faults.indices) func whatDoesNotFitIsRefused(_ index: Int) throws {
        let (file, told, change) = RecordedAnswersTests.faults[index]
        let place = try Place("torch-lenet")
        var tensors = ["input_0.pb": place.images, "output_0.pb": place.answers]
        if var tensor = tensors[file] {
            change(&tensor)
            tensors[file] = tensor
        }
        for (name, tensor) in tensors { try place.write(tensor, name) }
        let line = place.refusal()
        #expect(line.hasPrefix("test_data_set_0/\(file): ") && line.contains(told), "\(line)")
    }

    @Test func filesAreThereAndInTheFolder() throws {
        let place = try Place("torch-lenet")
        try place.write(place.images, "input_0.pb")
        #expect(place.refusal() == "test_data_set_0/output_0.pb: there is no such file in the model's folder")
        let set = place.folder.url.appending(path: "test_data_set_0")
        let outside = try TemporaryFolder()
        try outside.write("secret", to: "output_0.pb")
        try FileManager.default.createSymbolicLink(
            at: set.appending(path: "output_0.pb"), withDestinationURL: outside.url.appending(path: "output_0.pb"))
        #expect(place.refusal() == "test_data_set_0/output_0.pb: there is no such file in the model's folder")
        try FileManager.default.removeItem(at: set.appending(path: "output_0.pb"))
        try place.folder.write("no tensor at all", to: "test_data_set_0/output_0.pb")
        #expect(place.refusal().hasPrefix("test_data_set_0/output_0.pb: no tensor of ONNX"))
        try FileManager.default.removeItem(at: set.appending(path: "output_0.pb"))
        try FileManager.default.createDirectory(
            at: set.appending(path: "output_0.pb"), withIntermediateDirectories: true)
        #expect(place.refusal() == "test_data_set_0/output_0.pb: Not a regular file")
        for number in 1...16 { try place.write(place.images, "input_0.pb", "test_data_set_\(number)") }
        #expect(place.refusal() == "test_data_set_*: 17 folders; at most 16 are taken")
    }

    /// A copy of a model in a folder of its own, and its framework's images and answers.
    private struct Place {
        let folder: TemporaryFolder
        let model: URL
        let images, answers: TensorProto

        init(_ name: String) throws {
            folder = try TemporaryFolder()
            model = folder.url.appending(path: "\(name).onnx")
            for ending in ["onnx", "onnx.data"] {
                let file = ImportTests.file("\(name).\(ending)")
                guard FileManager.default.fileExists(atPath: file.path) else { continue }
                try FileManager.default.copyItem(at: file, to: folder.url.appending(path: "\(name).\(ending)"))
            }
            let file = try Safetensors.File([UInt8](Data(contentsOf: ImportTests.file("\(name).safetensors"))))
            images = try TensorProto(file.tensor("x"))
            answers = try TensorProto(file.tensor("y"))
        }

        func write(_ tensor: TensorProto, _ name: String, _ set: String = "test_data_set_0") throws {
            let url = folder.url.appending(path: set)
            try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
            try Data(try tensor.serialized()).write(to: url.appending(path: name))
        }

        /// What an import tells.
        func refusal() -> String {
            let error = #expect(throws: ONNXImportError.self) { _ = try ImportedNetwork(contentsOf: model) }
            return error?.description ?? ""
        }
    }
}

extension TensorProto {
    fileprivate init(_ tensor: Tensor) {
        self.init(dims: tensor.shape.map(Int64.init), dataType: .float, floatData: tensor.values)
    }
}
