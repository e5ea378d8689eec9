import Foundation
import Testing

/// What only root can bring about: file systems that are full or read-only, a machine without network.
@Suite("Machines in trouble", .enabled(if: geteuid() == 0 && MountedFolder.isPossible, "needs a root that may mount"))
struct TroubledMachineTests {
    @Test func aFullDiskUnderTheRuns() throws {
        // Of a network whose state is larger than a few pages of the disk.
        let reference = try Program(.large)
        let program = try Program(.large)
        let disk = try MountedFolder(program.folder.appending(path: "runs"), size: "5m")
        defer { disk.unmount() }
        // An earlier run of another seed, complete, and then hardly any room for the next.
        #expect(try program.run(["train"] + Program.small + ["--seed", "1"]).code == 0)
        let before = try program.results()
        // Those of the run, and the weights before and after all epochs but the last.
        #expect(before.count == 4 + 4)
        try disk.leave(kilobytes: 300)
        let outcome = try program.run(["train"] + Program.small)
        #expect(outcome.code == 3)
        #expect(outcome.complaints.count == 1)
        #expect(outcome.errors.contains("No space left on device"))
        #expect(try program.results() == before)

        try disk.remount("size=50m")
        for seed in ["1", "0"] {
            #expect(try reference.run(["train"] + Program.small + ["--seed", seed]).code == 0)
        }
        #expect(try program.run(["train"] + Program.small).code == 0)
        let (results, expected) = try (program.results(), reference.results())
        #expect(results.keys.sorted() == expected.keys.sorted())
        #expect(results == expected)
    }

    @Test func aFullDiskUnderTheSite() throws {
        let program = try Program.trained()
        let disk = try MountedFolder(program.folder.appending(path: "disk"), size: "50m")
        defer { disk.unmount() }
        let output = ["--output", "disk/output"]
        #expect(try program.run(Program.render + output).code == 0)
        let before = try program.contents(of: "disk/output")
        #expect(before.count > 90)
        // Less than the pages that change, more than nothing.
        try disk.leave(kilobytes: 30)
        let outcome = try program.run(Program.render + output + ["--base-url", "https://example.org/"])
        #expect(outcome.code == 1)
        #expect(outcome.complaints.count == 1)
        #expect(outcome.errors.contains("No space left on device"))
        #expect(try program.contents(of: "disk/output") == before)
        #expect(!program.exists("disk/output/.site-build"))

        try disk.remount("size=50m")
        #expect(try program.run(Program.render + output).code == 0)
        #expect(try program.contents(of: "disk/output") == before)
    }

    /// What fits is written; what does not is no success.
    @Test func aFullDiskUnderAListing() throws {
        let program = try Program()
        try program.writeData(test: 2000)
        #expect(try program.run(["train"] + Program.small).code == 0)
        let disk = try MountedFolder(program.folder.appending(path: "disk"), size: "128k")
        defer { disk.unmount() }
        let places = " --experiment experiment.yml --runs runs"
        for command in ["predict --network conv" + places, "study plan --seeds 1-2000" + places] {
            let outcome = try program.run(shell: "rm -f disk/*; exec \"$site_build\" \(command) >disk/listing")
            #expect(outcome.code == 74, "\(command)")
            #expect(outcome.complaints.count == 1)
            #expect(outcome.errors.contains("standard output: No space left on device"))
            #expect(try #require(program.contents(of: "disk")["listing"]).count == 128 << 10)
        }
        // No room left for the log: the training is carried out all the same.
        let outcome = try program.run(
            shell: "exec \"$site_build\" train --seed 7 --epochs 1\(places) >>disk/log")
        #expect(outcome.code == 74 && outcome.complaints.count == 1, "\(outcome)")
        #expect(try program.run(["runs", "--runs", "runs"]).output.contains(/conv +7 +1\/1[ ]/))
    }

