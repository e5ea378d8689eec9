import Foundation
import Learn
import ONNX

extension DataSource {
    /// Data of which no experiment tells: a folder of images is scaled to the form that a model takes.
    ///
    /// - Throws: `DataError` if nothing is there.
    public init(at place: URL, forModel file: URL) throws(DataError) {
        let source = try DataSource(at: place)
        guard case .images(let folder, _, _) = source,
            let form = (try? ImportedNetwork(contentsOf: file))?.architecture.input
        else {
            self = source
            return
        }
        self = .images(folder, scaledTo: form.size, channels: form.channels)
    }
}
