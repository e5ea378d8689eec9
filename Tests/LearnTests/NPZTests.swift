import Foundation
import Testing

@testable import Learn

@Suite("Files of NumPy arrays") struct NPZTests {
    private func load(_ members: [String: [UInt8]?] = [:], isDeflated: Bool = true) throws -> Dataset {
        let members = ArrayFixture.keras.replacing(members)
        return try NPZ(ArrayFixture.npz(members, isDeflated: isDeflated), path: "/d.npz").dataset()
    }

    /// The error that arrays in place of others are refused with.
    private func error(_ members: [String: [UInt8]?]) throws -> String {
        do {
            _ = try load(members)
            return ""
        } catch let error as DataError {
            return "\(error)"
        }
    }

    private func error(of archive: [UInt8]) -> String {
        do throws(DataError) {
            _ = try NPZ(archive, path: "/d.npz").dataset()
            return ""
        } catch {
            return "\(error)"
        }
    }

    @Test(arguments: [true, false])
    func readsTheNamesOfKeras(isDeflated: Bool) throws {
        let dataset = try load(["others.npy": [1]], isDeflated: isDeflated)
        #expect(dataset.train.shape == ImageShape(height: 8, width: 9, channels: 1))
        #expect(dataset.train.pixels == Array(ArrayFixture.images(4).dropFirst(128)))
        #expect(dataset.train.labels == [0, 1, 1, 0])
        #expect(dataset.test.labels == [1, 0, 1])
        #expect(dataset.classCount == 2)
        #expect(dataset.classNames == nil)
        let labels = DataFixture.header(IDX.labelMagic, [3]) + [1, 0, 1]
        #expect(dataset.digests["t10k-labels-idx1-ubyte"] == SHA256.hex(labels))
    }

    @Test func readsTheNamesOfMedMNIST() async throws {
        let colors = (0..<3 * 8 * 8 * 3).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        let images = ArrayFixture.npy("|u1", [3, 8, 8, 3], colors)
        let labels = ArrayFixture.npy("|u1", [3, 1], [2, 0, 1])
        let archive = try ArrayFixture.npz([
            "train_images.npy": images, "train_labels.npy": labels, "val_images.npy": [1], "val_labels.npy": [],
            "test_images.npy": images, "test_labels.npy": labels,
        ])
        try await withTemporaryFolder { folder in
            let file = folder.appending(path: "pathmnist.npz")
            try Data(archive).write(to: file)
            let dataset = try await DataSource.npz(file).load()
            #expect(dataset.train.shape == ImageShape(height: 8, width: 8, channels: 3))
            #expect(dataset.test.pixels == colors)
            #expect(dataset.test.labels == [2, 0, 1])
            #expect(dataset.classCount == 3)
        }
    }

    @Test(arguments: ["<u1", "|i1", "<u2", "<i2", "<u4", "<i4", "<u8", "<i8"])
    func readsLabelsOfAnyWholeNumbers(type: String) throws {
        let bytes = Int(type.suffix(1)) ?? 1
        let numbers = [1, 0, 1].flatMap { [UInt8($0)] + [UInt8](repeating: 0, count: bytes - 1) }
        #expect(try load(["y_test.npy": ArrayFixture.npy(type, [3], numbers)]).test.labels == [1, 0, 1])
    }

    @Test(arguments: [1, 2, 3] as [UInt8])
    func readsEachVersionOfTheFormat(version: UInt8) throws {
        let labels = ArrayFixture.npy("|u1", [3], [1, 0, 1], version: version)
        #expect(try load(["y_test.npy": labels]).test.labels == [1, 0, 1])
    }

