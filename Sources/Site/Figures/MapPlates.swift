import Learn
import Render

/// What one layer makes of one image, map by map, each on a scale of its own, from zero, or with zero in the middle.
struct MapPlates {
    /// `[height, width, channels]`
    let output: Tensor
    let isSigned: Bool
    /// Channels that answer to none of the shown images.
    var dead: Set<Int> = []

    var channels: Int { output.shape[2] }

    /// Each map's largest value, signs aside; never below zero.
    var largest: [Float] {
        var largest = [Float](repeating: 0, count: channels)
        for (index, value) in output.values.enumerated() {
            largest[index % channels] = max(largest[index % channels], abs(value))
        }
        return largest
    }

    func tile(_ channel: Int, _ theme: Theme) -> Tile {
        var tile = output.ownScaleTile(channel, colors: isSigned ? theme.signed : theme.tone, isSigned: isSigned)
        tile.isCrossed = dead.contains(channel)
        return tile
    }

    /// The first maps with their numbers; the bar compares a map's largest value with that of all maps of the image.
    ///
    /// - Parameters:
    ///   - count: of maps, at most.
    ///   - hasValues: whether there is room for the largest values, too.
    func plates(_ count: Int, hasValues: Bool = true, _ words: Words, _ theme: Theme) throws -> [Plate] {
        let largest = largest
        let reach = max(largest.max() ?? 0, .leastNormalMagnitude)
        return largest.prefix(count).enumerated().map { channel, value in
            var plate = Plate(tile(channel, theme), label: "\(channel + 1)")
            plate.share = Double(value) / Double(reach)
            if hasValues { plate.value = words.reading(value) }
            return plate
        }
    }

    /// Channels by their largest values, as many as given, in their order.
    func strongest(_ count: Int) -> [Int] {
        let largest = largest
        return largest.indices.sorted { (-largest[$0], $0) < (-largest[$1], $1) }.prefix(count).sorted()
    }
}

extension MapPlates {
    /// - Parameter sample: what the run of the network keeps of an image.
    init(_ sample: SampleActivations, _ layer: PlacedLayer, of network: Network, dead: Set<Int> = []) {
        self.init(
            output: sample.output(of: layer.name), isSigned: network.output(of: layer) == .signed, dead: dead)
    }
}

extension Words {
    /// A measured value in three digits or so.
    func reading(_ value: Float) -> String {
        let size = abs(value)
        return digits(Double(value), places: size >= 99.95 ? 0 : size >= 9.995 ? 1 : 2)
    }
}
