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

    private static let input = FigureInput(
        dataset: Fixture.dataset, runs: Fixture.runs(), study: Fixture.study(), factorial: Fixture.factorial())
    static let figures = FigureCatalog.figures(for: Network.all, hasStudy: true, hasFactors: true)

    @Test(arguments: figures.map(\.id)) func figureLooksAsRecorded(id: String) throws {
        let figure = try #require(FigureSnapshotTests.figures.first { $0.id == id })
        try FigureSnapshot(figure, FigureSnapshotTests.input, variants: FigureVariant.all)
            .check(in: FigureSnapshotTests.folder, as: id)
    }

    /// The same of figures that another experiment has, or that look otherwise there.
    @Test(arguments: OtherFigures.recorded) func otherFigureLooksAsRecorded(name: String) throws {
        let parts = name.split(separator: "/").map(String.init)
        let other = try #require(OtherFigures.all.first { $0.name == parts[0] })
        let figure = try #require(other.figures.first { $0.id == parts[1] })
        try FigureSnapshot(figure, other.input, variants: other.variants())
            .check(in: FigureSnapshotTests.folder.appending(path: parts[0]), as: parts[1])
    }

    /// Not while new ones are still being written.
    @Test(.enabled(if: !FigureSnapshot.isRecording)) func noSnapshotIsLeftOfAFigureThatIsGone() throws {
        let ids = Set(FigureSnapshotTests.figures.map(\.id))
        let names = try FileManager.default.contentsOfDirectory(atPath: FigureSnapshotTests.folder.path)
            .filter { $0.hasSuffix(".txt") && !$0.hasSuffix("-changed.txt") }
        #expect(Set(names.map { String($0.dropLast(4)) }) == ids)
    }
}

/// A language, a theme and a format in which every figure is drawn.
struct FigureVariant: CustomStringConvertible, Sendable {
    let words: Words
    let theme: Theme
    /// Nil for what the figure is made for.
    var format: Format?

    var description: String {
        "\(words.language.code) \(theme.name)" + (format.map { " \($0.rawValue)" } ?? "")
    }

    static let words: [Words] = Language.allCases.map { language in
        do {
            return try TestSite.words(language)
        } catch {
            preconditionFailure("the package's own strings cannot be read: \(error)")
        }
    }

    /// Each language in one theme where there is room, and in the other on a phone: themes differ in colours alone.
    static let all =
        few
        + few.reversed().enumerated().map { index, other in
            FigureVariant(words: few[index].words, theme: other.theme, format: .narrow)
        }

    /// As few as hold each language and each theme.
    static let few = (0..<max(words.count, Theme.all.count)).map { index in
        FigureVariant(words: words[index % words.count], theme: Theme.all[index % Theme.all.count])
    }
}
