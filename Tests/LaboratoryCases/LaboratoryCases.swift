import Foundation
import Learn
import Site

/// Writes networks as the laboratory's scripts take them, beside what this package computes of them:
/// `Tests/Browser/laboratory.py` compares the two.
///
/// usage: laboratory-cases FOLDER
@main
struct LaboratoryCases {
    static func main() throws {
        guard CommandLine.arguments.count == 2 else {
            try FileHandle.standardError.write(contentsOf: Data("usage: laboratory-cases FOLDER\n".utf8))
            exit(2)
        }
        for item in try LaboratoryCase.all() {
            let folder = URL(filePath: CommandLine.arguments[1]).appending(path: item.network.name)
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
