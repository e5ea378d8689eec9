import CZip
import Foundation

/// An open zip archive, closed when it goes out of scope.
struct ZipArchive: ~Copyable {
    private let handle: OpaquePointer
    /// The place of each member by name.
    private let places: [String: UInt64]
    /// Of the whole archive, in bytes.
    private let size: Int

    /// Opens a file, which must stay as it is meanwhile.
    init(_ file: borrowing OpenFile) throws(ZipFault) {
        let descriptor = dup(file.descriptor)
        var code: Int32 = 0
        guard descriptor >= 0, let handle = zip_fdopen(descriptor, 0, &code) else {
            let reason = descriptor < 0 ? String(cString: strerror(errno)) : ZipArchive.reason(code)
            close(descriptor)
            throw .notZip(reason: reason)
        }
        self = try ZipArchive(owning: handle, size: file.length)
    }

    init(_ bytes: [UInt8]) throws(ZipFault) {
        var error = zip_error_t()
        zip_error_init(&error)
        defer { zip_error_fini(&error) }
        // libzip keeps the bytes longer than this call, and frees them.
        let copy = malloc(max(1, bytes.count))
        bytes.withUnsafeBytes { buffer in
            if let copy, let start = buffer.baseAddress { memcpy(copy, start, buffer.count) }
        }
        guard let source = zip_source_buffer_create(copy, UInt64(bytes.count), 1, &error) else {
            free(copy)
            throw .notZip(reason: String(cString: zip_error_strerror(&error)))
        }
        guard let handle = zip_open_from_source(source, ZIP_RDONLY, &error) else {
            zip_source_free(source)
            throw .notZip(reason: String(cString: zip_error_strerror(&error)))
        }
        self = try ZipArchive(owning: handle, size: bytes.count)
    }

    private init(owning handle: OpaquePointer, size: Int) throws(ZipFault) {
        var places: [String: UInt64] = [:]
        var failure: ZipFault?
        for place in 0..<UInt64(max(0, zip_get_num_entries(handle, 0))) {
            guard let name = zip_get_name(handle, place, 0).map({ String(cString: $0) }) else { continue }
            // Which of two would be read differs from program to program.
            if places.updateValue(place, forKey: name) != nil { failure = .twoOfOneName }
        }
        if let failure {
            zip_discard(handle)
            throw failure
        }
        self.handle = handle
        self.places = places
        self.size = size
    }

    deinit { zip_discard(handle) }

    func has(_ name: String) -> Bool { places[name] != nil }

    /// How a member is stored, and how long its content is said to be.
    ///
    /// - Throws: also for a length that its compressed data cannot have.
    private func length(of place: UInt64) throws(ZipFault) -> Int {
        var status = zip_stat_t()
        guard zip_stat_index(handle, place, 0, &status) == 0 else { throw .damaged(reason: reason()) }
        guard status.encryption_method == UInt16(ZIP_EM_NONE) else { throw .encrypted }
        guard [ZIP_CM_STORE, ZIP_CM_DEFLATE].contains(Int32(status.comp_method)) else { throw .otherCompression }
        // A bit of deflated data stands for 258 bytes at most.
        guard status.comp_size <= size, let length = Int(exactly: status.size),
            length / (8 * 258) <= Int(status.comp_size)
        else {
            throw .damaged(reason: "a length that it cannot have")
        }
        return length
    }

    /// Reads a member piece by piece, its checksum at the end.
    ///
    /// - Parameters:
    ///   - check: is given the first piece of at least that many bytes, or all if there are fewer, and the length of
    ///     the whole; what it throws ends the reading before more is read.
    func read<Failure: Error>(
        _ name: String, checkingFirst count: Int, _ check: ([UInt8], Int) throws(Failure) -> Void,
        wrapping wrap: (ZipFault) -> Failure
    ) throws(Failure) -> [UInt8] {
        guard let place = places[name] else { throw wrap(.damaged(reason: "no such member")) }
        let length: Int
        do {
            length = try self.length(of: place)
        } catch {
            throw wrap(error)
        }
        guard let member = zip_fopen_index(handle, place, 0) else { throw wrap(.damaged(reason: reason())) }
        defer { zip_fclose(member) }
        var content: [UInt8] = []
        var isChecked = false
        while true {
            let piece: [UInt8]
            do {
                piece = try ZipArchive.next(1 << 20, of: member)
            } catch {
                throw wrap(error)
            }
            content += piece
            if !isChecked && (content.count >= count || piece.isEmpty) {
                try check(content, length)
                isChecked = true
                content.reserveCapacity(length)
            }
            guard content.count <= length else { throw wrap(.damaged(reason: "longer than it says")) }
            if piece.isEmpty { break }
        }
        guard content.count == length else { throw wrap(.damaged(reason: "shorter than it says")) }
        return content
    }

    /// - Returns: at most `count` bytes; none at the end.
    private static func next(_ count: Int, of member: OpaquePointer) throws(ZipFault) -> [UInt8] {
        var read: Int64 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, used in
            guard let start = buffer.baseAddress else { return }
            read = zip_fread(member, start, UInt64(count))
            used = max(0, Int(read))
        }
        guard read >= 0 else {
            throw .damaged(reason: String(cString: zip_error_strerror(zip_file_get_error(member))))
        }
        return bytes
    }

    private func reason() -> String { String(cString: zip_error_strerror(zip_get_error(handle))) }

    private static func reason(_ code: Int32) -> String {
        var error = zip_error_t()
        zip_error_init_with_code(&error, code)
        defer { zip_error_fini(&error) }
        return String(cString: zip_error_strerror(&error))
    }
}

/// What can be wrong with a zip archive or one of its members.
public enum ZipFault: Error, Equatable, Sendable {
    /// `reason` is libzip's own, here and below.
    case notZip(reason: String)
    case twoOfOneName
    case encrypted
    case otherCompression
    case damaged(reason: String)
}

extension ZipFault: CustomStringConvertible {
    public var description: String {
        switch self {
        case .notZip(let reason):
            "no zip archive (\(reason)): get the file again, or save the arrays with numpy.savez_compressed"
        case .twoOfOneName: "two arrays have the same name: save each once"
        case .encrypted: "encrypted: save it without a password"
        case .otherCompression: "neither stored nor deflated: save the arrays with numpy.savez_compressed"
        case .damaged(let reason): "damaged zip data (\(reason)): get the file again"
        }
    }
}
