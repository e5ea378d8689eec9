import CCairo
import Foundation

/// The typeface of all labels, in two weights; one that has Japanese letters.
public final class Typeface: TextMeasure, @unchecked Sendable {
    /// The family that was found.
    public let family: String
    // Cairo's font faces are immutable once made, and its own locks guard what they share, but for the scaled fonts.
    private let regular: OpaquePointer
    private let bold: OpaquePointer
    /// The letters of the regular weight, which only ever are looked up.
    private let letters: OpaquePointer
    /// Each scaled font that was ever used: a few, one for a weight, a size and a kind of surface. The lock guards these.
    private var scaledFonts: Set<OpaquePointer> = []
    /// Each letter that was ever set, by font; nil for what is never seen.
    private var known: [Font: [Unicode.Scalar: Letter?]] = [:]
    private var outlines: [OutlineKey: Outline] = [:]
    private let lock = NSLock()

    /// Families with Japanese letters, the preferred one first.
    public static let families = [
        "Noto Sans CJK JP", "Noto Sans JP", "IPAexGothic", "IPAGothic", "Hiragino Sans",
    ]

    private struct OutlineKey: Hashable {
        let font: OpaquePointer?
        let glyph: UInt
    }

    private static let found = Result { try Typeface(families: families) }

    /// The first of ``families`` that is installed.
    ///
    /// - Throws: ``RenderError/missingFont(families:)``.
    public static func installed() throws -> Typeface { try found.get() }

    /// - Throws: ``RenderError/missingFont(families:)`` if none of the families is installed.
    init(families: [String]) throws {
        for family in families {
            guard let regular = Typeface.face(family, weight: FC_WEIGHT_REGULAR) else { continue }
            self.family = family
            (self.regular, letters) = regular
            if let bold = Typeface.face(family, weight: FC_WEIGHT_BOLD) {
                self.bold = bold.face
                FcCharSetDestroy(bold.letters)
            } else {
                bold = cairo_font_face_reference(regular.face)
            }
            return
        }
        throw RenderError.missingFont(families: families)
    }

    deinit {
        cairo_font_face_destroy(regular)
        cairo_font_face_destroy(bold)
        FcCharSetDestroy(letters)
        for scaled in scaledFonts { cairo_scaled_font_destroy(scaled) }
    }

    /// Cairo sets letter by letter: the width is the sum of what each leads on.
    public func width(of text: String, in font: Font) -> Double {
        letters(of: text, in: font).reduce(0) { $0 + $1.advance }
    }

    /// The letters that are set for a text, spaces among them.
    func letters(of text: String, in font: Font) -> [Letter] {
        lock.withLock {
            let known = known[font] ?? [:]
            return text.unicodeScalars.compactMap { known[$0] ?? letter($0, in: font) }
        }
    }

    /// - Returns: nil for what is never seen.
    /// - Precondition: the lock is held.
    private func letter(_ scalar: Unicode.Scalar, in font: Font) -> Letter? {
        if let letter = known[font]?[scalar] { return letter }
        let letter = seen(scalar).map { measured($0, in: font) }
        known[font, default: [:]][scalar] = .some(letter)
        return letter
    }

    /// - Precondition: the lock is held.
    private func measured(_ scalar: Unicode.Scalar, in font: Font) -> Letter {
        var matrix = cairo_matrix_t()
        var identity = cairo_matrix_t()
        cairo_matrix_init_scale(&matrix, font.size, font.size)
        cairo_matrix_init_identity(&identity)
        let options = Typeface.options()
        defer { cairo_font_options_destroy(options) }
        let scaled = cairo_scaled_font_create(face(font), &matrix, &identity, options)
        defer { cairo_scaled_font_destroy(scaled) }
        keep(scaled)
        var extents = cairo_text_extents_t()
        cairo_scaled_font_text_extents(scaled, String(scalar), &extents)
        return Letter(outline: outline(of: scalar, in: scaled), advance: extents.x_advance)
    }

    /// - Precondition: the lock is held.
    private func outline(of scalar: Unicode.Scalar, in scaled: OpaquePointer?) -> Outline {
        var glyphs: UnsafeMutablePointer<cairo_glyph_t>?
        var count: Int32 = 0
        cairo_scaled_font_text_to_glyphs(scaled, 0, 0, String(scalar), -1, &glyphs, &count, nil, nil, nil)
        defer { cairo_glyph_free(glyphs) }
        guard let glyph = glyphs?.pointee, count > 0 else { return Outline(data: []) }
        let key = OutlineKey(font: scaled, glyph: glyph.index)
        if let outline = outlines[key] { return outline }
        let surface = cairo_recording_surface_create(CAIRO_CONTENT_ALPHA, nil)
        defer { cairo_surface_destroy(surface) }
        let context = cairo_create(surface)
        defer { cairo_destroy(context) }
        cairo_set_scaled_font(context, scaled)
        cairo_glyph_path(context, glyphs, count)
        let outline = Outline(data: SVGPath(ofPathIn: context).data)
        outlines[key] = outline
        return outline
    }

