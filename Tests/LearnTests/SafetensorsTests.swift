import Foundation
import TestSupport
import Testing

@testable import Learn

@Suite("Safetensors files") struct SafetensorsTests {
    let tensors = [
        NamedTensor("b", Tensor(shape: [2, 3], values: [1, -2, 3.5, .leastNonzeroMagnitude, -0.0, 1e38])),
        NamedTensor("a", Tensor(shape: [1], values: [0.1])),
        NamedTensor("scalar", Tensor(shape: [], values: [7])),
        NamedTensor("none", Tensor(shape: [0, 5], values: [])),
    ]

    /// A file with this header and so many zero bytes of data.
    private func file(_ header: String, data: Int = 0) -> [UInt8] {
        let length = withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { Array($0) }
        return length + Array(header.utf8) + [UInt8](repeating: 0, count: data)
    }

    private func expect(
        _ error: SafetensorsError, _ header: String, data: Int = 0,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(throws: error, sourceLocation: sourceLocation) { try Safetensors.File(file(header, data: data)) }
    }

    @Test func readsWhatItWrites() throws {
        let metadata = ["key": "value", "quoted \"\\\n\u{1}": "日本語 \u{1F457}"]
        let file = try Safetensors.File(Safetensors.encode(tensors, metadata: metadata))
        #expect(file.metadata == metadata)
        #expect(file.names == ["a", "b", "none", "scalar"])
        for named in tensors {
            let read = try file.tensor(named.name)
            #expect(read.shape == named.tensor.shape)
            #expect(read.values.map(\.bitPattern) == named.tensor.values.map(\.bitPattern))
        }
    }

    @Test func writesTheFormatToTheByte() {
        let header = #"{"__metadata__":{"k":"v"},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#
        let padding = String(repeating: " ", count: -header.utf8.count & 7)
        #expect(padding.count == 1)
        let tensor = NamedTensor("a", Tensor(shape: [1], values: [1]))
        let expected = Array(file(header + padding)) + [0, 0, 0x80, 0x3F]
        #expect(Safetensors.encode([tensor], metadata: ["k": "v"]) == expected)
    }

