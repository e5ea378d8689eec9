/// What can go wrong while the site is made, in one line each: what, where, what to do.
public enum SiteError: Error, Equatable {
    case missingString(key: String, language: Language)
}
