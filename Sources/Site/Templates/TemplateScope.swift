import Mustache

/// The values that a template may name, flat under dotted keys; remembers each name that has none.
struct TemplateScope: MustacheParent {
    /// Keys that were asked for in vain.
    final class Misses {
        fileprivate(set) var keys: [String] = []
    }

    private let values: [String: Any]
    private let groups: Set<String>
    private let prefix: String
    private let misses: Misses

    init(_ values: [String: Any], misses: Misses) {
        var groups: Set<String> = []
        for key in values.keys {
            for (index, character) in zip(key.indices, key) where character == "." {
                groups.insert(String(key[..<index]))
            }
        }
        self.init(values: values, groups: groups, prefix: "", misses: misses)
    }

    private init(values: [String: Any], groups: Set<String>, prefix: String, misses: Misses) {
        self.values = values
        self.groups = groups
        self.prefix = prefix
        self.misses = misses
    }

    func child(named name: String) -> Any? {
        let key = prefix + name
        if let value = values[key] { return value }
        if groups.contains(key) {
            return TemplateScope(values: values, groups: groups, prefix: key + ".", misses: misses)
        }
        misses.keys.append(key)
        return nil
    }
}
