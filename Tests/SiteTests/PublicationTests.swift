import Foundation
import Learn
import TestSupport
import Testing

@testable import Site

@Suite struct PublicationTests {
    @Test(
        arguments: [
            ("https://example.org", "https://example.org/", "/"),
            ("https://example.org//", "https://example.org/", "/"),
            ("HTTPS://Example.ORG/Article", "https://example.org/Article/", "/Article/"),
            ("http://127.0.0.1:8000//a///b//", "http://127.0.0.1:8000/a/b/", "/a/b/"),
            ("https://example.org/./a/../b/%2E%2e/../..//c", "https://example.org/c/", "/c/"),
            ("https://example.org/\\evil.example/", "https://example.org/%5Cevil.example/", "/%5Cevil.example/"),
            ("https://[::1]:80/a b", "https://[::1]:80/a%20b/", "/a%20b/"),
            ("https://例え.jp/図", "https://xn--r8jz45g.jp/%E5%9B%B3/", "/%E5%9B%B3/"),
        ])
    func anAddressHasOneSpelling(_ text: String, _ address: String, _ path: String) throws {
        let read = try #require(SiteAddress(text))
        #expect(read.text == address && read.path == path)
        #expect(SiteAddress(address) == read)
    }

    @Test(arguments: [
        "", "example.org", "//example.org/", "ftp://example.org/", "https:", "https:///a", "https:/a", "https://u@x/",
        "https://u:p@x/", "https://@x/", "https://x/?", "https://x/?a", "https://x/#", "https://x:99999/",
        " https://x/", "/tmp/site", "javascript://x/",
    ])
    func whatIsNoAddressIsRefused(_ text: String) { #expect(SiteAddress(text) == nil) }

    @Test(arguments: ["0001-01-01", "1970-01-01", "2024-02-29", "2026-11-24", "9999-12-31"])
    func daysAreRead(_ text: String) throws {
        let day = try #require(Day(text))
        #expect(day.text == text && Day(day.date + 86399) == day)
    }

    @Test(arguments: [
        "2026-02-30", "2025-02-29", "2026-13-01", "2026-00-10", "2026-01-00", "2026-04-31", "2026-1-1", "26-01-01",
        "2026-11-24T00:00:00Z", "2026-11-24 ", "２０２６-11-24", "today", "",
    ])
    func whatIsNoDayIsRefused(_ text: String) { #expect(Day(text) == nil) }
}

/// The day of publication moves only with the site.
@Suite struct PublicationDayTests {
    private let folder = try! TemporaryFolder()

    private func publish(
        _ day: String, _ name: String, after previous: String? = nil, of materials: SiteMaterials = .usual,
        address: String = "https://example.org/article/"
    ) async throws -> [String: String] {
        var record: PublicationRecord?
        if let previous { record = try await PublicationRecord(at: folder.url.appending(path: previous).path) }
        let builder = SiteBuilder(
            templates: TestSite.templates, output: folder.url.appending(path: name),
            publication: Publication(address: SiteAddress(address), day: Day(day), previous: record))
        try builder.build(materials) { _ in }
        return try folder.contents(of: name).mapValues { String(decoding: $0, as: UTF8.self) }
    }

    /// The days that a site tells wherever it tells one.
    private func days(_ site: [String: String]) -> Set<String> {
        let dated =
            Language.allCases.flatMap { [$0.home.path, $0.feedPath] } + ["sitemap.xml", PublicationRecord.path]
        let text = dated.map { site[$0, default: ""] }.joined()
        return Set(text.matches(of: /20[0-9]{2}-[0-9]{2}-[0-9]{2}/).map { String($0.0) })
    }

    @Test func staysIfNothingHasChanged() async throws {
        let first = try await publish("2026-01-01", "first")
        #expect(days(first) == ["2026-01-01"])
        let second = try await publish("2026-01-02", "second", after: "first")
        #expect(second == first)
        #expect(try await publish("2027-01-03", "third", after: "second") == first)
    }

    @Test func movesIfAnythingHas() async throws {
        _ = try await publish("2026-01-01", "first")
        var runs = Fixture.runs()
        runs[0].history[2].testLoss += 0.001
        let other = SiteMaterials(dataset: Fixture.dataset, runs: runs, figures: TestSite.figures)
        #expect(days(try await publish("2026-01-02", "second", after: "first", of: other)) == ["2026-01-02"])
        let moved = try await publish("2026-01-02", "third", after: "first", address: "https://example.org/")
        #expect(days(moved) == ["2026-01-02"])
    }

    @Test func isTodayWhereNoSiteOrAnotherWasBefore() async throws {
        #expect(days(try await publish("2026-01-02", "first", after: "nowhere")) == ["2026-01-02"])
        try folder.write("<!doctype html><title>404</title>", to: "other/\(PublicationRecord.path)")
        #expect(days(try await publish("2026-01-02", "second", after: "other")) == ["2026-01-02"])
        try folder.write("{\"date\":\"2026-02-30\",\"digest\":\"\"}", to: "odd/\(PublicationRecord.path)")
        #expect(days(try await publish("2026-01-02", "third", after: "odd")) == ["2026-01-02"])
    }

    @Test func theLostReaderStaysOnTheHost() async throws {
        let page = try #require(try await publish("2026-01-01", "site", address: "https://example.org//")["404.html"])
        let links = LinkCheck.links(in: page)
        #expect(links.contains { $0.hasSuffix("/assets/site.css") })
        #expect(links.allSatisfy { $0.hasPrefix("/") && !$0.hasPrefix("//") })
    }
}
