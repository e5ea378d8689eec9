import Foundation
import Yams

/// Reads the tree of a YAML file, with the place of each part of it.
enum YAMLDocument {
    /// Longest file that is read, in bytes: a hundred classes and a hundred networks fit many times.
    static let longest = 1 << 18

    /// What a file is, for messages.
    struct Kind {
        /// Such as "an experiment".
        let name: String
        /// How it begins, such as "data: and networks:".
        let beginning: String

        static let experiment = Kind(name: "an experiment", beginning: "data: and networks:")
    }

    /// - Parameter file: its name, for messages.
    static func root(
        _ bytes: [UInt8], file: String, _ kind: Kind = .experiment
    ) throws(ExperimentError) -> YAMLValue {
        func fault(_ problem: String, _ place: FilePlace? = nil) -> ExperimentError {
            ExperimentError(file: file, place: place, problem: problem)
        }
        guard bytes.count <= longest else { throw tooLong(file, kind) }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw fault("not UTF-8; save it in that encoding", FilePlace(invalidUTF8: bytes))
        }
        if let (name, place) = repetition(in: text) {
            throw fault("*\(name) repeats what &\(name) marks, which is not understood here; write it out", place)
        }
        let parsed: Yams.Node?
        do {
            parsed = try Parser(yaml: text, resolver: .basic, constructor: .default, encoding: .utf8).singleRoot()
        } catch let error as YamlError {
            let (problem, place) = explanation(of: error)
            throw fault(problem, place)
        } catch {
            throw fault("not YAML: \(error)")
        }
        guard let parsed else { throw fault("nothing is in it; begin with \(kind.beginning)") }
        return YAMLValue(parsed, file: file)
    }

    static func tooLong(_ file: String, _ kind: Kind = .experiment) -> ExperimentError {
        ExperimentError(
            file: file, place: nil,
            problem: "longer than \(longest) bytes; \(kind.name) is far shorter, so name its file")
    }

    /// The first alias whose anchor is there as well, whether either stands in a quote or not.
    ///
    /// Aliases are refused before the file is parsed: a few of them can make a tree of billions of parts, which the
    /// parser's search for repeated keys would walk through.
    private static func repetition(in text: String) -> (name: String, place: FilePlace)? {
        let bytes = Array(text.utf8)
        func names(after mark: Character) -> [(name: String, offset: Int)] {
            bytes.indices.filter { bytes[$0] == mark.asciiValue }.compactMap { offset in
                let name = bytes[(offset + 1)...].prefix(while: isOfName)
                return name.isEmpty ? nil : (String(decoding: name, as: UTF8.self), offset)
            }
        }
        let anchors = Set(names(after: "&").map(\.name))
        guard !anchors.isEmpty, let alias = names(after: "*").first(where: { anchors.contains($0.name) }) else {
            return nil
        }
        return (alias.name, FilePlace(of: alias.offset, in: bytes))
    }

    /// As the names of anchors are written for libYAML: ASCII letters, digits, `_` and `-`.
    private static func isOfName(_ byte: UInt8) -> Bool {
        switch Character(Unicode.Scalar(byte)) {
        case "a"..."z", "A"..."Z", "0"..."9", "_", "-": byte < 0x80
        default: false
        }
    }

    private static func explanation(of error: YamlError) -> (problem: String, place: FilePlace?) {
        switch error {
        case .scanner(let context, let problem, let mark, let yaml),
            .parser(let context, let problem, let mark, let yaml):
            let place = FilePlace(mark)
            let context = context.map { " \($0.text)" } ?? ""
            return ("not YAML: \(problem)\(context); \(hint(yaml, place))", place)
        case .composer(_, let problem, let mark, _):
            return ("not YAML of one document without aliases: \(problem)", FilePlace(mark))
        case .reader(let problem, let offset, _, let yaml):
            let place = offset.map { offset in
                FilePlace(of: yaml.prefix(offset).utf8.count, in: Array(yaml.utf8))
            }
            return ("not YAML: \(problem); remove it", place)
        case .duplicatedKeysInMapping(let keys, let context):
            return (
                "\(keys.map(\.inQuotes).listed) stands there more than once; remove one or rename it",
                FilePlace(context.mark)
            )
        default: return ("not YAML: \(error)", nil)
        }
    }

    /// What is most often wrong where a parser stumbles.
    private static func hint(_ yaml: String, _ place: FilePlace) -> String {
        let lines = yaml.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        let line = lines.indices.contains(place.line - 1) ? lines[place.line - 1] : ""
        return line.prefix(while: \.isWhitespace).contains("\t")
            ? "indent with spaces in place of tabs"
            : "look at the indentation, brackets and quotes up to there"
    }
}

extension FilePlace {
    init(_ mark: Mark) { self.init(line: mark.line, column: mark.column) }

    /// - Parameter offset: number of bytes before it.
    init(of offset: Int, in bytes: [UInt8]) {
        let before = bytes[..<offset]
        let start = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        let lines = before.reduce(into: 1) { $0 += $1 == UInt8(ascii: "\n") ? 1 : 0 }
        self.init(line: lines, column: String(decoding: bytes[start..<offset], as: UTF8.self).unicodeScalars.count + 1)
    }

    /// Where bytes are first no UTF-8.
    fileprivate init(invalidUTF8 bytes: [UInt8]) {
        var (line, column) = (1, 1)
        var decoder = UTF8()
        var rest = bytes.makeIterator()
        while case .scalarValue(let scalar) = decoder.decode(&rest) {
            (line, column) = scalar == "\n" ? (line + 1, 1) : (line, column + 1)
        }
        self.init(line: line, column: column)
    }
}
