/// What can be wrong with a NumPy array of images or labels.
public enum ArrayFault: Error, Equatable, Sendable {
    case zip(ZipFault)
    case notArray
    case version(String)
    case headerCutShort(bytes: Int)
    case headerTooLong(bytes: Int)
    /// The header is not as NumPy writes it, from that byte of the array on.
    case header(byte: Int, expected: String)
    case fortranOrder
    case imageType(String)
    case imageShape([Int])
    case labelType(String)
    case labelShape([Int])
    case empty
    case length(bytes: Int, expected: Int)
    case tooLong(limit: Int)
    case labelOutOfRange(position: Int, label: Int)
    case count(labels: Int, images: Int)
}

extension ArrayFault: CustomStringConvertible {
    public var description: String {
        switch self {
        case .zip(let fault):
            "\(fault)"
        case .notArray:
            "does not begin as a NumPy array: save it with numpy.savez_compressed"
        case .version(let version):
            "version \(version) of NumPy's format, where 1.0 to 3.0 are known: save it with numpy.savez_compressed"
        case .headerCutShort(let bytes):
            "\(bytes.counted("byte")), cut short within the header: get the file again"
        case .headerTooLong(let bytes):
            "a header of \(bytes) bytes, more than \(ArrayHeader.longest): save it with numpy.savez_compressed"
        case .header(let byte, let expected):
            "byte \(byte) of its header should be \(expected): save it with numpy.savez_compressed"
        case .fortranOrder:
            "in Fortran's order, columns first: save numpy.ascontiguousarray of it"
        case .imageType(let type):
            "numbers of type \(type), where images are |u1: save levels 0...255 with astype(numpy.uint8)"
        case .imageShape(let shape):
            "shape \(shape), where images are [count, height, width] or [count, height, width, channels]: reshape it"
        case .labelType(let type):
            "numbers of type \(type), where labels are little-endian integers: save them with astype(numpy.uint8)"
        case .labelShape(let shape):
            "shape \(shape), where labels are [count] or [count, 1]: one class an image is needed"
        case .empty:
            "holds no samples: save the array again"
        case .length(let bytes, let expected):
            "\(bytes.counted("byte")) instead of \(expected) that its shape asks for: get the file again"
        case .tooLong(let limit):
            "more than \(limit) bytes: use fewer or smaller images"
        case .labelOutOfRange(let position, let label):
            "label \(label) of sample \(position) is not in 0...\(DataForm.classes.upperBound - 1): "
                + "number the classes from 0"
        case .count(let labels, let images):
            "\(labels.counted("label")) for \(images.counted("image")): save as many of both"
        }
    }
}
