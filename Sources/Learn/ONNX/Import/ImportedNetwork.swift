import Foundation
import Learn

/// A network that another program trained, read from its ONNX file.
///
/// Taken is what exporters write of a sequence of layers that classifies images; everything else is refused, and nothing
/// is guessed. Settings that the file leaves open, such as the order of a flat input, are asked for. Where images and
/// answers lie beside the file, `test_data_set_0/input_0.pb` and `output_0.pb`, the network is held to them.
public struct ImportedNetwork: Sendable {
    public let architecture: Architecture
    /// Every parameter of the architecture, in its order.
    public let weights: [NamedTensor]
    /// How the file's own input and answers lie, and what the answers are.
    public let signature: Signature

    /// What a program that runs the file itself has to know.
    public struct Signature: Sendable, Equatable {
        public enum Answer: String, Sendable {
            case logits, probabilities, logProbabilities
        }

        /// Names of the graph's input and output.
        public let input, output: String
        /// Extents of the input behind the batch, and what each of them is: `[height, width, channels]` are 0, 1, 2.
        public let extents: [Int]
        public let order: [Int]
        public let answer: Answer
        /// The only number of images that the file takes at once; nil if it takes any.
        public let batch: Int?
    }

    /// - Parameters:
    ///   - file: the model; what it names beside itself must lie in its folder, and so must answers to be held to.
    ///   - image: the form of the images that it is for, where the file leaves it open.
    ///   - order: whether its flat or ambiguous input has the channels first or last.
    /// - Throws: ``ONNXImportError``
    public init(contentsOf file: URL, image: ImageShape? = nil, order: ChannelOrder? = nil) throws(ONNXImportError) {
        let bytes: [UInt8]?
        do {
            bytes = try OpenFile.contents(of: file, limit: ImportedNetwork.longestFile)
        } catch {
            throw ONNXImportError("model", error.reason)
        }
        guard let bytes else { throw ONNXImportError("model", "more than \(ImportedNetwork.longestFile) bytes") }
        try self.init(
            bytes, files: ExternalFiles(folder: file.deletingLastPathComponent()), image: image, order: order)
        try RecordedAnswers.check(self, beside: file)
    }

    /// - Parameter bytes: of a file that names no others.
    public init(_ bytes: [UInt8], image: ImageShape? = nil, order: ChannelOrder? = nil) throws(ONNXImportError) {
        try self.init(bytes, files: ExternalFiles(folder: nil), image: image, order: order)
    }

    private init(
        _ bytes: [UInt8], files: ExternalFiles, image: ImageShape?, order: ChannelOrder?
    ) throws(ONNXImportError) {
        let message: ModelProto
        do {
            message = try ModelProto(serialized: bytes)
        } catch {
            throw ONNXImportError("model", "no ONNX file: \(error)")
        }
        var importer = try GraphImporter(message, files: files, image: image, order: order)
        try importer.walk()
        self = try importer.finished()
    }

    init(_ architecture: Architecture, _ weights: [NamedTensor], _ signature: Signature) {
        self.architecture = architecture
        self.weights = weights
        self.signature = signature
    }

    /// A network of the most parameters that an architecture has, and what is said of them.
    private static let longestFile = 1 << 30
}

/// Where the channels of an image lie.
public enum ChannelOrder: String, Sendable, CaseIterable {
    /// `[channels, height, width]`, as in PyTorch.
    case first = "channels-first"
    /// `[height, width, channels]`, as in Keras.
    case last = "channels-last"
}