    @Test func bytesLieBehindNumbers() throws {
        let answers = ByteTensor(shape: [3], values: [7, 0, 255])
        let number = NamedTensor("b", Tensor(shape: [1], values: [1]))
        let header =
            #"{"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"U8","shape":[3],"data_offsets":[4,7]}}"#
        let padding = String(repeating: " ", count: -header.utf8.count & 7)
        let bytes = Safetensors.encode([number], bytes: ["a": answers])
        #expect(bytes == file(header + padding) + [0, 0, 0x80, 0x3F, 7, 0, 255])
        let read = try Safetensors.File(bytes)
        #expect(try read.bytes("a") == answers)
        #expect(Safetensors.encode(read.members, metadata: [:]) == bytes)
        #expect(throws: SafetensorsError.wrongType(name: "b", found: .float32, expected: .uint8)) {
            try read.bytes("b")
        }
    }

    @Test func bytesDoNotDependOnTheOrder() {
        #expect(Safetensors.encode(tensors) == Safetensors.encode(tensors.reversed()))
    }

    @Test func readsTheOtherTypes() throws {
        let header =
            #"{"d":{"dtype":"F64","shape":[1],"data_offsets":[0,8]},"i":{"dtype":"I64","shape":[2],"data_offsets":[8,24]}}"#
        let numbers = [UInt64(0x3FF8_0000_0000_0000), 5, UInt64(bitPattern: -1)]
        let data = numbers.flatMap { number in withUnsafeBytes(of: number.littleEndian) { Array($0) } }
        let read = try Safetensors.File(file(header) + data)
        #expect(try read.doubles("d") == [1.5])
        #expect(try read.integers("i") == [5, -1])
        #expect(throws: SafetensorsError.wrongType(name: "d", found: .float64, expected: .float32)) {
            try read.tensor("d")
        }
        #expect(throws: SafetensorsError.missingTensor(name: "x")) { try read.tensor("x") }
    }

    @Test(arguments: Network.all)
    func readsTheGoldenFiles(network: Network) throws {
        let url = try #require(
            Bundle.module.url(forResource: "Golden/\(network.name)", withExtension: "safetensors"))
        let file = try Safetensors.File(Array(Data(contentsOf: url)))
        #expect(file.metadata["optimizer"] == "Adadelta learning_rate=1.0 rho=0.95 epsilon=1e-7")
        #expect(try file.integers("labels").count == 8)
        #expect(try file.doubles("losses").count == 3)
        for (name, shape) in network.architecture.parameters.map({ ($0.name, $0.shape) }) {
            #expect(try file.tensor("after3.\(name)").shape == shape)
        }
    }

    @Test func readsSpacesAndEscapes() throws {
        let header = """
             { "\\u0061\\ud83d\\udc57\\/" : { "shape" : [ ] ,
            "data_offsets" : [ 0 , 4 ] , "dtype" : "F32" } , "__metadata__" : { } }
            """
        #expect(try Safetensors.File(file(header, data: 4)).names == ["a\u{1F457}/"])
    }

    @Test func refusesEveryTruncation() {
        let bytes = Safetensors.encode(tensors)
        for count in 0..<bytes.count {
            #expect(throws: SafetensorsError.truncated) { try Safetensors.File(Array(bytes.prefix(count))) }
        }
    }

    @Test func refusesTrailingBytes() {
        #expect(throws: SafetensorsError.trailingBytes(count: 3)) {
            try Safetensors.File(Safetensors.encode(tensors) + [1, 2, 3])
        }
        expect(.trailingBytes(count: 1), "{}", data: 1)
    }

    @Test func refusesEndlessHeader() {
        let bytes = [UInt8](repeating: 0xFF, count: 64)
        #expect(throws: SafetensorsError.headerTooLong(.max)) { try Safetensors.File(bytes) }
    }

    @Test func refusesDuplicateNames() {
        let entry = #""a":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}"#
        expect(.duplicateName("a"), "{\(entry),\(entry)}")
        expect(.duplicateName("k"), #"{"__metadata__":{"k":"1","k":"2"}}"#)
        expect(.duplicateName("__metadata__"), #"{"__metadata__":{},"__metadata__":{}}"#)
    }

    @Test func refusesUnknownType() {
        let header = #"{"a":{"dtype":"F8_E4M3","shape":[2],"data_offsets":[0,2]}}"#
        expect(.unsupportedType(name: "a", type: "F8_E4M3"), header, data: 2)
    }

    @Test(arguments: [
        "[1],\"data_offsets\":[0,8]", "[3],\"data_offsets\":[0,8]", "[9223372036854775807,8],\"data_offsets\":[0,8]",
        "[4611686018427387904],\"data_offsets\":[0,0]",
    ])
    func refusesWrongLength(rest: String) {
        expect(.wrongLength(name: "a"), "{\"a\":{\"dtype\":\"F32\",\"shape\":\(rest)}}", data: 8)
    }

    @Test func refusesGapsAndOverlaps() {
        func two(_ first: String, _ second: String) -> String {
            """
            {"a":{"dtype":"F32","shape":[1],"data_offsets":[\(first)]},\
            "b":{"dtype":"F32","shape":[1],"data_offsets":[\(second)]}}
            """
        }
        expect(.misplacedData(name: "a"), two("4,8", "8,12"), data: 12)
        expect(.misplacedData(name: "b"), two("0,4", "0,4"), data: 4)
        expect(.misplacedData(name: "b"), two("0,4", "2,6"), data: 6)
        expect(.misplacedData(name: "b"), two("0,4", "5,9"), data: 9)
        expect(.truncated, two("0,4", "4,8"), data: 7)
    }

    @Test(arguments: [
        "", " ", "[]", "{", "{}x", "{\"a\"}", "{\"a\":1}", "{\"a\":{}}", "{\"a\":{},}", "{\"\\x\":{}}",
        "{\"\\ud83d\":{}}",
        "{\"\\udc57\":{}}", "{\"\\u12\":{}}", "{\"a", "{\"a\u{1}\":{}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[0]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[4,0]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,0]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[00],\"data_offsets\":[0,0]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1.0],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[99999999999999999999],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F32\",\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0],\"more\":[0]}}", "{\"__metadata__\":{\"a\":1}}",
    ])
    func refusesMalformedHeader(header: String) {
        let error = #expect(throws: SafetensorsError.self) { try Safetensors.File(file(header)) }
        guard case .malformedHeader(let offset) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect((0...header.utf8.count).contains(offset))
    }

    @Test func refusesInvalidUTF8() {
        var bytes = file("{\"a\":{}}")
        bytes[8 + 2] = 0xFF
        #expect(throws: SafetensorsError.malformedHeader(offset: 4)) { try Safetensors.File(bytes) }
    }
}
