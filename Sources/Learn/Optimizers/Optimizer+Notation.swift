/// Why a text is no optimiser.
public struct OptimizerError: Error, Equatable, CustomStringConvertible {
    /// The text, as written.
    public let text: String
    /// What is wrong with it, and what would be right.
    public let problem: String

    public var description: String { "\"\(text)\": \(problem)" }

    struct Problem: Error {
        let text: String

        init(_ text: String) { self.text = text }
    }
}

extension Optimizer: CustomStringConvertible {
    /// With every setting: `sgd rate 0.1 momentum 0.9`. Two optimisers share it if and only if they are the same.
    public var description: String { ([name] + settings.map { "\($0.name) \($0.value)" }).joined(separator: " ") }

    /// With the rate and what is not as usual: enough to read the same optimiser.
    public var inShort: String {
        let told = settings.enumerated().filter { $0 == 0 || !$1.isUsual }.map(\.element)
        return ([name] + told.map { "\($0.name) \($0.value)" }).joined(separator: " ")
    }

    /// Reads a name and settings in any order; those that are left out are the usual ones.
    ///
    /// `adadelta` with `rate`, `rho`, `epsilon`; `sgd` with `rate`, `momentum`; `adam` with `rate`, `beta1`, `beta2`,
    /// `epsilon`.
    ///
    /// - Throws: ``OptimizerError`` that quotes the text and says what would be right.
    public init(parsing text: String) throws(OptimizerError) {
        do throws(OptimizerError.Problem) {
            rule = try Optimizer.rule(parsing: text.split(separator: " ").map(String.init))
        } catch {
            throw OptimizerError(text: text, problem: error.text)
        }
    }

    private static func rule(parsing words: [String]) throws(OptimizerError.Problem) -> any OptimizerRule {
        guard let kind = known.first(where: { $0.name == words.first }) else {
            throw OptimizerError.Problem("write \(known.map { $0.name }.inWords("or")), then settings such as rate 0.1")
        }
        var rule = kind.init()
        var seen: Set<String> = []
        for index in stride(from: 1, to: words.count, by: 2) {
            let name = words[index]
            guard seen.insert(name).inserted else { throw OptimizerError.Problem("\(name) stands there twice") }
            guard index + 1 < words.count, let value = Float(decimal: words[index + 1]) else {
                throw OptimizerError.Problem("behind \(name) must stand a number, such as \(name) 0.1")
            }
            try rule.set(name, to: value)
        }
        return rule
    }
}

extension Optimizer: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        do {
            try self.init(parsing: text)
        } catch {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "\(error)")
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

extension Float {
    /// Reads a decimal number such as `0.1` or `1e-07`: no name, no hexadecimal digits.
    fileprivate init?(decimal text: String) {
        guard text.utf8.allSatisfy({ "0123456789.eE+-".utf8.contains($0) }) else { return nil }
        self.init(text)
    }
}

extension [String] {
    /// `a, b or c`.
    func inWords(_ conjunction: String) -> String {
        guard count > 1 else { return first ?? "" }
        return dropLast().joined(separator: ", ") + " \(conjunction) " + self[count - 1]
    }
}
