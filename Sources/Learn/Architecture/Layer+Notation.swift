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
                + padding.suffix + activation.suffix
        case .maxPooling(let window, let stride): "maxpool \(window)" + (stride == window ? "" : " stride \(stride)")
        case .averagePooling(let window, let stride):
            "avgpool \(window)" + (stride == window ? "" : " stride \(stride)")
        case .globalAveragePooling: "globalavgpool"
        case .globalMaxPooling: "globalmaxpool"
        case .batchNormalization(let epsilon):
            "batchnorm" + (epsilon == Layer.usualEpsilon ? "" : " epsilon \(epsilon)")
        case .rescaling: "rescale"
        case .activation(let activation): activation.description
        case .dropout(let rate): "dropout \(rate)"
        case .flatten: "flatten"
        case .dense(let units, let activation): "dense \(units)" + activation.suffix
        }
    }

    /// Reads a layer as a table lists it.
    ///
    /// `conv 6@5x5` (filters, then rows and columns of the kernel) with `stride 2`, with `same` or `pad 1` (`pad 1x2` for
    /// rows and columns, `pad 0x0x1x1` for zeros above, left, below and right) and an activation where they apply;
    /// `maxpool 2` and `avgpool 3` with `stride 2`; `globalavgpool`; `globalmaxpool`; `batchnorm` with `epsilon 0.001`;
    /// `rescale`; `dropout 0.2`; `flatten`; `dense 120` with an activation. ReLU follows where nothing else is said;
    /// `linear`, `leakyrelu 0.01`, `relu6`, `sigmoid`, `tanh`, `elu` and `elu 0.5` take its place, or stand alone.
    ///
    /// - Throws: ``LayerNotationError`` that quotes the text and says what would be right.
    public init(parsing text: String) throws(LayerNotationError) {
        var words = Words(text)
        switch words.next() {
        case "conv":
            let size = try words.size("filters@rowsxcolumns, such as conv 6@5x5")
            let options = try words.options(["stride", "same", "pad"], activation: true)
            if options.isSame, options.border != nil { throw words.error("\"same\" and \"pad\" exclude each other") }
            self = .convolution(
                filters: size.filters, kernel: size.kernel, stride: options.stride ?? 1,
                padding: options.isSame ? .same : options.border.map(Padding.zeros) ?? .valid,
                activation: options.activation ?? .relu)
        case "maxpool":
            let window = try words.extent("a window, such as maxpool 2")
            self = .maxPooling(window: window, stride: try words.options(["stride"]).stride ?? window)
        case "avgpool":
            let window = try words.extent("a window, such as avgpool 2")
            self = .averagePooling(window: window, stride: try words.options(["stride"]).stride ?? window)
        case "globalavgpool": self = .globalAveragePooling
        case "globalmaxpool": self = .globalMaxPooling
        case "batchnorm":
            self = .batchNormalization(epsilon: try words.options(["epsilon"]).epsilon ?? Layer.usualEpsilon)
        case "rescale": self = .rescaling
        case "dropout": self = .dropout(try words.number("a rate, such as dropout 0.2"))
        case "flatten": self = .flatten
        case "dense":
            let units = try words.count("a number of units, such as dense 120")
            self = .dense(units: units, activation: try words.options([], activation: true).activation ?? .relu)
        case let word?:
            guard let activation = try words.activation(word) else {
                throw words.error(
                    "\"\(word)\" is no layer; known are conv, maxpool, avgpool, globalavgpool, globalmaxpool, "
                        + "batchnorm, rescale, dropout, flatten, dense, relu, "
                        + Words.otherActivations.joined(separator: ", "))
            }
            self = .activation(activation)
        case nil: throw words.error("nothing is written; write a layer, such as dense 120")
        }
        if let word = words.next() { throw words.error("\"\(word)\" is one word too many; remove it") }
    }
}

extension Activation {
    /// What follows a layer's notation; ReLU is what nobody writes.
    fileprivate var suffix: String { self == .relu ? "" : " \(self)" }
}

extension Padding {
    fileprivate var suffix: String {
        switch self {
        case .valid: ""
        case .same: " same"
        case .zeros(let border): " pad \(border.notation)"
        }
    }
}

extension Border {
    /// `1`, `1x2` for rows and columns, or all four sides: `0x0x1x1`.
    fileprivate var notation: String {
        guard top == bottom, left == right else { return sides.map(String.init).joined(separator: "x") }
        return Extent(top, left).description
    }

    fileprivate init?(parsing text: Substring) {
        let numbers = text.split(separator: "x", omittingEmptySubsequences: false).map(Int.init(digits:))
        let sides = numbers.compactMap(\.self)
        guard sides.count == numbers.count else { return nil }
        switch sides.count {
        case 1: self.init(top: sides[0], left: sides[0], bottom: sides[0], right: sides[0])
        case 2: self.init(top: sides[0], left: sides[1], bottom: sides[0], right: sides[1])
        case 4: self.init(top: sides[0], left: sides[1], bottom: sides[2], right: sides[3])
        default: return nil
        }
    }
}

/// The words of a layer, taken one after another.
private struct Words {
    let text: String
    private var rest: ArraySlice<Substring>

    struct Options {
        var stride: Extent?
        var isSame = false
        var border: Border?
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

    /// What may follow in place of ReLU.
    static let otherActivations = ["linear", "leakyrelu", "relu6", "sigmoid", "tanh", "elu"]

    /// The activation of this name, with the number behind it where it takes one; nil if there is none.
    mutating func activation(_ name: Substring) throws(LayerNotationError) -> Activation? {
        switch name {
        case "linear": .linear
        case "relu": .relu
        case "leakyrelu": .leakyReLU(slope: try number("a slope, such as leakyrelu 0.01"))
        case "relu6": .relu6
        case "sigmoid": .sigmoid
        case "tanh": .tanh
        case "elu": .elu(alpha: numberIfNext() ?? Activation.usualAlpha)
        default: nil
        }
    }

    private mutating func numberIfNext() -> Double? {
        guard let number = rest.first.flatMap({ Double($0) }) else { return nil }
        rest.removeFirst()
        return number
    }

    /// The words that are left: options with these names, each at most once, and an activation where one may stand.
    mutating func options(_ names: [String], activation: Bool = false) throws(LayerNotationError) -> Options {
        var options = Options()
        var seen: Set<Substring> = []
        let others = activation ? Words.otherActivations : []
        while let word = next() {
            guard seen.insert(word).inserted else { throw error("\"\(word)\" is there twice; remove one") }
            if others.contains(String(word)), let found = try self.activation(word) {
                guard options.activation == nil else {
                    throw error("\"\(word)\" is one activation too many; remove it")
                }
                options.activation = found
                continue
            }
            guard names.contains(String(word)) else {
                let known = names + others
                throw error(
                    "\"\(word)\" is no option of it; "
                        + (known.isEmpty ? "remove it" : "it takes \(known.joined(separator: ", "))"))
            }
            switch word {
            case "same": options.isSame = true
            case "pad":
                guard let border = next().flatMap(Border.init(parsing:)) else {
                    throw error("wants rows and columns of zeros, such as pad 1, pad 1x2 or pad 0x0x1x1")
                }
                options.border = border
            case "stride": options.stride = try extent("a stride, such as stride 2")
            default: options.epsilon = try number("a number, such as epsilon 0.001")
            }
        }
        return options
    }
}