    /// What the typeface has no letter for: a box would stand in its place.
    public func missing(in text: String) -> Set<Unicode.Scalar> {
        Set(drawn(text).unicodeScalars.filter { !has($0) })
    }

    /// The text without what is never seen, such as a joiner or the choice of a letter's variant: for Cairo, which sets
    /// letter by letter, each would be a letter, too. A space of another width, such as the narrow one between thousands in
    /// French, is a usual one where the typeface does not have it.
    func drawn(_ text: String) -> String {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text }
        var drawn = String.UnicodeScalarView()
        drawn.append(contentsOf: text.unicodeScalars.compactMap(seen))
        return String(drawn)
    }

    /// What is drawn for a scalar, if anything.
    private func seen(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        if scalar.isASCII { return scalar }
        if scalar.properties.isDefaultIgnorableCodePoint { return nil }
        return scalar.properties.generalCategory == .spaceSeparator && !has(scalar) ? " " : scalar
    }

    private func has(_ letter: Unicode.Scalar) -> Bool { FcCharSetHasChar(letters, letter.value) != 0 }

    func select(_ font: Font, in context: OpaquePointer) {
        let options = Typeface.options()
        defer { cairo_font_options_destroy(options) }
        cairo_set_font_options(context, options)
        cairo_set_font_face(context, face(font))
        cairo_set_font_size(context, font.size)
        lock.withLock { keep(cairo_get_scaled_font(context)) }
    }

    /// Holds on to a scaled font that the caller, or a context of its, holds.
    ///
    /// All threads share it. Where one lets go of the last reference to it just as another finds it anew, Cairo ends
    /// the program (1.16: "Assertion `! scaled_font->cache_frozen' failed"); so the last reference is kept.
    ///
    /// - Precondition: the lock is held.
    private func keep(_ scaled: OpaquePointer?) {
        guard let scaled else { return }
        if scaledFonts.insert(scaled).inserted { cairo_scaled_font_reference(scaled) }
    }

    private func face(_ font: Font) -> OpaquePointer { font.isBold ? bold : regular }

    /// Widths that do not depend on the size in which they are measured, and outlines as they were designed.
    private static func options() -> OpaquePointer? {
        let options = cairo_font_options_create()
        cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE)
        cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF)
        cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY)
        return options
    }

    /// The font file of exactly this family: fontconfig always finds something, and Cairo draws whatever it finds.
    ///
    /// - Returns: nil if the family is not installed or lacks Japanese letters.
    private static func face(
        _ family: String, weight: Int32
    ) -> (face: OpaquePointer, letters: OpaquePointer)? {
        let wanted = FcPatternCreate()
        defer { FcPatternDestroy(wanted) }
        FcPatternAddString(wanted, FC_FAMILY, family)
        FcPatternAddInteger(wanted, FC_WEIGHT, weight)
        FcConfigSubstitute(nil, wanted, FcMatchPattern)
        FcDefaultSubstitute(wanted)
        var result = FcResultMatch
        guard let match = FcFontMatch(nil, wanted, &result) else { return nil }
        defer { FcPatternDestroy(match) }
        guard names(of: match).contains(family), let letters = letters(of: match), has(letters, "損失度ー") else {
            return nil
        }

        // Only file and index: the user's settings for hinting and the like must not reach the figures.
        let exact = FcPatternCreate()
        defer { FcPatternDestroy(exact) }
        var file: UnsafeMutablePointer<FcChar8>?
        var index: Int32 = 0
        guard FcPatternGetString(match, FC_FILE, 0, &file) == FcResultMatch,
            FcPatternGetInteger(match, FC_INDEX, 0, &index) == FcResultMatch
        else { return nil }
        FcPatternAddString(exact, FC_FILE, file)
        FcPatternAddInteger(exact, FC_INDEX, index)
        guard let face = cairo_ft_font_face_create_for_pattern(exact) else { return nil }
        guard cairo_font_face_status(face) == CAIRO_STATUS_SUCCESS else {
            cairo_font_face_destroy(face)
            return nil
        }
        guard let kept = FcCharSetCopy(letters) else {
            cairo_font_face_destroy(face)
            return nil
        }
        return (face, kept)
    }

    private static func names(of pattern: OpaquePointer) -> [String] {
        var names: [String] = []
        var name: UnsafeMutablePointer<FcChar8>?
        while FcPatternGetString(pattern, FC_FAMILY, Int32(names.count), &name) == FcResultMatch, let found = name {
            names.append(String(cString: found))
        }
        return names
    }

    /// - Returns: letters that live as long as the pattern.
    private static func letters(of pattern: OpaquePointer) -> OpaquePointer? {
        var letters: OpaquePointer?
        return FcPatternGetCharSet(pattern, FC_CHARSET, 0, &letters) == FcResultMatch ? letters : nil
    }

    private static func has(_ letters: OpaquePointer, _ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { FcCharSetHasChar(letters, $0.value) != 0 }
    }
}
