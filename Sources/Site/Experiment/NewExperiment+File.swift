import Foundation
import Learn

extension NewExperiment {
    /// A draft for data that were read, with paths for a file that will lie in a folder.
    ///
    /// - Parameters:
    ///   - source: where the data came from; not ``Learn/DataSource/fashionMNIST``, which needs no path.
    ///   - place: the folder or file that they came from.
    public init(of dataset: Dataset, from source: DataSource, at place: URL, in folder: URL) {
        let path = NewExperiment.path(of: place, from: folder)
        let written: Found.Source =
            switch source {
            case .images: .images(path)
            case .npz: .npz(path)
            case .idx, .fashionMNIST: .idx(path)
            }
        let name = place.deletingPathExtension().lastPathComponent
        self.init(
            name: name.defectAsName == nil ? name : "data",
            found: Found(
                source: written, image: dataset.train.shape, classNames: dataset.classNames,
                classCount: dataset.classCount, trainCount: dataset.train.count))
    }

    /// Writes the file, unless something has its name.
    ///
    /// - Throws: ``ExperimentError`` that names the file and what the system has to say.
    public func write(to file: URL) throws(ExperimentError) {
        do {
            let output = try OpenFile(file, O_WRONLY | O_CREAT | O_EXCL)
            try output.write(Array(text.utf8))
        } catch {
            throw ExperimentError(
                file: file.relativePath, place: nil,
                problem: "cannot be written: \(error.reason); name a new file in a folder that there is")
        }
    }

    /// The way from a folder to a place, both with their links followed; from the root where they share nothing else.
    static func path(of place: URL, from folder: URL) -> String {
        let target = place.standardizedFileURL.resolvingSymlinksInPath().pathComponents
        let start = folder.standardizedFileURL.resolvingSymlinksInPath().pathComponents
        let shared = zip(target, start).prefix { $0 == $1 }.count
        guard shared > 1 else { return "/" + target.dropFirst().joined(separator: "/") }
        let way = Array(repeating: "..", count: start.count - shared) + target.dropFirst(shared)
        return way.isEmpty ? "." : way.joined(separator: "/")
    }
}
