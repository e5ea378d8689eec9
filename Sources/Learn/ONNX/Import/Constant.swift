import Learn

/// Numbers that a graph knows beforehand: weights, or whole numbers that say how something is done.
struct Constant: Sendable {
    let name: String
    let shape: [Int]
    let numbers: Numbers

    enum Numbers: Sendable {
        case floats([Float])
        case integers([Int])
    }

    init(name: String, shape: [Int], _ numbers: Numbers) {
        self.name = name
        self.shape = shape
        self.numbers = numbers
    }

    var count: Int { shape.reduce(1, *) }

    /// What fits into a network at all.
    static let mostElements = 1 << 27
}

extension Constant {
    /// - Parameter files: where elements lie that are not in the model's own file.
    init(_ tensor: TensorProto, files: ExternalFiles) throws(ONNXImportError) {
        let shape = try Constant.shape(of: tensor)
        let count = shape.reduce(1, *)
        func elements<Number>(
            _ list: [Number], size: Int, _ read: (ArraySlice<UInt8>, Int) -> Number
        ) throws(ONNXImportError) -> [Number] {
            let bytes: ArraySlice<UInt8>
            if tensor.dataLocation == .external {
                bytes = try files.bytes(of: tensor, count: count * size)[...]
            } else if !tensor.rawData.isEmpty || list.isEmpty {
                bytes = tensor.rawData
            } else {
                guard list.count == count else {
                    throw .tensor(tensor.name, "a shape of \(shape), but \(list.count) elements")
                }
                return list
            }
            guard bytes.count == count * size else {
                throw .tensor(
                    tensor.name, "a shape of \(shape) wants \(count * size) bytes, but there are \(bytes.count)")
            }
            return (0..<count).map { read(bytes, bytes.startIndex + $0 * size) }
        }
        switch tensor.dataType {
        case .float:
            let floats = try elements(tensor.floatData, size: 4) { bytes, place in
                Float(bitPattern: UInt32(truncatingIfNeeded: bytes.whole(at: place, 4)))
            }
            guard floats.allSatisfy(\.isFinite) else {
                throw .tensor(tensor.name, "an element is NaN or infinite; taken are finite weights")
            }
            self.init(name: tensor.name, shape: shape, .floats(floats))
        case .int32:
            let numbers = try elements(tensor.int32Data, size: 4) { Int32(truncatingIfNeeded: $0.whole(at: $1, 4)) }
            self.init(name: tensor.name, shape: shape, .integers(numbers.map(Int.init)))
        case .int64:
            let numbers = try elements(tensor.int64Data, size: 8) { Int64(bitPattern: $0.whole(at: $1, 8)) }
            self.init(name: tensor.name, shape: shape, .integers(numbers.map(Int.init)))
        default:
            throw .tensor(
                tensor.name, "elements of the type \(tensor.dataType.description); taken are float, int64 and int32")
        }
    }

    private static func shape(of tensor: TensorProto) throws(ONNXImportError) -> [Int] {
        var count = 1
        for extent in tensor.dims {
            let (product, overflow) = count.multipliedReportingOverflow(by: Int(extent))
            guard extent >= 0, !overflow, product <= mostElements else {
                throw .tensor(
                    tensor.name, "a shape of \(tensor.dims.prefix(8)); at most \(mostElements) elements are taken")
            }
            count = product
        }
        guard tensor.dims.count <= 8 else { throw .tensor(tensor.name, "\(tensor.dims.count) dimensions") }
        return tensor.dims.map(Int.init)
    }
}

extension Constant {
    /// The tensor with its dimensions in another order.
    /// - Precondition: `order` names each dimension once.
    func transposed(_ order: [Int]) -> Constant {
        let target = order.map { shape[$0] }
        let steps = shape.indices.map { shape[($0 + 1)...].reduce(1, *) }
        var places: [Int] = [0]
        for dimension in order {
            places = places.flatMap { place in (0..<shape[dimension]).map { place + $0 * steps[dimension] } }
        }
        let turned: Numbers =
            switch numbers {
            case .floats(let values): .floats(places.map { values[$0] })
            case .integers(let values): .integers(places.map { values[$0] })
            }
        return Constant(name: name, shape: target, turned)
    }
}

extension ArraySlice<UInt8> {
    /// A whole number of so many bytes, the lowest first.
    fileprivate func whole(at index: Int, _ size: Int) -> UInt64 {
        var number: UInt64 = 0
        for byte in 0..<size { number |= UInt64(self[index + byte]) << UInt64(8 * byte) }
        return number
    }
}

extension TensorProto.DataType: CustomStringConvertible {
    /// ONNX's name for it.
    var description: String {
        let names = [
            "undefined", "float", "uint8", "int8", "uint16", "int16", "int32", "int64", "string", "bool", "float16",
            "double", "uint32", "uint64", "complex64", "complex128", "bfloat16",
        ]
        return names.indices.contains(Int(rawValue)) ? names[Int(rawValue)] : "number \(rawValue)"
    }
}
