extension SiteBuild {
    /// The version of the program, which `CITATION.cff` and `CHANGELOG.md` tell as well.
    static let version = "0.1.0"
}
