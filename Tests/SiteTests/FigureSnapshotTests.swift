import Foundation
import Learn
import Render
import TestSupport
import Testing

@testable import Site

/// Compares every figure of the catalogue with its recorded snapshot.
///
/// A snapshot holds what the figure draws in Japanese on light ground, line by line, and digests of its other
/// variants. `RECORD_SNAPSHOTS=1 swift test --filter FigureSnapshotTests` records them anew, but never under CI.
@Suite struct FigureSnapshotTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Snapshots")
    private static let environment = ProcessInfo.processInfo.environment
    private static let isRecording = environment["RECORD_SNAPSHOTS"] == "1" && environment["CI"] == nil

    private static let input = FigureInput(
        dataset: Fixture.dataset, runs: Fixture.runs(), study: Fixture.study())
    static let figures = FigureCatalog.figures(for: Network.all, hasStudy: true)

    @Test(arguments: figures.map(\.id)) func figureLooksAsRecorded(id: String) throws {
        let figure = try #require(FigureSnapshotTests.figures.first { $0.id == id })
        let folder = FigureSnapshotTests.folder
        let file = folder.appending(path: "\(id).txt")
        let drawings = try FigureVariant.all.map { variant in
            (variant, try figure.draw(FigureSnapshotTests.input, variant.words, variant.theme, measure: PlainMeasure()))
        }
        let snapshot = try snapshot(of: figure, drawings)
        if FigureSnapshotTests.isRecording {
            try snapshot.write(to: file, atomically: true, encoding: .utf8)
        }
        let recorded = try? String(contentsOf: file, encoding: .utf8)
        let changed = folder.appending(path: "\(id)-changed.txt")
        let changedPicture = folder.appending(path: "\(id)-changed.svg")
        guard snapshot != recorded else {
            for url in [changed, changedPicture] { try? FileManager.default.removeItem(at: url) }
            return
        }
        try snapshot.write(to: changed, atomically: true, encoding: .utf8)
        try drawings[0].1.svg().write(to: changedPicture)
        Issue.record("\(id) is not as recorded; compare \(file.lastPathComponent) with \(changed.lastPathComponent)")
    }

    /// Not while new ones are still being written.
    @Test(.enabled(if: !isRecording)) func noSnapshotIsLeftOfAFigureThatIsGone() throws {
        let ids = Set(FigureSnapshotTests.figures.map(\.id))
        let names = try FileManager.default.contentsOfDirectory(atPath: FigureSnapshotTests.folder.path)
            .filter { $0.hasSuffix(".txt") && !$0.hasSuffix("-changed.txt") }
        #expect(Set(names.map { String($0.dropLast(4)) }) == ids)
    }

    private func snapshot(of figure: Figure, _ drawings: [(FigureVariant, Drawing)]) throws -> String {
        let digests = drawings.dropFirst().map { variant, drawing in
            "\(variant): \(Drawing.digest(Data(drawing.transcript.utf8)))"
        }
        let captions = try FigureVariant.words.map { try figure.caption(FigureSnapshotTests.input, $0) }
        let table = figure.table(FigureSnapshotTests.input).map { table in
            "table: \(table.header.joined(separator: ",")) x \(table.rows.count), \(Drawing.digest(Data(table.csv.utf8)))"
        }
        let parts = captions + [table ?? "no table"] + digests
        return parts.joined(separator: "\n") + "\n\n" + drawings[0].1.transcript
    }
}

/// A language and a theme in which every figure is drawn.
struct FigureVariant: CustomStringConvertible, Sendable {
    let words: Words
    let theme: Theme

    var description: String { "\(words.language.rawValue) \(theme.name)" }

    static let words: [Words] = Language.allCases.map { language in
        do {
            return try TestSite.words(language)
        } catch {
            preconditionFailure("the package's own strings cannot be read: \(error)")
        }
    }

    /// Japanese before English, light before dark.
    static let all = words.flatMap { words in Theme.all.map { FigureVariant(words: words, theme: $0) } }

    /// As few as hold each language and each theme.
    static let few = (0..<max(words.count, Theme.all.count)).map { index in
        FigureVariant(words: words[index % words.count], theme: Theme.all[index % Theme.all.count])
    }
}
