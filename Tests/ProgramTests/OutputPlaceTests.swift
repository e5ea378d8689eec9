import Foundation
import TestSupport
import Testing

/// Output folders that cannot be moved: working directories, mount points, folders that are bound to another place.
@Suite("Places of output") struct OutputPlaceTests {
    private let program: Program
    private let site: [String: Data]
    init() throws {
        program = try Program.finished()
        site = try program.contents(of: "output")
        try program.remove("output")
    }

    @Test func theWorkingDirectory() throws {
        try program.write("mine", to: "here/notes.txt")
        let render =
            Program.render.map { ["experiment.yml", "runs"].contains($0) ? "../" + $0 : $0 } + ["--output", "."]
        let script = "cd here; \(words(render)); ls index.html notes.txt"
        for _ in 0..<2 {
            let outcome = try program.run(shell: script)
            #expect(outcome.code == 0 && outcome.output.hasSuffix("index.html\nnotes.txt\n"), "\(outcome.errors)")
        }
        #expect(try program.contents(of: "here") == site.merging(["notes.txt": Data("mine".utf8)]) { $1 })
    }

    /// The program in a shell, whose paths hold no spaces.
    private func words(_ arguments: [String]) -> String { "\"$site_build\" " + arguments.joined(separator: " ") }

    /// A shell in which what it mounts is mounted for it alone.
    private static let unshare =
        "exec unshare --mount --propagation private \(geteuid() == 0 ? "" : "--map-root-user") sh -ec"
    private static let mayMount: Bool = {
        let outcome = try? Child(
            "/bin/sh", ["-c", "\(unshare) 'mount -t tmpfs none /mnt && mount --bind /mnt /mnt'"],
            in: FileManager.default.temporaryDirectory, environment: [:]
        ).outcome()
        return outcome?.code == 0
    }()

    @Test(
        .enabled(if: mayMount, "needs a machine that lets us mount in a namespace of our own"),
        arguments: [
            ("a mounted folder", "mount -t tmpfs none output"),
            ("a folder bound to itself", "mount --bind output output"),
            ("a folder bound to another place", "mkdir mirror; mount --bind output mirror"),
            (
                "a mounted folder in the folder",
                "mkdir output/disk; mount -t tmpfs none output/disk; echo a >output/disk/a"
            ),
        ])
    func mounts(_ name: String, _ mount: String) throws {
        // From nothing, then over a site that told of another address.
        let renders = [["--base-url", "https://example.org/"], []].map { words(Program.render + $0) }
        let outcome = try program.run(
            shell: """
                mkdir output
                \(OutputPlaceTests.unshare) '
                    \(mount)
                    mkdir -m 700 output/secret; echo mine >output/secret/a; ln -s nowhere output/link; chmod 750 output
                    \(renders.joined(separator: "\n"))
                    cp -a output seen; if [ -d mirror ]; then cp -a mirror mirrored; fi'
                """)
        #expect(outcome.code == 0, "\(outcome.errors)")
        let things = try program.things(in: "")
        #expect(things["seen"] == "folder 750" && things["seen/secret"] == "folder 700")
        #expect(things["seen/secret/a"] != nil && things["seen/link"] == "link to nowhere")
        #expect((things["seen/disk/a"] != nil) == mount.contains("disk"))
        #expect(things["seen/.site-build"] == nil)
        for seen in ["seen"] + (program.exists("mirrored") ? ["mirrored"] : []) {
            let files = try program.contents(of: seen)
            #expect(site.filter { !$0.key.hasPrefix(".") && files[$0.key] != $0.value }.isEmpty)
        }
        #expect(program.exists("mirrored") == mount.contains("mirror"))
    }

    /// Nothing can be moved into it from beside it: that is told while the folder is as it was.
    @Test(
        .enabled(if: mayMount, "needs a machine that lets us mount in a namespace of our own"),
        arguments: ["mount -t tmpfs none output/models", "mount --bind output/models output/models"])
    func aMountInTheWay(_ mount: String) throws {
        let outcome = try program.run(
            shell: """
                mkdir -p output/models; echo mine >output/notes.txt
                \(OutputPlaceTests.unshare) '
                    \(mount)
                    code=0; \(words(Program.render)) || code=$?
                    cp -a output seen; exit "$code"'
                """)
        #expect(outcome.code == 1)
        #expect(outcome.complaints.count == 1 && outcome.errors.contains("output/models is mounted there by itself"))
        #expect(try program.things(in: "seen").keys.sorted() == ["models", "notes.txt"])
    }
}
