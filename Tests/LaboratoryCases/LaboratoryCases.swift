import Foundation
import Learn
import Site

/// Writes networks as the laboratory's scripts take them, beside what this package computes of them:
/// `Tests/Browser/laboratory.py` compares the two. The networks are made up, and those of the models that are named.
///
/// usage: laboratory-cases FOLDER [MODEL.onnx...]
@main
struct LaboratoryCases {
    static func main() throws {
        let arguments = CommandLine.arguments.dropFirst()
        guard let output = arguments.first else {
            let usage = "usage: laboratory-cases FOLDER [MODEL.onnx...]\n"
            try FileHandle.standardError.write(contentsOf: Data(usage.utf8))
            exit(2)
        }
        let models = try arguments.dropFirst().map { try LaboratoryCase(model: URL(filePath: $0)) }
        for item in try LaboratoryCase.madeUp() + models {
            let folder = URL(filePath: output).appending(path: item.network.name)
            let data = LaboratoryData(item.dataset, networks: [LaboratoryNetwork(item.network, weights: item.weights)])
            var files = try data.files()
            files.append(("reference.safetensors", Data(try item.reference())))
            for file in files {
                let url = folder.appending(path: file.path)
                try FileManager.default.createDirectory(
                    at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
                try file.content.write(to: url)
            }
        }
    }
}
