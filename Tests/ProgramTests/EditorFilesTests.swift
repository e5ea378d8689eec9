import Foundation
import TestSupport
import Testing

/// What editors leave beside the files that they have open, in every folder that the program reads.
@Suite("Files of editors") struct EditorFilesTests {
    private static let folders = [
        "package/templates", "package/templates/partials", "package/templates/article", "package/templates/assets",
        "package/templates/strings/en", "package/templates/strings/ja", "package/Sources/Site", "data", "runs",
        "experiments",
    ]

    /// One with templates of its own.
    private func withPackage(_ program: Program) throws -> Program {
        let original = URL(filePath: Program.site[1]).deletingLastPathComponent()
        let package = program.folder.appending(path: "package")
        try FileManager.default.createDirectory(at: package, withIntermediateDirectories: true)
        for name in ["templates", "Sources"] {
            try FileManager.default.copyItem(at: original.appending(path: name), to: package.appending(path: name))
        }
        return program
    }

    /// Emacs's lock, copies and autosaves, Vim's swap file, its copy and its try whether it may write.
    private func open(_ file: URL) throws {
        let (folder, name) = (file.deletingLastPathComponent(), file.lastPathComponent)
        try FileManager.default.createSymbolicLink(
            atPath: folder.appending(path: ".#" + name).path, withDestinationPath: "me@machine.123:456")
        for other in [name + "~", ".\(name).swp", "4913", "#\(name)#", name + ".~1~", "._" + name] {
            let place = folder.appending(path: other)
            if !FileManager.default.fileExists(atPath: place.path) { try Data([0xFF, 0]).write(to: place) }
        }
    }

    @Test func areNoneOfOurs() throws {
        let program = try withPackage(Program.trained(.article))
        try program.write(Program.experiment(.article), to: "experiments/e.yml")
        let render =
            Program.render + [
                "--templates", "package/templates", "--experiment", "experiments/e.yml", "--data", "data",
            ]
        #expect(try program.run(render).code == 0)
        let site = try program.contents(of: "output")
        let list = try program.run(["runs", "--runs", "runs"]).output
        for folder in EditorFilesTests.folders {
            let url = program.folder.appending(path: folder)
            for name in try FileManager.default.contentsOfDirectory(atPath: url.path) where !name.hasPrefix(".") {
                try open(url.appending(path: name))
            }
        }
        let outcome = try program.run(render)
        #expect(outcome.code == 0, "\(outcome.errors)")
        #expect(try program.contents(of: "output") == site)
        #expect(try program.run(["runs", "--runs", "runs"]).output == list)
    }

    /// A template that cannot be read is told in one line, and the preview goes on.
    @Test(.timeLimit(.minutes(30))) func doNotStopThePreview() throws {
        let program = try withPackage(Program.trained())
        let partials = program.folder.appending(path: "package/templates/partials")
        let file = partials.appending(path: "figure.mustache")
        let text = try String(contentsOf: file, encoding: .utf8)
        let serve = ["serve", "--port", "0"] + Program.small + ["--templates", "package/templates"]
        let child = try program.start(serve)
        try child.waitForOutput("serving http://127.0.0.1:")
        try open(file)
        for (name, makeUnreadable, says) in [
            ("20-link.mustache", { _ = symlink("nowhere", $0) }, "No such file or directory"),
            ("20-pipe.mustache", { _ = mkfifo($0, 0o600) }, "Not a regular file"),
            ("20-text.mustache", { try? Data([0xFF]).write(to: URL(filePath: $0)) }, "as UTF-8 text"),
        ] as [(String, (String) -> Void, String)] {
            let told = "partials/\(name): cannot be read"
            makeUnreadable(partials.appending(path: name).path)
            try child.wait { $1.split(separator: "\n").contains { $0.contains(told) && $0.contains(says) } }
            let builds = try child.told().output.count("published")
            try FileManager.default.removeItem(at: partials.appending(path: name))
            try child.wait { output, _ in output.count("published") > builds }
        }
        #expect(try child.told().errors.count("\n") == 3)
        // And a template that is changed while all those files are there is seen.
        let builds = try child.told().output.count("published")
        try Data((text + "<!-- new -->").utf8).write(to: file, options: .atomic)
        try child.wait { output, _ in output.count("published") > builds }
        child.signal(SIGTERM)
        _ = try child.outcome()
    }
}

extension String {
    fileprivate func count(_ text: String) -> Int { ranges(of: text).count }
}
