import Foundation
import Learn
import Yams

extension Network {
    /// The networks of `experiments/fashion-mnist.yml`, in its order.
    public static let all: [Network] = {
        do {
            let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
                .deletingLastPathComponent()
            let file = package.appending(path: "experiments/fashion-mnist.yml")
            let experiment = try Yams.compose(yaml: String(contentsOf: file, encoding: .utf8))
            return try (experiment?["networks"]?.mapping ?? [:]).map { name, entry in
                let layers = try (entry["layers"]?.array(of: String.self) ?? []).map { try Layer(parsing: $0) }
                return try Network(name: name.string ?? "", layers: layers, defaultEpochs: entry["epochs"]?.int ?? 0)
            }
        } catch {
            preconditionFailure("the package's experiment: \(error)")
        }
    }()

    public static let lenet5 = named("lenet5")
    public static let maxpool = named("maxpool")
    public static let wide = named("wide")

    private static func named(_ name: String) -> Network {
        guard let network = all.first(where: { $0.name == name }) else {
            preconditionFailure("the package's experiment has no network \(name)")
        }
        return network
    }

    /// One for grey images of 28 x 28 pixels in ten classes.
    public init(name: String, layers: [Layer], defaultEpochs: Int) throws(ArchitectureError) {
        let architecture = try Architecture(
            input: ImageShape(height: 28, width: 28, channels: 1), classes: 10, layers: layers)
        self.init(name: name, architecture: architecture, defaultEpochs: defaultEpochs)
    }
}
