extension Safetensors {
    /// The bytes of a file that holds `tensors`: the same tensors and metadata give the same bytes.
    ///
    /// Tensors and metadata are sorted by name, and the header is padded with spaces so that the data begins at a
    /// multiple of eight bytes.
    ///
    /// - Precondition: no name occurs twice.
    public static func encode(_ tensors: [NamedTensor], metadata: [String: String] = [:]) -> [UInt8] {
        let sorted = tensors.sorted { $0.name < $1.name }
        precondition(zip(sorted, sorted.dropFirst()).allSatisfy { $0.name != $1.name }, "a tensor's name is taken")
        var members: [String] = []
        if !metadata.isEmpty {
            let strings = metadata.sorted { $0.key < $1.key }.map { "\(quoted($0.key)):\(quoted($0.value))" }
            members.append("\"__metadata__\":{\(strings.joined(separator: ","))}")
        }
        var end = 0
        for named in sorted {
            let start = end
            end += 4 * named.tensor.values.count
            let shape = named.tensor.shape.map(String.init).joined(separator: ",")
            members.append(
                "\(quoted(named.name)):{\"dtype\":\"F32\",\"shape\":[\(shape)],\"data_offsets\":[\(start),\(end)]}")
        }
        var header = Array("{\(members.joined(separator: ","))}".utf8)
        header += repeatElement(UInt8(ascii: " "), count: -header.count & 7)

        var bytes: [UInt8] = []
        bytes.reserveCapacity(8 + header.count + end)
        withUnsafeBytes(of: UInt64(header.count).littleEndian) { bytes += $0 }
        bytes += header
        for named in sorted {
            named.tensor.values.map { $0.bitPattern.littleEndian }.withUnsafeBytes { bytes += $0 }
        }
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
