import Learn
import ONNX

/// What a network that was trained elsewhere wants done to the pixels of an image, as its training did.
///
/// Of a pixel v in 0...1, or `1 - v` if it is inverted, in a range from low to high, the network gets
/// `(low + v * (high - low) - mean) / std`, with a mean and std for all channels or one for each.
public struct ExperimentInput: Sendable, Hashable {
    public var low = 0.0
    public var high = 1.0
    public var mean: [Double] = [0]
    public var std: [Double] = [1]
    /// Where the channels of a flat input lie; nil where nobody says so.
    public var order: ChannelOrder?
    public var isInverted = false

    /// Pixels as they are, 0...1.
    public static let plain = ExperimentInput()

    public init() {}
}

extension ExperimentInput {
    /// What each channel's pixels, 0...1, are multiplied by, and what is then added; nil if they stay as they are.
    ///
    /// - Precondition: `channels` fits mean and std; see ``fits(_:)``.
    func rescaling(channels: Int) -> (scale: [Float], shift: [Float])? {
        let (start, step) = isInverted ? (high, low - high) : (low, high - low)
        let numbers = (0..<channels).map { channel in
            let (mean, std) = (mean[mean.count == 1 ? 0 : channel], std[std.count == 1 ? 0 : channel])
            return (scale: step / std, shift: (start - mean) / std)
        }
        guard numbers.contains(where: { $0 != (1, 0) }) else { return nil }
        return (numbers.map { Float($0.scale) }, numbers.map { Float($0.shift) })
    }

    /// Whether mean and std are given for so many channels, or for all alike.
    func fits(_ channels: Int) -> Bool { [mean.count, std.count].allSatisfy { $0 == 1 || $0 == channels } }

    /// What networks are often trained with, other than this.
    public func alternatives(channels: Int) -> [ExperimentInput] {
        var inputs: [ExperimentInput] = []
        for (low, high) in [(0.0, 1.0), (-1, 1), (0, 255)] {
            inputs.append(ExperimentInput().with { ($0.low, $0.high) = (low, high) })
        }
        // Of MNIST and Fashion-MNIST; of ImageNet and CIFAR-10.
        let usual: [(mean: [Double], std: [Double])] =
            channels == 1
            ? [([0.1307], [0.3081]), ([0.286], [0.353])]
            : channels == 3
                ? [
                    ([0.485, 0.456, 0.406], [0.229, 0.224, 0.225]),
                    ([0.4914, 0.4822, 0.4465], [0.247, 0.2435, 0.2616]),
                ]
                : []
        inputs += usual.map { usual in ExperimentInput().with { ($0.mean, $0.std) = usual } }
        return inputs.flatMap { input in [input, input.with { $0.isInverted = true }] }
            .map { input in input.with { $0.order = order } }.filter { $0 != self }
    }

    private func with(_ change: (inout ExperimentInput) -> Void) -> ExperimentInput {
        var input = self
        change(&input)
        return input
    }
}

extension ExperimentInput: CustomStringConvertible {
    /// As an experiment's file has it: `range: [-1, 1], invert: true`.
    public var description: String {
        func list(_ numbers: [Double]) -> String {
            "[\(numbers.map { number in Int(exactly: number).map(String.init) ?? "\(number)" }.joined(separator: ", "))]"
        }
        var parts = ["range: \(list([low, high]))"]
        if mean != [0] || std != [1] { parts += ["mean: \(list(mean))", "std: \(list(std))"] }
        if isInverted { parts.append("invert: true") }
        return parts.joined(separator: ", ")
    }
}

extension ExperimentInput {
    static let keys = ["range", "mean", "std", "layout", "invert"]

    /// `{range: [0, 1], mean: [0.5], std: [0.5], layout: channels-first, invert: false}`, each of them if it differs.
    init(_ value: YAMLValue) throws(ExperimentError) {
        let fields = try value.fields(ExperimentInput.keys, of: "input")
        if let range = fields["range"] {
            let numbers = try range.numbers("what black and white become, such as range: [0, 1]")
            guard numbers.count == 2, numbers[0] != numbers[1] else {
                throw range.fault("wants two numbers, what black and white become, such as range: [0, 1]")
            }
            (low, high) = (numbers[0], numbers[1])
        }
        if let mean = fields["mean"] { self.mean = try mean.numbers("a mean for all channels, or one for each") }
        if let std = fields["std"] {
            self.std = try std.numbers("a standard deviation above 0 for all channels, or one for each") { $0 > 0 }
        }
        order = try fields["layout"].map { (layout) throws(ExperimentError) in
            let name = try layout.word("a layout", among: ChannelOrder.allCases.map(\.rawValue))
            return ChannelOrder(rawValue: name) ?? .last
        }
        if let invert = fields["invert"] { isInverted = try invert.word("invert", among: ["true", "false"]) == "true" }
        let channels = max(mean.count, std.count)
        if fits(channels), let (scale, shift) = rescaling(channels: channels),
            !(scale + shift).allSatisfy(\.isFinite)
        {
            throw value.fault("makes numbers of the pixels that are too large; give a narrower range or a larger std")
        }
    }
}

extension YAMLValue {
    /// One to three numbers in single precision.
    fileprivate func numbers(
        _ what: String, where isRight: (Double) -> Bool = { _ in true }
    ) throws(ExperimentError) -> [Double] {
        var numbers: [Double] = []
        for value in try list("a list, \(what)") {
            numbers.append(try value.number(what) { Float($0).isFinite && isRight($0) })
        }
        guard (1...3).contains(numbers.count) else { throw fault("wants a list of one to three numbers, \(what)") }
        return numbers
    }
}
