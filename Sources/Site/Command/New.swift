import ArgumentParser
import Foundation
import Learn
import Site

struct New: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Writes an experiment for images of your own, to be changed as you like.",
        discussion: """
            The data are read, and what they are is written down: their kind, the form of an image, the classes. A file \
            ending in .npz holds NumPy arrays; a folder with train and test in it, images, a folder a class; any other \
            folder, IDX files. Two small networks stand there to begin with.
            """)

    @Argument(help: "The file to write, such as mine.yml; one that is there is left alone.")
    var file: String

    @Option(help: "Folder of IDX files, folder of images, or .npz file.")
    var data: String

    @Option(help: "Rows and columns to which a folder's images are scaled, such as 28 or 24x32.")
    var size: ImageSize?

    func run() async throws {
        let place = URL(filePath: data)
        let file = URL(filePath: file)
        // Before the data are read, which may take a while.
        guard !FileManager.default.fileExists(atPath: file.path) else {
            throw ValidationError("\(file.relativePath) is there already; name a new file")
        }
        let source = try DataSource(at: place, scaledTo: size)
        let dataset = try await source.load { event in
            if let line = BuildEvent(event).line { Failure.write(line) }
        }
        let experiment = NewExperiment(
            of: dataset, from: source, at: place, in: file.deletingLastPathComponent())
        try experiment.write(to: file)
        try StandardStream.output.write("wrote \(file.relativePath.printable)\n")
    }
}

extension ImageSize: ExpressibleByArgument {
    public init?(argument: String) { self.init(experiment: argument) }
}
