import Foundation
import Learn
import TestSupport
import Testing

@testable import Site
@testable import site_build

@Suite struct SiteComparisonTests {
    private let folder = try! TemporaryFolder()

    /// Writes what the runs leave in a site: records and weights.
    private func publish(_ runs: [Run], in name: String) throws -> String {
        let facts = Facts(dataset: Fixture.dataset, runs: runs)
        for run in runs {
            let network = run.network
            let report = try RunReport(run, facts).json()
            try folder.write(String(decoding: report, as: UTF8.self), to: "\(name)/data/\(network.name).json")
            let weights = folder.url.appending(path: "\(name)/models/\(network.name).safetensors")
            try FileManager.default.createDirectory(
                at: weights.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(Safetensors.encode(run.weights, metadata: [:])).write(to: weights)
        }
        let list = try PublishedSite.list(of: runs.map(\.configuration.network))
        try folder.write(String(decoding: list, as: UTF8.self), to: "\(name)/\(PublishedSite.listPath)")
        return folder.url.appending(path: name).path
    }

    private func outcomes(_ runs: [Run], after earlier: [Run]) async throws -> [SiteComparison.Outcome] {
        let site = try await PublishedSite(at: publish(runs, in: "now"))
        let previous = try await PublishedSite(at: publish(earlier, in: "before"))
        return try SiteComparison(of: site, with: previous).networks.map(\.outcome)
    }

    /// These outcomes for the first networks, the others the same as before.
    private func rest(after first: [SiteComparison.Outcome]) -> [SiteComparison.Outcome] {
        first + Network.all.dropFirst(first.count).map { _ in .same }
    }

    @Test func theSameRunsAreTheSameToTheBit() async throws {
        #expect(try await outcomes(Fixture.runs(), after: Fixture.runs()) == rest(after: []))
    }

    @Test func oneBitOfAWeightIsSeen() async throws {
        var runs = Fixture.runs()
        let name = try #require(runs[1].weights.first?.name)
        let value = runs[1].weights[0].tensor.values[0]
        runs[1].weights[0].tensor.values[0] = Float(bitPattern: value.bitPattern ^ 1)
        let outcome = try await outcomes(runs, after: Fixture.runs())
        #expect(outcome[0] == .same && outcome[2] == .same, "\(name)")
        guard case .changed(let difference) = outcome[1] else {
            Issue.record("\(outcome[1])")
            return
        }
        #expect(difference.hasPrefix("weights: 1 of "))
    }

    @Test func aMetricIsSeenFromItsEpochOn() async throws {
        var runs = Fixture.runs()
        runs[2].history[4].testLoss = runs[2].history[4].testLoss.nextUp
        #expect(
            try await outcomes(runs, after: Fixture.runs())
                == rest(after: [.same, .same, .changed("history: from epoch 5 on")]))
    }

