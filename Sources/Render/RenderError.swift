/// What can go wrong while drawing, in one line each: what, where, what to do.
public enum RenderError: Error, Equatable, CustomStringConvertible {
    /// None of the families that hold Japanese letters is installed.
    case missingFont(families: [String])
    /// Cairo refused an operation.
    case cairo(operation: String, status: String)

    public var description: String {
        switch self {
        case .missingFont(let families):
            "no font with Japanese letters found (looked for \(families.joined(separator: ", "))); "
                + "install one, on Debian and Ubuntu: apt-get install fonts-noto-cjk"
        case .cairo(let operation, let status):
            "Cairo could not \(operation): \(status)"
        }
    }
}
