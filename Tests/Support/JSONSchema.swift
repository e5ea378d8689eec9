import Foundation

/// Checks JSON values against the part of JSON Schema (draft 2020-12) that this repository's schemas use.
///
/// A keyword that it does not know is a failure, so that no schema says more than is checked.
public struct JSONSchema {
    private let root: JSONValue

    public init(_ root: JSONValue) { self.root = root }

    /// What is wrong with the value, one line a fault, each beginning with the place.
    public func faults(of value: JSONValue) -> [String] { faults(of: value, at: "$", by: root) }

    private func faults(of value: JSONValue, at place: String, by schema: JSONValue) -> [String] {
        guard case .object(let keywords) = schema else { return ["\(place): a schema that is no object"] }
        return keywords.sorted { $0.key < $1.key }.flatMap { keyword, argument in
            faults(of: value, at: place, by: keyword, argument, in: keywords)
        }
    }

    private func faults(
        of value: JSONValue, at place: String, by keyword: String, _ argument: JSONValue,
        in keywords: [String: JSONValue]
    ) -> [String] {
        func unless(_ isRight: Bool) -> [String] { isRight ? [] : ["\(place): \(keyword)"] }
        switch (keyword, argument, value) {
        case ("$schema", _, _), ("$defs", _, _), ("title", _, _), ("description", _, _): return []
        case ("$ref", .string(let reference), _):
            let parts = reference.split(separator: "/").dropFirst().map(String.init)
            guard let target = parts.reduce(root, { $0?[$1] }) else { return ["\(place): no \(reference)"] }
            return faults(of: value, at: place, by: target)
        case ("const", _, _): return unless(value == argument)
        case ("enum", .array(let values), _): return unless(values.contains(value))
        case ("type", .string(let type), _): return unless(value.is(type))
        case ("type", .array(let types), _):
            return unless(types.contains { if case .string(let type) = $0 { value.is(type) } else { false } })
        case ("oneOf", .array(let schemas), _):
            return unless(schemas.count { faults(of: value, at: place, by: $0).isEmpty } == 1)
        case ("anyOf", .array(let schemas), _):
            return unless(schemas.contains { faults(of: value, at: place, by: $0).isEmpty })
        case ("minimum", _, _): return unless(value.number.flatMap { v in argument.number.map { v >= $0 } } ?? true)
        case ("maximum", _, _): return unless(value.number.flatMap { v in argument.number.map { v <= $0 } } ?? true)
        case ("exclusiveMinimum", _, _):
            return unless(value.number.flatMap { v in argument.number.map { v > $0 } } ?? true)
        case ("maxLength", .integer(let count), .string(let text)): return unless(text.unicodeScalars.count <= count)
        case ("minProperties", .integer(let count), .object(let members)): return unless(members.count >= count)
        case ("maxProperties", .integer(let count), .object(let members)): return unless(members.count <= count)
        case ("propertyNames", _, .object(let members)):
            return members.keys.sorted().flatMap { faults(of: .string($0), at: "\(place).\($0)", by: argument) }
        case ("pattern", .string(let pattern), .string(let text)):
            return unless(text.range(of: pattern, options: .regularExpression) != nil)
        case ("minItems", .integer(let count), .array(let items)): return unless(items.count >= count)
        case ("maxItems", .integer(let count), .array(let items)): return unless(items.count <= count)
        case ("uniqueItems", .bool(true), .array(let items)):
            return unless(items.indices.allSatisfy { !items[..<$0].contains(items[$0]) })
        case ("items", _, .array(let items)):
            return items.enumerated().flatMap { faults(of: $1, at: "\(place)[\($0)]", by: argument) }
        case ("required", .array(let names), .object(let members)):
            return names.flatMap { name in
                members.keys.map(JSONValue.string).contains(name) ? [] : ["\(place): required \(name)"]
            }
        case ("properties", .object(let schemas), .object(let members)):
            return members.sorted { $0.key < $1.key }.flatMap { name, member in
                schemas[name].map { faults(of: member, at: "\(place).\(name)", by: $0) } ?? []
            }
        case ("additionalProperties", _, .object(let members)):
            let others = members.filter { keywords["properties"]?[$0.key] == nil }.sorted { $0.key < $1.key }
            if argument == .bool(false) { return others.map { "\(place).\($0.key): additionalProperties" } }
            return others.flatMap { faults(of: $0.value, at: "\(place).\($0.key)", by: argument) }
        case ("pattern", .string, _), ("minItems", .integer, _), ("maxItems", .integer, _), ("items", _, _),
            ("uniqueItems", .bool, _),
            ("required", .array, _), ("properties", .object, _), ("additionalProperties", _, _),
            ("maxLength", .integer, _), ("minProperties", .integer, _), ("maxProperties", .integer, _),
            ("propertyNames", _, _):
            return []
        default: return ["\(place): unknown keyword \(keyword)"]
        }
    }
}

extension JSONValue {
    fileprivate var number: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .number(let value): value
        default: nil
        }
    }

    fileprivate func `is`(_ type: String) -> Bool {
        switch self {
        case .null: type == "null"
        case .bool: type == "boolean"
        case .integer: type == "integer" || type == "number"
        case .number: type == "number"
        case .string: type == "string"
        case .array: type == "array"
        case .object: type == "object"
        }
    }
}
