extension Safetensors {
    /// A tensor as it lies in a file.
    struct Member {
        let name: String
        let type: ElementType
        let shape: [Int]
        let bytes: [UInt8]
    }

    /// The bytes of a file that holds these tensors: the same tensors and metadata give the same bytes.
    ///
    /// - Precondition: no name occurs twice.
    public static func encode(
        _ tensors: [NamedTensor], bytes: [String: ByteTensor] = [:], metadata: [String: String] = [:]
    ) -> [UInt8] {
        encode(tensors.map(Member.init) + bytes.map { Member($0.key, $0.value) }, metadata: metadata)
    }

    /// Metadata are sorted by name, tensors by name where their elements are equally long, longer ones first, so that
    /// each lies at a multiple of its element's size: the header is padded with spaces to a multiple of eight bytes.
    static func encode(_ members: [Member], metadata: [String: String]) -> [UInt8] {
        precondition(Set(members.map(\.name)).count == members.count, "a tensor's name is taken")
        let sorted = members.sorted { ($1.type.size, $0.name) < ($0.type.size, $1.name) }
        return encode(sorted: sorted, metadata: metadata)
    }

    private static func encode(sorted: [Member], metadata: [String: String]) -> [UInt8] {
        var members: [String] = []
        if !metadata.isEmpty {
            let strings = metadata.sorted { $0.key < $1.key }.map { "\(quoted($0.key)):\(quoted($0.value))" }
            members.append("\"__metadata__\":{\(strings.joined(separator: ","))}")
        }
        var end = 0
        for member in sorted {
            let start = end
            end += member.bytes.count
            let shape = member.shape.map(String.init).joined(separator: ",")
            members.append(
                "\(quoted(member.name)):{\"dtype\":\"\(member.type.rawValue)\",\"shape\":[\(shape)],"
                    + "\"data_offsets\":[\(start),\(end)]}")
        }
        var header = Array("{\(members.joined(separator: ","))}".utf8)
        header += repeatElement(UInt8(ascii: " "), count: -header.count & 7)

        var bytes: [UInt8] = []
        bytes.reserveCapacity(8 + header.count + end)
        withUnsafeBytes(of: UInt64(header.count).littleEndian) { bytes += $0 }
        bytes += header
        for member in sorted { bytes += member.bytes }
        return bytes
    }

    /// A string as JSON writes it.
    private static func quoted(_ string: String) -> String {
        let escaped = string.unicodeScalars.map { scalar in
            switch scalar {
            case "\"": "\\\""
            case "\\": "\\\\"
            case "\u{0}"..<" ":
                "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
            default: String(scalar)
            }
        }
        return "\"\(escaped.joined())\""
    }
}

extension Safetensors.Member {
    init(_ named: NamedTensor) {
        let bytes = named.tensor.values.map { $0.bitPattern.littleEndian }.withUnsafeBytes { Array($0) }
        self.init(name: named.name, type: .float32, shape: named.tensor.shape, bytes: bytes)
    }

    init(_ name: String, _ tensor: ByteTensor) {
        self.init(name: name, type: .uint8, shape: tensor.shape, bytes: tensor.values)
    }
}
