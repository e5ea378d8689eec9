/// What a drawing is made for: it is as wide as that, and its labels keep their size.
public enum Format: String, CaseIterable, Sendable {
    /// A phone: shrunk to the 350 pixels that its page has, labels are still 11 pixels high.
    case narrow
    /// A column of text.
    case column
    /// As much as a wide screen has beside the contents.
    case wide

    /// In pixels, the margins among them.
    public var width: Double {
        switch self {
        case .narrow: 400
        case .column: 640
        case .wide: 960
        }
    }
}
