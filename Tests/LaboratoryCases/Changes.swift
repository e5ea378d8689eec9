import Foundation
import Learn

/// Changes to a network while it is computed, as the scripts are given them, and the network that they amount to.
struct Changes: Encodable {
    struct Channel: Encodable {
        let channel: Int
        var value: Float?
        var factor: Float?

        /// Its map, or unit, is a number not below zero.
        static func value(_ channel: Int, _ value: Float) -> Channel { Channel(channel: channel, value: value) }

        /// Its numbers are multiplied.
        static func factor(_ channel: Int, _ factor: Float) -> Channel { Channel(channel: channel, factor: factor) }
    }

    /// `maximum` or `average`, by layer.
    var pooling: [String: String] = [:]
    /// By layer; each is followed by ReLU.
    var channels: [String: [Channel]] = [:]
    /// The network with the other pooling.
    var architecture: Architecture?

    enum CodingKeys: CodingKey {
        case pooling, channels
    }

    var json: String { get throws { String(decoding: try JSONEncoder().encode(self), as: UTF8.self) } }

    /// Weights that do the same: a filter that is switched off has no weights, one that is scaled has larger ones.
    func applied(to weights: [NamedTensor]) -> [NamedTensor] {
        var weights = weights
        for (layer, channels) in channels {
            for channel in channels {
                for index in weights.indices where weights[index].name.hasPrefix("\(layer).") {
                    let isBias = weights[index].name.hasSuffix(".bias")
                    let stride = weights[index].tensor.shape.last ?? 1
                    for place in Swift.stride(from: channel.channel, to: weights[index].tensor.values.count, by: stride)
                    {
                        weights[index].tensor.values[place] *= channel.factor ?? 0
                        if isBias { weights[index].tensor.values[place] += channel.value ?? 0 }
                    }
                }
            }
        }
        return weights
    }
}
