import Foundation
import Learn

extension ExperimentNetwork {
    static let keys = ["name", "phrase", "after", "layers", "epochs", "weights", "layout", "names"]
    /// What facts of other things begin with; a network's begin with its name.
    static let reservedKeys = [
        "all", "article", "code", "compare", "data", "factors", "figure", "kernels", "maps", "page", "rules", "sample",
        "study",
    ]

    /// - Parameters:
    ///   - others: the networks that stand before it.
    ///   - folder: what paths are relative to.
    fileprivate init(
        _ keyValue: YAMLValue, _ value: YAMLValue, after others: [ExperimentNetwork], folder: URL
    ) throws(ExperimentError) {
        let key = try keyValue.key("a network")
        guard !ExperimentNetwork.reservedKeys.contains(key) else {
            throw keyValue.fault("\(key) means something else in the article; give the network another name")
        }
        let fields = try value.fields(ExperimentNetwork.keys, of: "a network")
        self.key = key
        name = try fields["name"]?.texts("a network's name") ?? Texts(key)
        phrase = try fields["phrase"]?.texts("a network's phrase") ?? name
        after = try fields["after"]?.predecessor(of: key, among: others.map(\.key))
        let list = try fields.required("layers", such: "layers: [flatten, dense 10]")
        let values = try list.list("a list of layers, such as [flatten, dense 10]")
        var layers: [Layer] = []
        for value in values { layers.append(try value.layer()) }
        guard !layers.isEmpty else {
            throw list.fault(
                "there are no layers; write at least flatten and a dense layer of as many units as classes")
        }
        self.layers = layers
        layerPlaces = values.map(\.place)
        layersPlace = list.place
        weights = try ExperimentWeights(fields, folder: folder)
        guard weights != nil else {
            epochs = Int(try fields.required("epochs", such: "epochs: 20").whole("epochs", in: 1...100_000))
            return
        }
        if let epochs = fields["epochs"] { throw epochs.fault("it comes with its weights; remove epochs or weights") }
        epochs = 0
    }
}

extension ExperimentWeights {
    /// Nil for a network that is trained here.
    fileprivate init?(_ fields: YAMLFields, folder: URL) throws(ExperimentError) {
        guard let file = fields["weights"] else {
            if let odd = fields["layout"] ?? fields["names"] {
                throw odd.fault("it tells of weights; add weights: FILE")
            }
            return nil
        }
        let path = try file.text("a .safetensors file")
        let words = WeightLayout.allCases.map(\.rawValue)
        let layout = try fields.required("layout", such: "layout: pytorch").word("a layout", among: words)
        var names: [String]?
        if let list = fields["names"] {
            names = []
            for name in try list.list("names of the tensors of each layer, such as [0, 3, 7]") {
                names?.append(try name.text("a name"))
            }
        }
        self.init(
            file: path.hasPrefix("/") ? URL(filePath: path) : folder.appending(path: path),
            layout: WeightLayout(rawValue: layout) ?? .keras, names: names)
    }
}

extension YAMLValue {
    func networks(folder: URL) throws(ExperimentError) -> [ExperimentNetwork] {
        let entries = try entries("networks, a mapping such as small: {layers: [flatten, dense 10], epochs: 20}")
        guard !entries.isEmpty else { throw fault("there are no networks; write at least one") }
        var networks: [ExperimentNetwork] = []
        for (key, _, value) in entries {
            networks.append(try ExperimentNetwork(key, value, after: networks, folder: folder))
        }
        return networks
    }

    /// The network that another is compared with. It stands above, so that no chain of comparisons closes.
    fileprivate func predecessor(of key: String, among others: [String]) throws(ExperimentError) -> String {
        let name = try text("the name of a network that stands above")
        guard name != key else { throw fault("\(key) would be compared with itself; name a network that stands above") }
        guard others.contains(name) else {
            let advice = others.isEmpty ? "it is the first, so remove after" : others.advice(for: name)
            throw fault("after names a network that stands above, and none there is called \(name.inQuotes); \(advice)")
        }
        return name
    }

    fileprivate func layer() throws(ExperimentError) -> Layer {
        let text = try text("a layer, such as conv 8@3x3 same")
        do {
            return try Layer(parsing: text)
        } catch {
            throw fault("layer \(error)")
        }
    }
}
