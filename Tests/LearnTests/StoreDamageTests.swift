import Foundation
import TestSupport
import Testing

@testable import Learn

@Suite("Damaged runs") struct StoreDamageTests {
    @Test(arguments: ["run.json", "run.json.sha256", "tensors.safetensors", "weights.safetensors"])
    func refusesFlippedBits(name: String) async throws {
        try await withStoredRun { store, run, files in
            let bytes = try files[name]
            let damaged = name == "run.json.sha256" ? "run.json" : name
            for position in stride(from: 0, to: bytes.count, by: max(1, bytes.count / 40)) {
                var flipped = bytes
                flipped[position] ^= 1 << (position % 8)
                try files.write(flipped, to: name)
                expectError(.damaged(path: files.path(damaged), .wrongDigest), loading: run, from: store)
            }
        }
    }

    @Test(arguments: ["run.json", "run.json.sha256", "tensors.safetensors", "weights.safetensors"])
    func refusesTruncationAndAdditions(name: String) async throws {
        try await withStoredRun { store, run, files in
            let bytes = try files[name]
            let damaged = name == "run.json.sha256" ? "run.json" : name
            for count in [bytes.count - 1, bytes.count / 2, 0, bytes.count + 1] {
                try files.write(Array((bytes + [0x20]).prefix(count)), to: name)
                expectError(.damaged(path: files.path(damaged), .wrongDigest), loading: run, from: store)
            }
        }
    }

    @Test(arguments: ["run.json.sha256", "tensors.safetensors", "weights.safetensors"])
    func refusesAMissingFile(name: String) async throws {
        try await withStoredRun { store, run, files in
            try FileManager.default.removeItem(at: files.url(name))
            expectError(.damaged(path: files.path(name), .missingFile), loading: run, from: store)
        }
    }

    @Test func refusesOtherVersions() async throws {
        try await withStoredRun { store, run, files in
            let path = files.path("run.json")
            try files.forgeDocument { $0["formatVersion"] = .integer(4) }
            expectError(.newerFormat(path: path, version: 4), loading: run, from: store)
            try files.forgeDocument {
                $0 = .object(["formatVersion": .integer(1)])
            }
            expectError(.olderFormat(path: path, version: 1), loading: run, from: store)
        }
    }

    @Test(arguments: [
        "formatVersion", "configuration", "dataDigests", "history", "confusionMatrix", "samples", "files",
    ])
    func refusesAMissingMember(name: String) async throws {
        try await withStoredRun { store, run, files in
            try files.forgeDocument { $0[name] = nil }
            expectError(.damaged(path: files.path("run.json"), .malformedDocument), loading: run, from: store)
        }
    }

    @Test func refusesAnotherRunsFiles() async throws {
        try await withStoredRun { store, run, files in
            try files.forgeDocument { $0["configuration"]?["seed"] = .integer(2) }
            expectError(.damaged(path: files.path("run.json"), .otherRun), loading: run, from: store)
        }
    }

