import ArgumentParser
import Foundation
import Learn
import Site

struct Compare: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Compares a site with the one published before: the bits of the weights, and the metrics.",
        discussion: """
            The same settings and data must leave the same results to the bit; if they do not, the command fails. \
            Networks trained with other settings or data are listed, but not judged. Where there is no previous \
            site, there is nothing to compare. One that an earlier version made cannot be compared, and the command \
            fails.
            """)

    @Argument(help: "The previous site: a folder, or an http or https address.")
    var previous: String

    @Option(help: "Folder of the new site.")
    var output = "output"

    @Option(help: "File to which the table is added as Markdown.")
    var summary: String?

    @Flag(
        help: """
            Succeed even if the same settings left other results, after a change of the program, or if the previous \
            site is of an earlier version.
            """)
    var acceptChanges = false

    func run() async throws {
        let site = try await PublishedSite(at: output)
        let published = try await PublishedSite(at: previous, knownBy: site.networks)
        let comparison = try SiteComparison(of: site, with: published)
        if let summary { try add(comparison.summary, to: URL(filePath: summary)) }
        let first =
            published.isEmpty && !published.isOfEarlierVersion
            ? "no site at \(previous.printable) yet: this is the first\n" : ""
        let telling = Result { () throws(StreamError) in
            try StandardStream.output.write(first + comparison.summary)
        }
        // The verdict stands even if nobody reads the table.
        if !comparison.changed.isEmpty && !acceptChanges {
            throw ChangedResults(networks: comparison.changed, previous: previous)
        }
        if published.isOfEarlierVersion && !acceptChanges { throw EarlierVersion(previous: previous) }
        try telling.get()
    }

    private func add(_ text: String, to file: URL) throws {
        do {
            try OpenFile(file, O_WRONLY | O_APPEND | O_CREAT).write(Array(text.utf8))
        } catch {
            throw SiteError.step("write", path: file.path, cause: error.reason)
        }
    }
}
