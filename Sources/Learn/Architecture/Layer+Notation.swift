/// Why a text is not a layer.
public struct LayerNotationError: Error, Equatable, CustomStringConvertible {
    /// The text, as written.
    public let text: String
    /// What is wrong with it, and what would be right.
    public let problem: String

    public var description: String { "\"\(text)\": \(problem)" }
}

extension Layer: CustomStringConvertible {
    /// The layer's canonical notation: what ``init(parsing:)`` reads.
    public var description: String {
        switch self {
        case .convolution(let filters, let kernel, let stride, let padding, let activation):
            "conv \(filters)@\(kernel.both)" + (stride == 1 ? "" : " stride \(stride)")
                + (padding == .same ? " same" : "") + suffix(activation)
        case .maxPooling(let window, let stride): "maxpool \(window)" + (stride == window ? "" : " stride \(stride)")
        case .averagePooling(let window, let stride):
            "avgpool \(window)" + (stride == window ? "" : " stride \(stride)")
        case .globalAveragePooling: "globalavgpool"
        case .batchNormalization(let epsilon):
            "batchnorm" + (epsilon == Layer.usualEpsilon ? "" : " epsilon \(epsilon)")
        case .activation(let activation): activation.rawValue
        case .dropout(let rate): "dropout \(rate)"
        case .flatten: "flatten"
        case .dense(let units, let activation): "dense \(units)" + suffix(activation)
        }
    }

    private func suffix(_ activation: Activation) -> String { activation == .relu ? "" : " \(activation.rawValue)" }

    /// Reads a layer as a table lists it.
    ///
    /// `conv 6@5x5` (filters, then rows and columns of the kernel) with `stride 2`, `same` and `linear` where they
    /// apply; `maxpool 2` and `avgpool 3` with `stride 2`; `globalavgpool`; `batchnorm` with `epsilon 0.001`; `relu`;
    /// `dropout 0.2`; `flatten`; `dense 120` with `linear`. ReLU follows where nothing else is said.
    ///
    /// - Throws: ``LayerNotationError`` that quotes the text and says what would be right.
    public init(parsing text: String) throws(LayerNotationError) {
        var words = Words(text)
        switch words.next() {
        case "conv":
            let size = try words.size("filters@rowsxcolumns, such as conv 6@5x5")
            let options = try words.options(["stride", "same"], activation: true)
            self = .convolution(
                filters: size.filters, kernel: size.kernel, stride: options.stride ?? 1,
                padding: options.isSame ? .same : .valid, activation: options.activation ?? .relu)
        case "maxpool":
            let window = try words.extent("a window, such as maxpool 2")
            self = .maxPooling(window: window, stride: try words.options(["stride"]).stride ?? window)
        case "avgpool":
            let window = try words.extent("a window, such as avgpool 2")
            self = .averagePooling(window: window, stride: try words.options(["stride"]).stride ?? window)
        case "globalavgpool": self = .globalAveragePooling
        case "batchnorm":
            self = .batchNormalization(epsilon: try words.options(["epsilon"]).epsilon ?? Layer.usualEpsilon)
        case "dropout": self = .dropout(try words.number("a rate, such as dropout 0.2"))
        case "flatten": self = .flatten
        case "dense":
            let units = try words.count("a number of units, such as dense 120")
            self = .dense(units: units, activation: try words.options([], activation: true).activation ?? .relu)
        case let word?:
            guard let activation = Activation(rawValue: String(word)) else {
                throw words.error(
                    "\"\(word)\" is no layer; known are conv, maxpool, avgpool, globalavgpool, batchnorm, relu, "
                        + "dropout, flatten and dense")
            }
            self = .activation(activation)
        case nil: throw words.error("nothing is written; write a layer, such as dense 120")
        }
        if let word = words.next() { throw words.error("\"\(word)\" is one word too many; remove it") }
    }
}

/// The words of a layer, taken one after another.
private struct Words {
    let text: String
    private var rest: ArraySlice<Substring>

    struct Options {
        var stride: Extent?
        var isSame = false
        var epsilon: Double?
        var activation: Activation?
    }

    init(_ text: String) {
        self.text = text
        rest = text.split(whereSeparator: { $0 == " " || $0 == "\t" })[...]
    }

    mutating func next() -> Substring? { rest.popFirst() }

    func error(_ problem: String) -> LayerNotationError { LayerNotationError(text: text, problem: problem) }

    mutating func size(_ wanted: String) throws(LayerNotationError) -> (filters: Int, kernel: Extent) {
        let parts = next()?.split(separator: "@", omittingEmptySubsequences: false) ?? []
        guard parts.count == 2, let filters = Int(digits: parts[0]), let kernel = Extent(parsing: parts[1]) else {
            throw error("wants \(wanted)")
        }
        return (filters, kernel)
    }

    mutating func extent(_ wanted: String) throws(LayerNotationError) -> Extent {
        guard let extent = next().flatMap(Extent.init(parsing:)) else { throw error("wants \(wanted)") }
        return extent
    }

    mutating func number(_ wanted: String) throws(LayerNotationError) -> Double {
        guard let number = next().flatMap({ Double($0) }) else { throw error("wants \(wanted)") }
        return number
    }

    mutating func count(_ wanted: String) throws(LayerNotationError) -> Int {
        guard let count = next().flatMap(Int.init(digits:)) else { throw error("wants \(wanted)") }
        return count
    }

    /// The words that are left: options with these names, each at most once, and an activation where one may stand.
    mutating func options(_ names: [String], activation: Bool = false) throws(LayerNotationError) -> Options {
        var options = Options()
        var seen: Set<Substring> = []
        let others = Activation.allCases.filter { activation && $0 != .relu }
        while let word = next() {
            guard seen.insert(word).inserted else { throw error("\"\(word)\" is there twice; remove one") }
            if let found = others.first(where: { $0.rawValue == word }) {
                options.activation = found
                continue
            }
            guard names.contains(String(word)) else {
                let known = names + others.map(\.rawValue)
                throw error(
                    "\"\(word)\" is no option of it; "
                        + (known.isEmpty ? "remove it" : "it takes \(known.joined(separator: ", "))"))
            }
            switch word {
            case "same": options.isSame = true
            case "stride": options.stride = try extent("a stride, such as stride 2")
            default: options.epsilon = try number("a number, such as epsilon 0.001")
            }
        }
        return options
    }
}
