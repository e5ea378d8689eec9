import Foundation

/// A day of the calendar, in UTC.
public struct Day: Sendable, Equatable {
    /// Such as `2026-11-24`.
    public let text: String
    /// Its midnight.
    let date: Date

    /// - Parameter date: any moment of the day.
    public init(_ date: Date) {
        self.date = Date(timeIntervalSince1970: (date.timeIntervalSince1970 / 86400).rounded(.down) * 86400)
        text = self.date.formatted(.iso8601.year().month().day())
    }

    /// - Parameter text: such as `2026-11-24`; nil for what is no day, such as `2026-02-30`.
    public init?(_ text: String) {
        // Of the 30 February, the strategy makes the 2 March.
        guard let date = try? Date(text, strategy: .iso8601.year().month().day()) else { return nil }
        self.init(date)
        guard self.text == text else { return nil }
    }

    /// - Parameter text: seconds since 1970, as `$SOURCE_DATE_EPOCH` has them; nil for what is no whole number or lies
    ///   after the year 9999.
    public init?(secondsSince1970 text: String) {
        guard text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }), let seconds = Int(text),
            seconds < 253_402_300_800
        else { return nil }
        self.init(Date(timeIntervalSince1970: Double(seconds)))
    }

    /// The day as the language writes it.
    func text(in language: Language) -> String {
        var style = Date.FormatStyle(date: .long, time: .omitted, locale: Locale(identifier: language.locale))
        style.timeZone = .gmt
        return date.formatted(style)
    }
}
