import Testing

@testable import Learn

@Suite struct InspectionTrustTests {
    private static let layers = Inspected.networks[0]
    private static let test = Inspected.dataset.test

    /// Pixel by pixel, and by the way that takes images one after the other.
    @Test func answersAreThoseToTheChangedImages() throws {
        let model = try ModelTests.model(Self.layers)
        let trust = model.trust(on: Inspected.dataset)
        let (test, shape) = (Self.test, Self.test.shape)
        func right(_ change: (_ image: [UInt8], _ y: Int, _ x: Int, _ channel: Int) -> UInt8) throws -> [Bool] {
            var tensor = Tensor(zeros: [test.count] + shape.extents)
            for index in 0..<test.count {
                let image = Array(test.image(index))
                for place in 0..<shape.count {
                    let (y, x) = (place / shape.channels / shape.width, place / shape.channels % shape.width)
                    tensor.values[index * shape.count + place] =
                        Float(change(image, y, x, place % shape.channels)) / 255
                }
            }
            return zip(try model.predict(tensor).likeliestClasses, test.labels).map { $0 == $1 }
        }
        func pixel(_ image: [UInt8], _ y: Int, _ x: Int, _ channel: Int) -> UInt8 {
            guard (0..<shape.height).contains(y), (0..<shape.width).contains(x) else { return 0 }
            return image[(y * shape.width + x) * shape.channels + channel]
        }
        #expect(trust.shifts.shape == [2, 9])
        for steps in -4...4 {
            for (row, (right:x, down:y)) in [(right: 1, down: 0), (right: 0, down: 1)].enumerated() {
                let expected = try right { pixel($0, $1 - y * steps, $2 - x * steps, $3) }.count { $0 }
                #expect(trust.shifts.values[row * 9 + steps + 4] == Float(Double(expected) / 203))
            }
        }
        let rows = try [
            [Bool](repeating: true, count: 203), right(pixel), right { pixel($0, $1, shape.width - 1 - $2, $3) },
            right { 255 - pixel($0, $1, $2, $3) },
        ]
        #expect(trust.changed.shape == [4, 10])
        for (row, right) in rows.enumerated() {
            for label in 0..<10 {
                let expected = zip(right, test.labels).count { $0 && Int($1) == label }
                #expect(trust.changed.values[row * 10 + label] == Float(expected))
            }
        }
        #expect(trust.changed.values[10..<40].contains { $0 > 0 })
        let blank = [0, 1].flatMap { [Float](repeating: $0, count: shape.count) }
        #expect(trust.blank == (try model.predict(Tensor(shape: [2] + shape.extents, values: blank))))
    }

    @Test func noiseIsUniformAndTheSameForAll() throws {
        let noise = Split.noise(Self.test.shape, count: 1000)
        var counts = [Int](repeating: 0, count: 256)
        for level in noise.pixels { counts[Int(level)] += 1 }
        let expected = Double(noise.pixels.count) / 256
        #expect(counts.allSatisfy { abs(Double($0) - expected) < 6 * expected.squareRoot() })
        #expect(noise.pixels == Split.noise(Self.test.shape, count: 1000).pixels)
        let trust = try ModelTests.model(Self.layers).trust(on: Inspected.dataset(test: 3))
        #expect(trust.noise.shape == [1000, 10])
        let some = try ModelTests.model(Self.layers).predict(noise.tensor(of: [0, 17, 999]))
        for (row, image) in [0, 17, 999].enumerated() {
            #expect(trust.noise.values[image * 10..<image * 10 + 10] == some.values[row * 10..<row * 10 + 10])
        }
    }

    /// A shift past the border leaves nothing, and none changes nothing.
    @Test func shiftsEndAtTheBorder() {
        let images = Self.test.picked([5, 60, 200])
        #expect(images.shifted(down: 0, right: 0).pixels == images.pixels)
        for (down, right) in [(14, 0), (0, -12), (0, 13), (-20, 2)] {
            #expect(images.shifted(down: down, right: right).pixels.allSatisfy { $0 == 0 })
        }
        #expect(images.mirrored.mirrored.pixels == images.pixels && images.inverted.inverted.pixels == images.pixels)
        #expect(images.labels == [Self.test.labels[5], Self.test.labels[60], Self.test.labels[200]])
    }

    @Test func imagesAreSpreadOverTheSplit() {
        #expect(Self.test.spread(4) == [0, 50, 101, 152])
        #expect(Self.test.spread(1000) == (0..<203).map { $0 })
        #expect(Set(Self.test.spread(20).map { Self.test.labels[Int($0)] }).count == 10)
    }

    @Test(arguments: Inspected.networks)
    func threadsAndKernelsLeaveTheSameBits(layers: [String]) throws {
        let found = try Inspected.models(layers).map { $0.trust(on: Inspected.dataset(test: 40)) }
        for other in found.dropFirst() { #expect(other == found[0]) }
    }
}