    @Test func refusesWhatIsNoArchive() throws {
        #expect(
            error(of: Array("<html>".utf8))
                == "/d.npz: no zip archive (Not a zip archive): get the file again, or save "
                + "the arrays with numpy.savez_compressed")
        let archive = try ArrayFixture.npz(ArrayFixture.keras)
        for count in stride(from: 0, to: archive.count - 1, by: 17) {
            #expect(error(of: Array(archive.prefix(count))).hasPrefix("/d.npz: "), "\(count)")
        }
    }

    @Test func refusesAFileThatCannotBeRead() async throws {
        try await withTemporaryFolder { folder in
            let file = folder.appending(path: "a.npz")
            await #expect(throws: DataError.unreadable(path: file.path, reason: "No such file or directory")) {
                try await DataSource.npz(file).load()
            }
            try Data(repeating: 7, count: 99).write(to: file)
            await #expect(throws: DataError.archive(path: file.path, .notZip(reason: "Not a zip archive"))) {
                try await DataSource.npz(file).load()
            }
            try #require(truncate(file.path, NPZ.longestFile + 1) == 0)
            await #expect(throws: DataError.tooLong(path: file.path, limit: NPZ.longestFile)) {
                try await DataSource.npz(file).load()
            }
        }
    }

    @Test func refusesUnknownAndMissingNames() throws {
        let others = ["a.npy", "b.npy"].map { ($0, ArrayFixture.images(1)) }
        #expect(
            error(of: try ArrayFixture.npz(Dictionary(uniqueKeysWithValues: others)))
                == "/d.npz: holds neither x_train, y_train, x_test and y_test nor train_images, train_labels, "
                + "test_images and test_labels: save the arrays under such names")
        #expect(try error(["y_test.npy": nil]) == "/d.npz: y_test is missing: save it with the others")
    }

    @Test func refusesDamagedMembers() throws {
        let archive = try ArrayFixture.npz(ArrayFixture.keras, isDeflated: false)
        let start = "/d.npz: x_test: "
        // x_test is read third but comes first in the directory.
        #expect(
            error(of: ArrayFixture.patch(archive, at: 8, [1, 0])) == start + "encrypted: save it without a password")
        #expect(
            error(of: ArrayFixture.patch(archive, at: 10, [12, 0]))
                == start + "neither stored nor deflated: save the arrays with numpy.savez_compressed")
        #expect(
            error(of: ArrayFixture.patch(archive, at: 20, [0, 0, 0, 0x70]))
                == start + "damaged zip data (a length that it cannot have): get the file again")
        #expect(
            error(of: ArrayFixture.patch(archive, at: 24, [0, 0, 0, 0x70]))
                == start + "damaged zip data (a length that it cannot have): get the file again")
        var changed = archive
        let place = try #require(archive.indices.first { archive[$0...].starts(with: [0, 3, 6, 9, 12]) })
        changed[place] = 1
        #expect(error(of: changed) == start + "damaged zip data (CRC error): get the file again")
        var twice = archive
        for place in archive.indices where archive[place...].starts(with: "y_test.npy".utf8) {
            twice.replaceSubrange(place..<place + 10, with: "x_test.npy".utf8)
        }
        #expect(error(of: twice) == "/d.npz: two arrays have the same name: save each once")
    }

    @Test func refusesImagesOfAnotherForm() throws {
        func error(_ type: String, _ shape: [Int], fortran: Bool = false) throws -> String {
            let bytes = Array(repeating: 0 as UInt8, count: shape.reduce(1, *) * (type == "<f4" ? 4 : 1))
            return try self.error(["x_train.npy": ArrayFixture.npy(type, shape, bytes, fortran: fortran)])
        }
        let start = "/d.npz: x_train: "
        #expect(
            try error("<f4", [4, 8, 8])
                == start + "numbers of type <f4, where images are |u1: save levels 0...255 with astype(numpy.uint8)")
        #expect(try error("|i1", [4, 8, 8]).hasPrefix(start + "numbers of type |i1"))
        #expect(
            try error("|u1", [4, 64])
                == start
                + "shape [4, 64], where images are [count, height, width] or [count, height, width, channels]: "
                + "reshape it")
        #expect(
            try error("|u1", [4, 8, 8, 2])
                == start + "2 channels, where 1 (grey) or 3 (red, green, blue) can be trained on: convert the images")
        #expect(
            try error("|u1", [4, 8, 65])
                == start + "images of 8 x 65 pixels, where 8 x 8 to 64 x 64 can be trained on: scale them")
        #expect(try error("|u1", [0, 8, 8]) == start + "holds no samples: save the array again")
        #expect(
            try error("|u1", [4, 8, 8], fortran: true)
                == start + "in Fortran's order, columns first: save numpy.ascontiguousarray of it")
        #expect(
            try error("|u1", [5, 8, 9]) == "/d.npz: y_train: 4 labels for 5 images: save as many of both")
        #expect(
            try self.error(["x_test.npy": ArrayFixture.npy("|u1", [3, 8, 8], [UInt8](repeating: 0, count: 192))])
                == "/d.npz: x_test: images of 8x8x1 (height, width, channels), but those for training are of 8x9x1: "
                + "bring all to one form")
    }

    @Test func refusesLabelsOfAnotherForm() throws {
        func error(_ type: String, _ shape: [Int], _ bytes: [UInt8]) throws -> String {
            try self.error(["y_test.npy": ArrayFixture.npy(type, shape, bytes)])
        }
        let start = "/d.npz: y_test: "
        #expect(
            try error(">i2", [3], [0, 1, 0, 0, 0, 1])
                == start + "numbers of type >i2, where labels are little-endian integers: save them with "
                + "astype(numpy.uint8)")
        #expect(
            try error("|u1", [3, 2], [1, 0, 0, 1, 1, 0])
                == start + "shape [3, 2], where labels are [count] or [count, 1]: one class an image is needed")
        #expect(try error("|u1", [], [1]).hasPrefix(start + "shape [], where"))
        #expect(
            try error("|i1", [3], [1, 0, 0xFF])
                == start + "label -1 of sample 2 is not in 0...99: number the classes from 0")
        #expect(try error("<u2", [3], [1, 0, 0, 0, 100, 0]).hasPrefix(start + "label 100 of sample 2 is not"))
        #expect(
            try error("<u8", [3], [UInt8](repeating: 0xFF, count: 24))
                == start + "label 9223372036854775807 of sample 0 is not in 0...99: number the classes from 0")
        #expect(try error("|u1", [3], [0, 0, 0]).hasPrefix(start + "no sample of class 1, though"))
        #expect(
            try error("|u1", [3], [0, 1, 3])
                == "/d.npz: y_train: no sample of class 2, though classes go from 0 to 3: number them without gaps, "
                + "and give each class samples for training and for testing")
    }

    /// Nothing is allocated for what the archive does not hold.
    @Test func refusesLengthsThatAreNotTheShapes() throws {
        let start = "/d.npz: x_train: "
        #expect(
            try error(["x_train.npy": Array(ArrayFixture.images(4).dropLast())])
                == start + "415 bytes instead of 416 that its shape asks for: get the file again")
        #expect(try error(["x_train.npy": ArrayFixture.images(4) + [0]]).hasPrefix(start + "417 bytes instead of 416"))
        for shape in [[1 << 40, 8, 8], [Int.max, Int.max, 8], [1, 1 << 30, 8]] {
            let array = ArrayFixture.npy("|u1", shape, [])
            #expect(
                try error(["x_train.npy": array])
                    == start + "more than 1073741824 bytes: use fewer or smaller images")
        }
        let bomb = ArrayFixture.npy("|u1", [1 << 20, 8, 8], [])
        #expect(
            try error(["x_train.npy": bomb])
                == start + "128 bytes instead of 67108992 that its shape asks for: get the file again")
    }

    @Test func refusesOtherHeaders() throws {
        func fault(_ bytes: [UInt8]) -> ArrayFault? {
            do throws(ArrayFault) {
                _ = try ArrayHeader(bytes)
                return nil
            } catch {
                return error
            }
        }
        func fault(text: String) -> String {
            fault(ArrayFixture.header(text)).map { "\($0)" } ?? ""
        }
        let array = ArrayFixture.images(2)
        #expect(fault([]) == .notArray)
        #expect(fault(Array("PNG".utf8)) == .notArray)
        #expect(fault(Array(array.prefix(9))) == .headerCutShort(bytes: 9))
        #expect(fault(Array(array.prefix(127))) == .headerCutShort(bytes: 127))
        #expect(fault(Array(array.prefix(128))) == nil)
        #expect(fault(Array(ArrayFixture.npy("|u1", [1], [], version: 2).prefix(11))) == .headerCutShort(bytes: 11))
        var other = array
        other[6] = 4
        #expect(fault(other) == .version("4.0"))
        other[6] = 2
        other.replaceSubrange(8..<12, with: [0, 0, 0, 1])
        #expect(fault(other) == .headerTooLong(bytes: 1 << 24))
        let advice = ": save it with numpy.savez_compressed"
        #expect(fault(text: "[]") == "byte 10 of its header should be {" + advice)
        #expect(
            fault(text: "{'descr': '|u1', 'shape': (3,), }").contains("should be one each of 'descr', 'fortran_order'"))
        #expect(fault(text: "{'descr': '|u1', 'descr': '|u1'}").hasPrefix("byte 27 of its header should be one each"))
        #expect(fault(text: "{'descr': [('a', '|u1')]}") == "byte 20 of its header should be a text in quotes" + advice)
        #expect(
            fault(text: "{'descr': 'a\nb'}").hasPrefix("byte 22 of its header should be a short text that ends in '"))
        #expect(fault(text: "{'fortran_order': 0}") == "byte 28 of its header should be True or False" + advice)
        #expect(fault(text: "{'shape': (3)}") == "byte 22 of its header should be ," + advice)
        #expect(fault(text: "{'shape': (-3,)}") == "byte 21 of its header should be a number" + advice)
        #expect(
            fault(text: "{'shape': (99999999999999999999,)}") == "byte 21 of its header should be a number" + advice)
        #expect(
            fault(text: "{'descr': '|u1', 'fortran_order': False, 'shape': (3,)} 1")
                == "byte 66 of its header should be its end" + advice)
    }
}
