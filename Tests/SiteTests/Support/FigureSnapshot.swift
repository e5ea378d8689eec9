import Foundation
import Render
import Testing

@testable import Site

/// How a figure looks, to be compared with how it was recorded.
struct FigureSnapshot {
    static let isRecording = environment["RECORD_SNAPSHOTS"] == "1" && environment["CI"] == nil
    private static let environment = ProcessInfo.processInfo.environment

    private let text: String
    private let picture: Drawing

    /// - Parameter variants: the first is told line by line, the others by digest.
    init(_ figure: Figure, _ input: FigureInput, variants: [FigureVariant]) throws {
        let drawings = try variants.map { variant in
            (variant, try figure.draw(input, variant.words, variant.theme, variant.format, measure: PlainMeasure()))
        }
        let digests = drawings.dropFirst().map { variant, drawing in
            "\(variant): \(Drawing.digest(Data(drawing.transcript.utf8)))"
        }
        var languages: [Words] = []
        for variant in variants where !languages.contains(where: { $0.language == variant.words.language }) {
            languages.append(variant.words)
        }
        let captions = try languages.map { try figure.caption(input, $0) }
        let table = try figure.table(input).map { table in
            "table: \(table.header.joined(separator: ",")) x \(table.rows.count), \(Drawing.digest(Data(table.csv.utf8)))"
        }
        let parts = captions + [table ?? "no table"] + digests
        picture = drawings[0].1
        text = parts.joined(separator: "\n") + "\n\n" + picture.transcript
    }

    /// Records the figure, or leaves what has changed beside what was recorded.
    func check(in folder: URL, as name: String) throws {
        let file = folder.appending(path: "\(name).txt")
        if FigureSnapshot.isRecording {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try text.write(to: file, atomically: true, encoding: .utf8)
        }
        let recorded = try? String(contentsOf: file, encoding: .utf8)
        let changed = folder.appending(path: "\(name)-changed.txt")
        let changedPicture = folder.appending(path: "\(name)-changed.svg")
        guard text != recorded else {
            for url in [changed, changedPicture] { try? FileManager.default.removeItem(at: url) }
            return
        }
        try text.write(to: changed, atomically: true, encoding: .utf8)
        try picture.svg().write(to: changedPicture)
        Issue.record("\(name) is not as recorded; compare \(file.lastPathComponent) with \(changed.lastPathComponent)")
    }
}
