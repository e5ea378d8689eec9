/// The tensors of one layer in a file: those whose names begin alike.
struct TensorGroup {
    /// What stands before the last `.` or `/`.
    let name: String
    /// Full names by what stands behind it.
    private(set) var parts: [String: String]

    /// All groups of a file. What counts a training's batches is no weight.
    static func all(of file: Safetensors.File) -> [TensorGroup] {
        var groups: [String: [String: String]] = [:]
        for full in file.names {
            let cut = full.lastIndex { $0 == "." || $0 == "/" }
            let part = cut.map { String(full[full.index(after: $0)...]) } ?? full
            if part == "num_batches_tracked" { continue }
            groups[cut.map { String(full[..<$0]) } ?? "", default: [:]][part] = full
        }
        return groups.map { TensorGroup(name: $0.key, parts: $0.value) }
    }

    /// The full name of a tensor that has one of some names.
    func tensor(_ names: [String]) -> String? { names.lazy.compactMap { parts[$0] }.first }

    func kind(_ layout: WeightLayout, in file: Safetensors.File) -> WeightKind? {
        if tensor(layout.parts(.normalization)[2]) != nil { return .normalization }
        guard let kernel = tensor(layout.parts(.dense)[0]) else { return nil }
        return switch file.entries[kernel]?.shape.count {
        case 4: .convolution
        case 2: .dense
        default: nil
        }
    }
}

/// A name as people number things: `conv2d`, `conv2d_1`, ... `conv2d_10`.
struct NumberedName: Comparable {
    /// The name without its numbers; names of one series have the same.
    let series: [String]
    private let numbers: [Int]

    init(_ name: String) {
        var (series, numbers): ([String], [Int]) = ([], [])
        for match in name.matches(of: /([^0-9]*)([0-9]*)/) where !match.0.isEmpty {
            let text = match.1.hasSuffix("_") ? match.1.dropLast() : match.1
            if !text.isEmpty { series.append(String(text)) }
            if let number = Int(match.2) { numbers.append(number) }
        }
        (self.series, self.numbers) = (series, numbers)
    }

    static func < (first: NumberedName, second: NumberedName) -> Bool {
        first.numbers.lexicographicallyPrecedes(second.numbers)
    }
}
