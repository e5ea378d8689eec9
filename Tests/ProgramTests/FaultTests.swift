import Foundation
import Site
import Testing

/// Each fault gives one line that says what, where and what to do, and loses nothing.
@Suite("Faults") struct FaultTests {
    /// Checks an outcome, and that the results are as they were.
    private func expect(
        _ outcome: Program.Outcome, _ code: Int32, says words: [String], _ program: Program, keeps: [String: Data],
        location: SourceLocation = #_sourceLocation
    ) throws {
        #expect(outcome.code == code, sourceLocation: location)
        #expect(outcome.complaints.count == 1, "\(outcome.errors)", sourceLocation: location)
        for word in words { #expect(outcome.errors.contains(word), "\(outcome.errors)", sourceLocation: location) }
        #expect(try program.results() == keeps, sourceLocation: location)
    }

    @Test func aMissingFontShowsBeforeTraining() throws {
        let program = try Program()
        try program.write("<fontconfig></fontconfig>", to: "fonts.conf")
        let fonts = ["FONTCONFIG_FILE": program.folder.appending(path: "fonts.conf").path]
        let outcome = try program.run(Program.build, environment: fonts)
        try expect(outcome, 1, says: ["Noto Sans CJK JP", "apt-get install"], program, keeps: [:])
    }

    @Test func mistakesInTemplatesKeepTheSite() throws {
        let program = try Program.finished(.article)
        let before = try program.results()
        let original = URL(filePath: Program.site[1])
        let package = program.folder.appending(path: "package")
        try FileManager.default.createDirectory(at: package, withIntermediateDirectories: true)
        // Beside the templates lie the sources from which the article quotes.
        for name in ["templates", "Sources"] {
            try FileManager.default.copyItem(
                at: original.deletingLastPathComponent().appending(path: name), to: package.appending(path: name))
        }
        let sections = try Language.all(in: original).map { language in
            let folder = package.appending(path: "templates/article").path
            let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
            return try #require(names.first { $0.hasSuffix(".\(language.code).md") })
        }
        for (mistake, says) in [
            ("{lenet5.learned -> [yes] Yes.", "is not closed"), ("{nothing}", "there is no fact \"nothing\""),
            ("::table none", "there is no table \"none\""), ("{lenet5.epochs", "write {fact}"),
        ] {
            for section in sections {
                let path = "package/templates/article/\(section)"
                let text = try String(contentsOf: original.appending(path: "article/\(section)"), encoding: .utf8)
                try program.write(text + "\n" + mistake + "\n", to: path)
            }
            let outcome = try program.run(Program.render + ["--templates", "package/templates"])
            try expect(outcome, 1, says: [says, ".md:"], program, keeps: before)
        }
    }

    @Test func aTrainingThatRunsAwayStoresNothing() throws {
        let program = try Program()
        let outcome = try program.run(["train"] + Program.small + ["--learning-rate", "1e38"])
        try expect(outcome, 3, says: ["diverged in epoch 1", "lower the learning rate"], program, keeps: [:])
    }

    /// A network that is dead is stored, for it is what was asked for, and told.
    @Test func aTrainingThatLearnsNothingIsTold() throws {
        let program = try Program()
        let dead = ["train", "--network", "conv"] + Program.small + ["--learning-rate", "1e4"]
        let warning =
            "warning: conv, 4 epochs, seed 0: no better than guessing: test accuracy "
        for state in ["trained", "already trained"] {
            let outcome = try program.run(dead)
            #expect(outcome.code == 0 && outcome.output.contains(": \(state), ") && outcome.output.contains(warning))
        }
        let events = try program.run(dead + ["--log", "json"]).output
        #expect(events.contains("\"event\":\"guesswork\""))
        #expect(try !program.run(["train", "--network", "conv"] + Program.small).output.contains("warning"))
    }

    /// A pipe in a run's folder keeps no command waiting.
    @Test func whatIsNoFileIsTold() throws {
        let program = try Program.trained()
        for (path, _) in try program.contents(of: "runs") where path.contains("/run.json") || path.contains("weights") {
            let file = program.folder.appending(path: "runs/\(path)")
            let content = try Data(contentsOf: file)
            try program.remove("runs/\(path)")
            try #require(mkfifo(file.path, 0o600) == 0)
            let list = try program.run(["runs", "--runs", "runs"])
            #expect(list.code == 0 && list.output.contains("not a regular file"))
            for (arguments, code) in [
                (Program.render, 1), (["train"] + Program.small, 3),
                (["study", "summary"] + Program.small, 0),
            ] as [([String], Int32)] {
                #expect(try program.run(arguments).code == code)
            }
            try program.remove("runs/\(path)")
            try content.write(to: file)
        }
    }

    @Test func quietTellsErrorsOnly() throws {
        let program = try Program()
        let outcome = try program.run(["train", "--quiet"] + Program.small)
        #expect(outcome.code == 0 && outcome.output.isEmpty && outcome.errors.isEmpty, "\(outcome)")
        let before = try program.results()
        let failure = try program.run(["train", "--quiet"] + Program.small + ["--learning-rate", "1e38"])
        #expect(failure.output.isEmpty)
        try expect(failure, 3, says: ["diverged"], program, keeps: before)
    }

    @Test func theJSONLogEndsWithTheError() throws {
        let program = try Program()
        let outcome = try program.run(["train", "--log", "json"] + Program.small + ["--learning-rate", "1e38"])
        let events = try outcome.output.split(separator: "\n").map {
            try #require(JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
        }
        #expect(events.first?["event"] as? String == "data")
        let last = try #require(events.last)
        #expect(last["event"] as? String == "failed" && last["code"] as? Int == 3)
        let message = try #require(last["message"] as? String)
        try expect(outcome, 3, says: [message], program, keeps: [:])
    }

    @Test func foreignFilesAreKeptAndNotOverwritten() throws {
        let program = try Program()
        try program.write("mine", to: "output/notes.txt")
        #expect(try program.run(Program.build).code == 0)
        #expect(try program.contents(of: "output")["notes.txt"] == Data("mine".utf8))

        try program.remove("output")
        try program.write("mine too", to: "output/index.html")
        let before = try program.results()
        let outcome = try program.run(Program.render)
        try expect(outcome, 1, says: ["index.html there is not from a build"], program, keeps: before)
        // Before anything is trained.
        try program.remove("runs")
        try expect(
            program.run(Program.build), 1, says: ["index.html there is not from a build"], program,
            keeps: before.filter { $0.key.hasPrefix("output/") })
        let nowhere = try program.run(Program.render + ["--output", ""])
        #expect(nowhere.code == 64 && nowhere.errors.contains("--output must name a folder"))
    }

    @Test func someFoldersAreRefused() throws {
        let program = try Program()
        let package = URL(filePath: Program.site[1]).deletingLastPathComponent()
        for folder in ["/", NSHomeDirectory(), package.path + "/Sources/Site", package.path] {
            let outcome = try program.run(Program.build + ["--output", folder])
            try expect(outcome, 1, says: ["refusing to write to"], program, keeps: [:])
        }
    }

    @Test func damagedRunsAreRefusedByNameAndTrainedAnewWhenAsked() throws {
        let program = try Program.finished()
        let whole = try program.results()
        for (path, content) in whole.sorted(by: { $0.key < $1.key })
        where path.hasPrefix("runs/conv") && !path.hasSuffix("inspection.safetensors") {
            for damaged in [content.dropLast(3), content.flippingBit()] {
                try damaged.write(to: program.folder.appending(path: path))
                let before = try program.results()
                let outcome = try program.run(Program.build)
                // The digest of run.json and run.json itself vouch for each other.
                let name = path.replacing("runs/", with: "").replacing(".sha256", with: "")
                try expect(outcome, 3, says: [name, "--fresh"], program, keeps: before)
            }
            #expect(try program.run(["train", "--fresh", "--network", "conv"] + Program.small).code == 0)
            #expect(try program.results() == whole)
        }
    }

    /// It follows from the run, so that nobody need remove it.
    @Test func aDamagedInspectionIsMeasuredAnewAndTold() throws {
        let program = try Program.finished()
        let whole = try program.results()
        let path = try #require(whole.keys.first { $0.hasSuffix("inspection.safetensors") })
        let content = try #require(whole[path])
        for damaged in [content.dropLast(3), content.flippingBit(), Data()] {
            try damaged.write(to: program.folder.appending(path: path))
            let outcome = try program.run(Program.render)
            #expect(outcome.code == 0 && outcome.errors == "", "\(outcome)")
            #expect(outcome.output.contains(/passed over: .*inspection\.safetensors: .*: inspected anew/))
            #expect(try program.results() == whole)
        }
    }

    @Test func anInspectionThatCannotBeKeptIsTold() throws {
        let program = try Program.finished()
        let whole = try program.results()
        let path = try #require(whole.keys.first { $0.hasSuffix("inspection.safetensors") })
        try program.remove(path)
        try program.write("", to: path + ".partial/something")
        let outcome = try program.run(Program.render)
        #expect(outcome.code == 0 && outcome.errors == "", "\(outcome)")
        #expect(outcome.output.contains("not kept: the inspection of conv: "))
        try program.remove(path + ".partial")
        #expect(try program.run(Program.render).code == 0)
        #expect(try program.results() == whole)
    }

    @Test func dataThatVanishesDoesNoHarm() throws {
        let program = try Program()
        let child = try program.start(Program.build)
        // By then everything has been read.
        try child.waitForOutput("training and")
        try program.remove("data")
        let outcome = try child.outcome()
        #expect(outcome.code == 0, "\(outcome)")
        let before = try program.results()
        try expect(program.run(Program.build), 2, says: ["data", "the experiment"], program, keeps: before)
    }

    @Test func oneOfTheFilesMayVanish() throws {
        let program = try Program()
        try program.remove("data/t10k-labels-idx1-ubyte")
        try expect(program.run(Program.build), 2, says: ["t10k-labels-idx1-ubyte"], program, keeps: [:])
    }
}

extension Data {
    /// The data with a bit in the middle turned over.
    fileprivate func flippingBit() -> Data {
        var copy = self
        copy[copy.startIndex + count / 2] ^= 4
        return copy
    }
}
