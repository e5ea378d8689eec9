import Foundation

/// JSON of which equal values have equal bytes: keys sorted, numbers as short as they can be read back.
enum CanonicalJSON {
    static func encode(_ value: some Encodable, pretty: Bool = false) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = pretty ? [.sortedKeys, .prettyPrinted] : [.sortedKeys]
        // A NaN is refused where runs are checked; to name a configuration that holds one must not fail before.
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        do {
            return Array(try encoder.encode(value))
        } catch {
            preconditionFailure("a value that JSON cannot hold: \(error)")
        }
    }
}