    @Test func anEvaluationIsComparedWhereBothHaveOne() async throws {
        var earlier = Fixture.runs()
        earlier[0].history[4].evaluatedTrain = nil
        #expect(try await outcomes(Fixture.runs(), after: earlier) == rest(after: []))
        #expect(try await outcomes(earlier, after: Fixture.runs()) == rest(after: []))
        earlier[0].history[4].evaluatedTrain = Evaluation(loss: 9, accuracy: 0)
        #expect(
            try await outcomes(Fixture.runs(), after: earlier) == rest(after: [.changed("history: from epoch 5 on")]))
    }

    @Test func otherSettingsAreNotJudged() async throws {
        var runs = Fixture.runs()
        runs[0].configuration.seed += 1
        runs[0].history[0].testLoss = 9
        runs[1].dataDigests["train-images-idx3-ubyte"] = "other"
        #expect(
            try await outcomes(runs, after: Fixture.runs()) == rest(after: [.otherSettings, .otherSettings]))
    }

    @Test func withoutAPreviousSiteAllIsNew() async throws {
        let site = try await PublishedSite(at: publish(Fixture.runs(), in: "now"))
        let previous = try await PublishedSite(at: folder.url.appending(path: "nowhere").path)
        #expect(previous.isEmpty)
        let comparison = try SiteComparison(of: site, with: previous)
        #expect(comparison.networks.map(\.outcome) == Network.all.map { _ in .new })
        #expect(comparison.changed.isEmpty)
        #expect(comparison.summary.contains("| lenet5 | new there | "))
    }

    /// Known by its day of publication or, without one, by the records of networks that the new site tells of.
    @Test(arguments: ["publication.json", "data/lenet5.json"])
    func aSiteThatListsNoNetworksIsOfAnEarlierVersion(trace: String) async throws {
        let now = try publish(Fixture.runs(), in: "now")
        try folder.write("{}", to: "before/\(trace)")
        let before = folder.url.appending(path: "before").path
        let site = try await PublishedSite(at: now)
        let previous = try await PublishedSite(at: before, knownBy: site.networks)
        #expect(previous.isEmpty && previous.isOfEarlierVersion && !site.isOfEarlierVersion)
        let comparison = try SiteComparison(of: site, with: previous)
        #expect(comparison.networks.map(\.outcome) == Network.all.map { _ in .earlierVersion })
        #expect(comparison.summary.contains("| lenet5 | made by an earlier version, not comparable | "))
        let table = folder.url.appending(path: "table.md").path
        let command = [before, "--output", now, "--summary", table]
        let compare = try #require(SiteBuild.parseAsRoot(["compare"] + command) as? Compare)
        await #expect(throws: EarlierVersion(previous: before)) { try await compare.run() }
        #expect(
            "\(EarlierVersion(previous: "p"))"
                == "p: made by an earlier version, which left no networks.json, and cannot be compared: "
                + "publish this site in its place, with --accept-changes")
        let accepting = try #require(
            SiteBuild.parseAsRoot(["compare", "--accept-changes"] + command) as? Compare)
        try await accepting.run()
    }

    /// A host that answers as if all were well, and with a page, where there is nothing; or says nothing of its kind.
    @Test(arguments: [
        ("text/html; charset=utf-8", "\n<!DOCTYPE html>\n<title>Nothing here</title>"), ("text/html", "Nothing here"),
        ("application/octet-stream", "\n<!DOCTYPE html>\n<title>Nothing here</title>"),
    ])
    func aPageForPeopleIsNoPreviousSite(type: String, text: String) async throws {
        let server = try HTTPServer(port: 0)
        Thread.detachNewThread {
            try? server.serve { _ in
                HTTPResponse(type: type, body: Data(text.utf8))
            }
        }
        let published = try await PublishedSite(at: "http://127.0.0.1:\(server.port)/article/")
        #expect(published.isEmpty)
    }

    @Test func aSiteOnTheWebIsRead() async throws {
        let site = try publish(Fixture.runs(), in: "now")
        let server = try HTTPServer(port: 0)
        Thread.detachNewThread {
            try? server.serve { request in
                guard let content = FileManager.default.contents(atPath: site + request.path) else {
                    return HTTPResponse(status: 404)
                }
                return HTTPResponse(type: HTTPResponse.type(of: request.path), body: content)
            }
        }
        let published = try await PublishedSite(at: "http://127.0.0.1:\(server.port)")
        let comparison = try SiteComparison(of: try await PublishedSite(at: site), with: published)
        #expect(comparison.networks.map(\.outcome) == rest(after: []))
        // Damage is not taken for a page.
        try folder.write("no record", to: "now/data/maxpool.json")
        await #expect(throws: SiteError.self) { try await PublishedSite(at: "http://127.0.0.1:\(server.port)") }
    }

    @Test func damagedFilesAreNamed() async throws {
        let site = try publish(Fixture.runs(), in: "now")
        try folder.write("{", to: "now/data/maxpool.json")
        let error = await #expect(throws: SiteError.self) { try await PublishedSite(at: site) }
        #expect("\(try #require(error))".contains("data/maxpool.json"))
        _ = try publish(Fixture.runs(), in: "now")
        try FileManager.default.removeItem(at: folder.url.appending(path: "now/models/wide.safetensors"))
        await #expect(
            throws: SiteError.step(
                "read", path: site, cause: "it has data/wide.json but no models/wide.safetensors")
        ) { try await PublishedSite(at: site) }
    }

    @Test func theSummaryTellsBeforeAndNow() async throws {
        var runs = Fixture.runs()
        runs[0].configuration.seed += 1
        runs[0].history[7].testLoss = 0.5
        let site = try await PublishedSite(at: publish(runs, in: "now"))
        let previous = try await PublishedSite(at: publish(Fixture.runs(), in: "before"))
        let lines = try SiteComparison(of: site, with: previous).summary.split(separator: "\n")
        #expect(lines.count == 2 + Network.all.count)
        #expect(lines[2].contains("other settings or data, not comparable") && lines[2].contains(" → 0.5000 |"))
    }

    @Test func theCommandFailsUnlessChangesAreAccepted() async throws {
        var runs = Fixture.runs()
        runs[0].confusionMatrix[0][0] += 1
        let site = try publish(runs, in: "now")
        let previous = try publish(Fixture.runs(), in: "before")
        let summary = folder.url.appending(path: "summary.md")
        let arguments = ["compare", previous, "--output", site, "--summary", summary.path]
        let compare = try #require(SiteBuild.parseAsRoot(arguments) as? Compare)
        let failure = ChangedResults(networks: ["lenet5"], previous: previous)
        await #expect(throws: failure) { try await compare.run() }
        #expect(Failure(failure).code == 4)
        #expect(try String(contentsOf: summary, encoding: .utf8).contains("CHANGED"))
        let lenient = try #require(SiteBuild.parseAsRoot(arguments + ["--accept-changes"]) as? Compare)
        try await lenient.run()
    }
}
