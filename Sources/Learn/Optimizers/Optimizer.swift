import KernelInterface

/// How a training changes its parameters: a rule with its settings.
///
/// Written as text: `sgd rate 0.1 momentum 0.9`; see ``init(parsing:)``. Runs are coded with ``description``.
public struct Optimizer: Sendable {
    var rule: any OptimizerRule

    init(_ rule: any OptimizerRule) { self.rule = rule }

    /// What can be asked for by name.
    static let known: [any OptimizerRule.Type] = [Adadelta.self, SGD.self, Adam.self]

    /// As it is written: `adadelta`.
    public var name: String { type(of: rule).name }

    /// Name of Keras's class.
    public var kerasName: String { type(of: rule).kerasName }

    public var learningRate: Float {
        get { rule.learningRate }
        set { rule.learningRate = newValue }
    }

    /// All settings, the learning rate first.
    public var settings: [Setting] { rule.told }

    /// A setting with its value.
    public struct Setting: Sendable, Hashable {
        /// As it is written: `rate`.
        public let name: String
        /// Name of Keras's argument.
        public let kerasName: String
        /// As formulas have it.
        public let symbol: String
        public let value: Float
        /// Whether the value is what stands for a setting that is left out.
        public let isUsual: Bool
    }

    /// Names of what the rule keeps from step to step, for each parameter.
    var state: [String] { type(of: rule).state }

    /// Whether every setting is a number that the rule can work with.
    func check() throws(RunDefect) {
        if let name = rule.firstWrongSetting { throw .outOfRange("the optimizer's \(name)") }
    }
}

extension Optimizer: Hashable {
    public static func == (a: Optimizer, b: Optimizer) -> Bool {
        a.name == b.name && a.settings == b.settings
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(name)
        hasher.combine(settings)
    }
}

/// A rule with its settings: what an optimiser's file defines.
protocol OptimizerRule: Sendable {
    static var name: String { get }
    static var kerasName: String { get }
    /// The learning rate first.
    static var settings: [OptimizerSetting<Self>] { get }
    /// Names of what the rule keeps from step to step, a number a parameter each, at first zero.
    static var state: [String] { get }

    var learningRate: Float { get set }

    /// The usual settings.
    init()

    /// - Parameters:
    ///   - state: in the order of ``state``.
    ///   - step: of the training, from 1.
    func update(_ slice: ParameterSlice, state: [MutableView<Float>], step: Int, with kernels: any Kernels)
}

/// A setting of a rule, and which numbers it can be.
struct OptimizerSetting<Rule: OptimizerRule>: Sendable {
    enum Range {
        /// Above zero.
        case positive
        /// At least 0 and less than 1.
        case share

        func contains(_ value: Float) -> Bool {
            switch self {
            case .positive: value > 0 && value.isFinite
            case .share: value >= 0 && value < 1
            }
        }

        var text: String {
            switch self {
            case .positive: "a number above 0"
            case .share: "at least 0 and less than 1"
            }
        }
    }

    let name, kerasName, symbol: String
    let path: WritableKeyPath<Rule, Float> & Sendable
    let range: Range

    static func rate(_ path: WritableKeyPath<Rule, Float> & Sendable) -> OptimizerSetting {
        OptimizerSetting(name: "rate", kerasName: "learning_rate", symbol: "η", path: path, range: .positive)
    }
}

extension OptimizerRule {
    var told: [Optimizer.Setting] {
        let usual = Self()
        return Self.settings.map {
            let value = self[keyPath: $0.path]
            return Optimizer.Setting(
                name: $0.name, kerasName: $0.kerasName, symbol: $0.symbol, value: value,
                isUsual: value == usual[keyPath: $0.path])
        }
    }

    var firstWrongSetting: String? { Self.settings.first { !$0.range.contains(self[keyPath: $0.path]) }?.name }

    /// - Throws: what is wrong with it, and what would be right.
    mutating func set(_ name: String, to value: Float) throws(OptimizerError.Problem) {
        guard let setting = Self.settings.first(where: { $0.name == name }) else {
            throw OptimizerError.Problem("\(Self.name) has no \(name), but \(Self.settings.map(\.name).inWords("and"))")
        }
        guard setting.range.contains(value) else {
            throw OptimizerError.Problem("\(name) must be \(setting.range.text)")
        }
        self[keyPath: setting.path] = value
    }
}
