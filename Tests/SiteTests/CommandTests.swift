import ArgumentParser
import Foundation
import Learn
import TestSupport
import Testing

@testable import Site
@testable import site_build

@Suite struct CommandTests {
    private let setup = Setup(
        experiment: TestSite.experiment, dataset: Fixture.fashion, networks: Network.all, arguments: [])

    private func parse<Command>(_ type: Command.Type = Command.self, _ arguments: [String]) throws -> Command {
        try #require(SiteBuild.parseAsRoot(arguments) as? Command)
    }

    @Test func withoutSubcommandEverythingIsBuilt() throws {
        let build = try parse(Build.self, [])
        #expect(try build.training.networks(setup) == Network.all)
        #expect(
            [.lenet5, .maxpool, .wide].map { build.runs.configuration(of: $0, .standard).epochs } == [50, 100, 100])
        #expect(build.runs.configuration(of: .wide, .standard).seed == 0)
        #expect((build.runs.runs, build.site.output, build.site.templates) == (".runs", "output", "templates"))
        #expect(!build.training.fresh && build.experiment.data == nil && build.experiment.arguments == [])
        #expect(try build.experiment.read() == Experiment(contentsOf: URL(filePath: "experiments/fashion-mnist.yml")))
    }

    @Test func trainTakesItsOptions() throws {
        let train = try parse(
            Train.self,
            [
                "train", "--network", "wide", "--network", "lenet5", "--epochs", "3", "--seed", "7", "--runs", "r",
                "--threads", "2", "--fresh", "--data", "d", "--experiment", "e.yml", "--log", "json", "--quiet",
            ])
        #expect(try train.training.networks(setup) == [.lenet5, .wide])
        #expect(train.runs.configuration(of: .wide, .standard) == Configuration(.wide, epochs: 3, seed: 7))
        #expect(train.runs.store.folder.lastPathComponent == "r")
        #expect(train.training.threads == 2 && train.training.fresh)
        #expect(train.experiment.arguments == ["--experiment", "e.yml", "--data", "d"])
        #expect(train.log.log == .json && train.log.quiet)
    }

    @Test func renderTakesItsOptions() throws {
        let render = try parse(
            Render.self,
            ["render", "--runs", "r", "--output", "o", "--base-url", "https://example.org/a", "--templates", "t"])
        #expect((render.runs.runs, render.site.output, render.site.templates) == ("r", "o", "t"))
        #expect(render.site.baseURL == "https://example.org/a")
        #expect(render.runs.selection(setup).epochs == nil && render.runs.selection(setup).seed == nil)
    }

    @Test(arguments: [
        (["--epochs", "0"], "--epochs must be at least 1"),
        (["--threads", "0"], "--threads must be at least 1"),
        (["render", "--base-url", "ftp://x"], "--base-url must be an http or https address without user, ? or #"),
        (["render", "--base-url", "https://x/?a"], "--base-url must be an http or https address without user, ? or #"),
        (["render", "--date", "2026-02-30"], "The value '2026-02-30' is invalid for '--date <date>'"),
        (["render", "--previous", "x"], "--previous wants --base-url as well"),
        (["study", "plan", "--seeds", "1", "--format", "slurm", "--jobs", "0"], "--jobs must be at least 1"),
        (
            ["study", "plan", "--seeds", "1", "--format", "github", "--jobs", "257"],
            "--jobs must be at most 256 with --format github"
        ),
        (["study", "plan", "--seeds", "1", "--jobs", "2"], "--jobs goes with --format slurm or github"),
        (["--learning-rate", "0"], "--learning-rate must be greater than 0"),
        (["predict", "--network", "wide", "--images", "0"], "--images must be at least 1"),
        (["study", "plan", "--seeds", "1", "--learning-rate", "nan"], "--learning-rate must be greater than 0"),
        (["study", "plan", "--seeds", "1", "--epochs", "0"], "--epochs must be at least 1"),
        (["study", "plan", "--seeds", "3-1"], "The value '3-1' is invalid for '--seeds <seeds>'"),
        (
            ["study", "plan", "--seeds", "1", "--runs", "a\nb"],
            "--runs must not hold a line break: a plan has a command a line"
        ),
        (["--nonsense"], "Unknown option '--nonsense'"),
    ])
    func wrongArgumentsAreToldInOneLine(_ arguments: [String], _ message: String) {
        let error = #expect(throws: (any Error).self) { try SiteBuild.parseAsRoot(arguments) }
        guard let error else { return }
        let failure = Failure(error)
        #expect(failure.message == message + "; see site-build --help")
        #expect(failure.code == 64)
    }

    @Test func theDayIsTheOptionsElseTheEnvironmentsElseToday() throws {
        let epoch = ["SOURCE_DATE_EPOCH": "86400"]
        func day(_ arguments: [String], _ environment: [String: String]) throws -> Day? {
            try parse(Render.self, ["render"] + arguments).site.day(environment: environment)
        }
        #expect(try day(["--date", "2026-11-24"], epoch)?.text == "2026-11-24")
        #expect(try day([], epoch)?.text == "1970-01-02")
        #expect(try day([], [:]) == nil && day([], ["SOURCE_DATE_EPOCH": ""]) == nil)
        let before = Day(Date())
        let today = try day(["--base-url", "https://example.org"], [:])
        #expect(today == before || today == Day(Date()))
        for wrong in ["abc", "1.5", "-1", "1e400", "nan", " 1", "99999999999999", "99999999999999999999"] {
            let error = #expect(throws: (any Error).self) { try day([], ["SOURCE_DATE_EPOCH": wrong]) }
            let failure = Failure(try #require(error))
            #expect(
                failure.message == "$SOURCE_DATE_EPOCH must be a whole number of seconds since 1970, not '\(wrong)'; "
                    + "see site-build --help")
            #expect(failure.code == 64)
        }
        // What is not needed is not read.
        #expect(try day(["--date", "2026-11-24"], ["SOURCE_DATE_EPOCH": "abc"])?.text == "2026-11-24")
    }

    /// The version stands in the program; the files for people say the same.
    @Test func theVersionIsToldOnceAndTheSame() throws {
        let error = #expect(throws: (any Error).self) { try SiteBuild.parseAsRoot(["--version"]) }
        #expect(SiteBuild.message(for: try #require(error)) == "site-build \(SiteBuild.version)")
        func lines(_ file: String) throws -> [Substring] {
            try String(contentsOf: TestSite.package.appending(path: file), encoding: .utf8).split(separator: "\n")
        }
        #expect(try lines("CITATION.cff").contains("version: \(SiteBuild.version)"))
        let headings = try lines("CHANGELOG.md").filter { $0.hasPrefix("## ") }
        // What is not released yet has no number; before the first release nothing has.
        let newest = headings.first { $0 != "## Unreleased" }
        #expect(newest == nil || newest?.hasPrefix("## \(SiteBuild.version)") == true)
        #expect(!headings.isEmpty)
    }

    /// Standard output and error are written where each write is checked, and nowhere else.
    @Test func nothingIsWrittenUnchecked() throws {
        let sources = TestSite.package.appending(path: "Sources")
        let paths = try FileManager.default.subpathsOfDirectory(atPath: sources.path).filter { $0.hasSuffix(".swift") }
        #expect(paths.count > 200)
        for path in paths where path != "Site/Command/StandardStream.swift" {
            let text = try String(contentsOf: sources.appending(path: path), encoding: .utf8)
            #expect(text.firstMatch(of: /\b(print|debugPrint|dump|f?puts|fwrite)\(/) == nil, "\(path)")
            #expect(text.firstMatch(of: /FileHandle\.standard(Output|Error)|\bstd(out|err)\b/) == nil, "\(path)")
        }
    }

    @Test func theOptimizerIsPartOfTheConfiguration() throws {
        let train = try parse(Train.self, ["train", "--optimizer", "sgd momentum 0.9", "--learning-rate", "0.25"])
        #expect(train.runs.configuration(of: .wide, .standard).optimizer == .sgd(learningRate: 0.25, momentum: 0.9))
        let refusal = #expect(throws: (any Error).self) { try parse(Train.self, ["train", "--optimizer", "adm"]) }
        let line = try Failure(#require(refusal)).message
        #expect(line.contains("\"adm\": write adadelta, sgd or adam") && !line.contains("\n"))
    }

    @Test func theLearningRateIsPartOfTheConfiguration() throws {
        let train = try parse(Train.self, ["train", "--learning-rate", "0.25"])
        let settings = Optimizer.adadelta(learningRate: 0.25)
        #expect(train.runs.configuration(of: .wide, .standard).optimizer == settings)
        #expect(train.runs.selection(setup).optimizer == settings)
    }

    @Test func whatTheExperimentSaysNeedsNoOption() throws {
        let train = try parse(Train.self, ["train"])
        let training = ExperimentTraining(optimizer: .adam(learningRate: 0.5), batchSize: 20, seed: 7)
        #expect(
            train.runs.configuration(of: .lenet5, training)
                == Configuration(.lenet5, epochs: 50, seed: 7, batchSize: 20, optimizer: .adam(learningRate: 0.5)))
    }

    @Test func aNetworkThatTheExperimentLacksIsToldOf() throws {
        let train = try parse(Train.self, ["train", "--network", "lenet"])
        let error = #expect(throws: (any Error).self) { try train.training.networks(setup) }
        let failure = Failure(try #require(error))
        #expect(failure.code == 64)
        #expect(failure.message.contains("fashion-mnist.yml has no network \"lenet\"; did you mean lenet5?"))
    }

    @Test(
        arguments: [
            ("7", [7]), ("1-3", [1, 2, 3]), ("1,5-6,9", [1, 5, 6, 9]), ("2,1-3", [2, 1, 3]), ("", nil), ("1-", nil),
            ("-1", nil), ("1,,2", nil), ("1-2-3", nil), ("x", nil), ("0-18446744073709551615", nil),
            ("1-100000,1", nil),
        ] as [(String, [UInt64]?)])
    func seedsAreNumbersAndRanges(_ text: String, _ seeds: [UInt64]?) {
        #expect(SeedList(argument: text)?.seeds == seeds)
    }

    @Test func eachKindOfErrorHasItsCode() {
        #expect(Failure(SiteError.noTemplates(folder: "x")).code == 1)
        #expect(Failure(DataError.empty(path: "x")).code == 2)
        #expect(Failure(ExperimentError.missing("x")).code == 2)
        #expect(Failure(RunStoreError.inUse(path: "x", holder: 1)).code == 3)
        #expect(Failure(SiteError.noTemplates(folder: "x")).message.contains("--templates"))
    }

    @Test func helpTellsTheExitCodes() {
        let help = SiteBuild.helpMessage()
        for code in ["0", "1", "2", "3", "4", "64", "74", "130", "141", "143"] { #expect(help.contains("  \(code) ")) }
    }
}
