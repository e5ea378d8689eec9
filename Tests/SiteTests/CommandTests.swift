import ArgumentParser
import Foundation
import Learn
import Testing

@testable import Site
@testable import site_build

@Suite struct CommandTests {
    private static let networks = {
        let names = Network.all.map { "'\($0.name)'" }
        return names.dropLast().joined(separator: ", ") + " or " + names[names.count - 1]
    }()

    private func parse<Command>(_ type: Command.Type = Command.self, _ arguments: [String]) throws -> Command {
        try #require(SiteBuild.parseAsRoot(arguments) as? Command)
    }

    @Test func withoutSubcommandEverythingIsBuilt() throws {
        let build = try parse(Build.self, [])
        #expect(build.training.networks == Network.all)
        #expect([.lenet5, .maxpool, .wide].map { build.runs.configuration(of: $0).epochs } == [50, 100, 100])
        #expect(build.runs.configuration(of: .wide).seed == RunOptions.defaultSeed)
        #expect((build.runs.runs, build.site.output, build.site.templates) == (".runs", "output", "templates"))
        #expect(!build.training.fresh && !build.data.allowOtherData && build.data.data == nil)
    }

    @Test func trainTakesItsOptions() throws {
        let train = try parse(
            Train.self,
            [
                "train", "--network", "wide", "--network", "lenet5", "--epochs", "3", "--seed", "7", "--runs", "r",
                "--threads", "2", "--fresh", "--data", "d", "--allow-other-data", "--log", "json", "--quiet",
            ])
        #expect(train.training.networks == [.lenet5, .wide])
        #expect(train.runs.configuration(of: .wide) == Configuration(network: "wide", epochs: 3, seed: 7))
        #expect(train.runs.store.folder.lastPathComponent == "r")
        #expect(train.training.threads == 2 && train.training.fresh)
        #expect(train.data.data == "d" && train.data.allowOtherData)
        #expect(train.log.log == .json && train.log.quiet)
    }

    @Test func renderTakesItsOptions() throws {
        let render = try parse(
            Render.self,
            ["render", "--runs", "r", "--output", "o", "--base-url", "https://example.org/a", "--templates", "t"])
        #expect((render.runs.runs, render.site.output, render.site.templates) == ("r", "o", "t"))
        #expect(render.site.baseURL == "https://example.org/a")
        #expect(render.runs.selection.epochs == nil && render.runs.selection.seed == nil)
    }

    @Test(arguments: [
        (
            ["--network", "resnet"],
            "The value 'resnet' is invalid for '--network <network>'. Please provide one of \(CommandTests.networks)"
        ),
        (["--epochs", "0"], "--epochs must be at least 1"),
        (["--threads", "0"], "--threads must be at least 1"),
        (["render", "--base-url", "ftp://x"], "--base-url must be an http or https address without ? or #"),
        (["render", "--base-url", "https://x/?a"], "--base-url must be an http or https address without ? or #"),
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

    @Test func theLearningRateIsPartOfTheConfiguration() throws {
        let train = try parse(Train.self, ["train", "--learning-rate", "0.25"])
        let settings = Adadelta(learningRate: 0.25)
        #expect(train.runs.configuration(of: .wide).optimizer == settings)
        #expect(train.runs.selection.optimizer == settings)
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
        #expect(Failure(RunStoreError.inUse(path: "x", holder: 1)).code == 3)
        #expect(Failure(SiteError.noTemplates(folder: "x")).message.contains("--templates"))
    }

    @Test func helpTellsTheExitCodes() {
        let help = SiteBuild.helpMessage()
        for code in ["0", "1", "2", "3", "4", "64", "130", "143"] { #expect(help.contains("  \(code) ")) }
    }
}