    @Test func readOnlyDisks() throws {
        let program = try Program()
        let disk = try MountedFolder(program.folder.appending(path: "disk"), size: "50m")
        defer { disk.unmount() }
        let places = ["--output", "disk/output", "--runs", "disk/runs"]
        #expect(try program.run(Program.build + places).code == 0)
        let before = try program.contents(of: "disk")
        #expect(before.count > 90)
        try disk.remount("ro")
        for (arguments, code, place) in [
            (Program.build + places, 1, "/disk"), (["train"] + Program.small + ["--runs", "disk/new"], 3, "/disk/new"),
        ] as [([String], Int32, String)] {
            let outcome = try program.run(arguments)
            #expect(outcome.code == code)
            #expect(outcome.complaints.count == 1)
            #expect(outcome.errors.contains(place) && outcome.errors.contains("Read-only file system"))
            #expect(outcome.output.contains("epoch") == false)
        }
        #expect(try program.contents(of: "disk") == before)
    }

    @Test(arguments: [
        ("", "Could not resolve host"), ("mount -t tmpfs -o ro none \"$HOME\"; ", "cannot be written"),
    ])
    func noDataAndNoNetwork(_ mount: String, _ words: String) throws {
        let program = try Program()
        try program.write(
            Program.experiment().replacing("{idx: data}", with: "fashion-mnist"), to: "experiment.yml")
        let outcome = try program.run(
            shell: """
                mkdir home; export HOME="$PWD/home"; unset FASHION_MNIST_DIR XDG_CACHE_HOME
                exec unshare --mount --net sh -ec '\(mount)
                    if [ -d /usr/share/datasets ]; then mount -t tmpfs none /usr/share/datasets; fi
                    exec "$site_build" train --experiment experiment.yml --runs runs'
                """)
        #expect(outcome.code == 2)
        #expect(outcome.complaints.count == 1)
        #expect(outcome.errors.contains(words), "\(outcome.errors)")
        #expect(outcome.errors.contains("home/.cache") || outcome.errors.contains("--data"), "\(outcome.errors)")
        #expect(try program.results().isEmpty)
    }

    /// The disk is not said to be full where a download could not be kept from another's.
    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/python3"), "needs python3"))
    func noDataAndNoLocks() throws {
        let program = try Program()
        try program.write(
            Program.experiment().replacing("{idx: data}", with: "fashion-mnist"), to: "experiment.yml")
        try program.write(TwoAtOnceTests.withoutLocks, to: "without-locks.py")
        let outcome = try program.run(
            shell: """
                mkdir home; export HOME="$PWD/home"; unset FASHION_MNIST_DIR XDG_CACHE_HOME
                exec unshare --mount --net sh -ec '
                    if [ -d /usr/share/datasets ]; then mount -t tmpfs none /usr/share/datasets; fi
                    exec python3 without-locks.py \(ENOLCK) "$site_build" train --experiment experiment.yml --runs runs'
                """)
        #expect(outcome.code == 2 && outcome.complaints.count == 1, "\(outcome)")
        #expect(
            outcome.errors.contains(
                "its file system cannot lock files (No locks available): set $XDG_CACHE_HOME to a folder on one that can"
            ),
            "\(outcome.errors)")
    }
}

/// A folder on a file system in memory of its own, small enough to be filled.
struct MountedFolder {
    private let folder: URL

    static let isPossible: Bool = {
        let place = FileManager.default.temporaryDirectory.appending(path: "site-build-tests-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: place) }
        guard let mounted = try? MountedFolder(place, size: "1m") else { return false }
        mounted.unmount()
        return true
    }()

    init(_ folder: URL, size: String) throws {
        self.folder = folder
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try command("mount", ["-t", "tmpfs", "-o", "size=\(size)", "none", folder.path])
    }

    /// What cannot be unmounted cannot be removed with the test's folder either, and is seen there.
    func unmount() { try? command("umount", [folder.path]) }

    func remount(_ options: String) throws {
        try command("mount", ["-o", "remount,\(options)", folder.path])
    }

    /// Shrinks the file system so that hardly more than what is there has room.
    func leave(kilobytes: Int) throws {
        var status = statvfs()
        try #require(statvfs(folder.path, &status) == 0)
        let used = Int(status.f_blocks - status.f_bfree) * Int(status.f_frsize) / 1024
        try remount("size=\(used + kilobytes)k")
    }

    private func command(_ name: String, _ arguments: [String]) throws {
        let outcome = try Child(
            "/usr/bin/env", [name] + arguments, in: FileManager.default.temporaryDirectory, environment: [:]
        ).outcome()
        guard outcome.code == 0 else { throw POSIXError(.EPERM) }
    }
}