    /// Changes a run's files as no accident does, and what the store says to that.
    static let forgeries: [(RunDefect, @Sendable (StoredFiles) throws -> Void)] = [
        (
            .wrongCount(of: "epochs in the history", found: 2, expected: 3),
            document { $0["history"] = items($0["history"], 2) }
        ),
        (.outOfRange("an accuracy"), document { $0["history"]?[1]["testAccuracy"] = .number(1.5) }),
        (.outOfRange("an accuracy"), document { $0["history"]?[1]["trainAccuracy"] = .integer(-1) }),
        (.outOfRange("a loss"), document { $0["history"]?[2]["testLoss"] = .number(-0.5) }),
        (
            .safetensors(.missingTensor(name: "sample.20.conv1")),
            document { $0["samples"]?[0]["index"] = .integer(20) }
        ),
        (.wrongConfusionMatrix, document { $0["confusionMatrix"]?[0][0] = .integer(7) }),
        (.wrongConfusionMatrix, document { $0["confusionMatrix"]?[3][3] = .integer(-1) }),
        (.wrongConfusionMatrix, document { $0["confusionMatrix"]?[3][3] = .integer(.max) }),
        (.wrongConfusionMatrix, document { $0["confusionMatrix"] = items($0["confusionMatrix"], 9) }),
        (.wrongConfusionMatrix, document { swapFirstRow(&$0) }),
        (.outOfRange("a sample's label"), document { $0["samples"]?[1]["label"] = .integer(10) }),
        (.safetensors(.missingTensor(name: "conv2.bias")), weights { $0.removeAll { $0.name == "conv2.bias" } }),
        (.unexpectedTensor(name: "extra"), weights { $0.append(NamedTensor("extra", Tensor(zeros: [1]))) }),
        (
            .wrongShape(name: "dense3.bias", found: [2, 5], expected: [10]),
            weights { change("dense3.bias", in: &$0) { Tensor(shape: [2, 5], values: $0.values) } }
        ),
        (.notFinite(name: "conv1.kernel"), weights { change("conv1.kernel", in: &$0) { poisoned($0, .nan) } }),
        (.notFinite(name: "dense1.bias"), weights { change("dense1.bias", in: &$0) { poisoned($0, .infinity) } }),
        (.safetensors(.missingTensor(name: "predictions")), tensors { $0.removeAll { $0.name == "predictions" } }),
        (
            .safetensors(.missingTensor(name: "sample.3.pool2")),
            tensors { $0.removeAll { $0.name == "sample.3.pool2" } }
        ),
        (
            .unexpectedTensor(name: "sample.4.pool2"),
            tensors { $0.append(NamedTensor("sample.4.pool2", Tensor(zeros: [1]))) }
        ),
        (
            .wrongShape(name: "pool1", found: [1176], expected: [14, 14, 6]),
            tensors { change("sample.12.pool1", in: &$0) { Tensor(shape: [1176], values: $0.values) } }
        ),
        (.notFinite(name: "kernelHistory"), tensors { change("kernelHistory", in: &$0) { poisoned($0, -.infinity) } }),
        (
            .wrongShape(name: "kernelHistory", found: [3, 5, 5, 1, 6], expected: [4, 5, 5, 1, 6]),
            tensors { change("kernelHistory", in: &$0) { _ in Tensor(zeros: [3, 5, 5, 1, 6]) } }
        ),
        (.notFinite(name: "predictions"), tensors { change("predictions", in: &$0) { poisoned($0, .nan) } }),
        (.outOfRange("a prediction"), tensors { change("predictions", in: &$0) { poisoned($0, 1.01) } }),
        (.wrongAnswers, tensors { change("predictions", in: &$0) { poisoned($0, 0.9) } }),
        (.outOfRange("an answer"), answers { changed($0, 10) }),
        (.wrongAnswers, { try $0.forgeAnswers { ByteTensor(shape: $0.shape, values: $0.values.reversed()) } }),
        (
            .wrongShape(name: "answerHistory", found: [2, 20], expected: [3, 20]),
            answers { ByteTensor(shape: [2, 20], values: Array($0.values.suffix(40))) }
        ),
        (.wrongEvaluation(epoch: 3), document { $0["history"]?[2]["evaluatedTrain"] = nil }),
        (
            .wrongEvaluation(epoch: 1),
            document {
                let last = $0["history"]?[2]["evaluatedTrain"]
                $0["history"]?[0]["evaluatedTrain"] = last
            }
        ),
        (.outOfRange("a loss"), document { $0["history"]?[2]["evaluatedTrain"]?["loss"] = .integer(-1) }),
        (.outOfRange("an accuracy"), document { $0["history"]?[2]["evaluatedTrain"]?["accuracy"] = .integer(2) }),
        (
            .wrongShape(name: "predictions", found: [200], expected: [200, 10]),
            tensors { change("predictions", in: &$0) { Tensor(shape: [200], values: $0.values) } }
        ),
        (
            .wrongShape(name: "predictions", found: [], expected: [0, 10]),
            tensors { change("predictions", in: &$0) { _ in Tensor(shape: [], values: [1]) } }
        ),
    ]

    @Test(arguments: forgeries.indices)
    func refusesForgeries(number: Int) async throws {
        let (defect, forge) = Self.forgeries[number]
        try await withStoredRun { store, run, files in
            try forge(files)
            expectError(.damaged(path: files.path("run.json"), defect), loading: run, from: store)
        }
    }
}

private typealias Forgery = @Sendable (StoredFiles) throws -> Void

private func document(_ change: @escaping @Sendable (inout JSONValue) -> Void) -> Forgery {
    { try $0.forgeDocument(change) }
}

private func weights(_ change: @escaping @Sendable (inout [NamedTensor]) -> Void) -> Forgery {
    { try $0.forgeTensors("weights.safetensors", change) }
}

private func tensors(_ change: @escaping @Sendable (inout [NamedTensor]) -> Void) -> Forgery {
    { try $0.forgeTensors("tensors.safetensors", change) }
}

private func answers(_ change: @escaping @Sendable (ByteTensor) -> ByteTensor) -> Forgery {
    { try $0.forgeAnswers(change) }
}

/// The answers with the first replaced.
private func changed(_ answers: ByteTensor, _ first: UInt8) -> ByteTensor {
    var answers = answers
    answers.values[0] = first
    return answers
}

private func change(_ name: String, in tensors: inout [NamedTensor], _ change: (Tensor) -> Tensor) {
    for index in tensors.indices where tensors[index].name == name {
        tensors[index].tensor = change(tensors[index].tensor)
    }
}

/// The tensor with its first value replaced.
private func poisoned(_ tensor: Tensor, _ value: Float) -> Tensor {
    var tensor = tensor
    tensor.values[0] = value
    return tensor
}

/// The first items of an array.
private func items(_ array: JSONValue?, _ count: Int) -> JSONValue {
    guard case .array(let items) = array else { preconditionFailure("not an array") }
    return .array(Array(items.prefix(count)))
}

/// Moves one count to another column, so that the sum stays right.
private func swapFirstRow(_ document: inout JSONValue) {
    let row = document["confusionMatrix"]?[0]
    document["confusionMatrix"]?[0][1] = row?[5] ?? .null
    document["confusionMatrix"]?[0][5] = row?[1] ?? .null
}
