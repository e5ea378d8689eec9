import Foundation
import Learn

/// The files beside a model that hold elements of its tensors.
///
/// Source: <https://onnx.ai/onnx/repo-docs/ExternalData.html>.
struct ExternalFiles {
    /// The model's folder; nil for a model that came as bytes.
    let folder: URL?

    /// - Parameter count: bytes that the tensor's shape wants.
    func bytes(of tensor: TensorProto, count: Int) throws(ONNXImportError) -> [UInt8] {
        var entries: [String: String] = [:]
        for entry in tensor.externalData { entries[entry.key] = entry.value }
        guard let location = entries["location"] else { throw .tensor(tensor.name, "it names no file of its elements") }
        let url = try file(location, tensor)
        let offset = try number(entries["offset"] ?? "0", "offset", tensor)
        let length = try entries["length"].map { text throws(ONNXImportError) in try number(text, "length", tensor) }
        if let length, length != count {
            throw .tensor(
                tensor.name, "its shape wants \(count) bytes, but \(length) are said to be in \(location.shortened)")
        }
        do {
            guard let bytes = try OpenFile.contents(of: url, from: offset, count: count) else {
                throw ONNXImportError.tensor(
                    tensor.name, "\(location.shortened) ends before \(count) bytes from byte \(offset) on")
            }
            return bytes
        } catch let error as SystemError {
            throw .tensor(tensor.name, "\(location.shortened): \(error.reason)")
        } catch let error as ONNXImportError {
            throw error
        } catch {
            throw .tensor(tensor.name, "\(location.shortened): \(error)")
        }
    }

    /// Where a path from the folder on leads.
    enum Place {
        /// A file in the folder or below it, wherever links lead.
        case inside(URL)
        case outside, missing
    }

    func place(of location: String) -> Place {
        let parts = location.split(separator: "/", omittingEmptySubsequences: false)
        guard let folder, !location.isEmpty, location.utf8.count <= 1000, !location.utf8.contains(0),
            !parts.contains(where: { $0.isEmpty || $0 == ".." })
        else { return .outside }
        guard let home = realPath(folder.path), let real = realPath(folder.appending(path: location).path) else {
            return .missing
        }
        return real.hasPrefix(home == "/" ? home : home + "/") ? .inside(URL(filePath: real)) : .outside
    }

    private func file(_ location: String, _ tensor: TensorProto) throws(ONNXImportError) -> URL {
        guard folder != nil else { throw .tensor(tensor.name, "its elements lie in another file") }
        switch place(of: location) {
        case .inside(let url): return url
        case .outside:
            throw .tensor(tensor.name, "its file \"\(location.shortened)\" is not in the model's folder")
        case .missing: throw .tensor(tensor.name, "there is no file \(location.shortened) beside the model")
        }
    }

    private func realPath(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    private func number(_ text: String, _ what: String, _ tensor: TensorProto) throws(ONNXImportError) -> Int {
        guard text.utf8.count <= 18, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(text) else {
            throw .tensor(tensor.name, "the \(what) \"\(text.shortened)\" of its elements is no number of bytes")
        }
        return number
    }
}
