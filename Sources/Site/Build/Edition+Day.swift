import Foundation
import Learn

extension Edition {
    /// The texts that tell the day of publication, and the record of it.
    ///
    /// If nothing has changed since the previous publication, its day stays: that is so if the site, told to be of that
    /// day, has the same files again.
    ///
    /// - Parameters:
    ///   - digests: of all other files, by path.
    ///   - texts: makes the texts for a publication.
    func datedTexts(
        beside digests: [String: String], _ texts: (Publication) throws -> [TextFile]
    ) throws -> [TextFile] {
        func record(_ texts: [TextFile], _ day: Day) -> PublicationRecord {
            let ours = texts.map { ($0.path, SHA256.hex($0.text.utf8)) }
            return PublicationRecord(day: day, files: digests.merging(ours) { $1 })
        }
        let publication = builder.publication
        guard publication.address != nil, let today = publication.day else { return try texts(publication) }
        if let previous = publication.previous, let day = previous.day {
            let again = try texts(publication.on(day))
            if record(again, day) == previous { return again + [(PublicationRecord.path, try previous.json())] }
        }
        let new = try texts(publication)
        return new + [(PublicationRecord.path, try record(new, today).json())]
    }
}
