import Foundation
import Learn
import TestSupport
import Testing

@testable import Site

@Suite("A new experiment") struct NewExperimentTests {
    typealias Found = NewExperiment.Found

    private func experiment(_ found: Found, name: String = "Mine") throws -> Experiment {
        let text = NewExperiment(name: name, found: found).text
        #expect(text.split(separator: "\n").allSatisfy { $0.unicodeScalars.count <= 160 || found.classNames != nil })
        return try ExperimentTests.read(text)
    }

    @Test(arguments: [
        (8, 8, 1, 10, 1437), (28, 28, 1, 10, 60_000), (64, 64, 3, 100, 100_000), (9, 40, 3, 2, 12),
    ])
    func readsBackAndFitsItsData(height: Int, width: Int, channels: Int, classes: Int, images: Int) throws {
        let shape = ImageShape(height: height, width: width, channels: channels)
        for source in [Found.Source.idx("a/b"), .images("../my images"), .npz("#x: 'y'.npz")] {
            let found = Found(source: source, image: shape, classNames: nil, classCount: classes, trainCount: images)
            let experiment = try experiment(found)
            #expect(try experiment.architectures(input: shape, classes: classes).count == 2)
            #expect(experiment.networks.map(\.after) == [nil, "small"])
            #expect(experiment.classes?.map { $0.name[.english] } == (0..<classes).map(String.init))
            switch (experiment.data, source) {
            case (.idx(let url), .idx(let path)), (.npz(let url), .npz(let path)):
                #expect(url.path == URL(filePath: "/folder").appending(path: path).path)
            case (.images(let url, let size, _), .images(let path)):
                #expect(url.path == URL(filePath: "/folder").appending(path: path).path)
                #expect(size == shape.size)
            default: Issue.record("another kind of data")
            }
        }
    }

    @Test func keepsWhateverNamesTheFoldersHave() throws {
        let names = [
            "no", "null", "~", "7", "a: b", "- x", "x #y", "\"q\"", "it's", "\\", "&a", "*a", "[x]", "{y}", "!!int 3",
            "スニーカー", "a, b", "@x", "%", "| x", "e\u{301}", "x ", " x", "👟", "é\u{FEFF}",
        ]
        let found = Found(
            source: .images("x"), image: ImageShape(height: 28, width: 28, channels: 1), classNames: names,
            classCount: names.count, trainCount: 100)
        let experiment = try experiment(found, name: "A: \"b\" # c")
        #expect(experiment.classes?.map { $0.name[.english] } == names)
        #expect(experiment.dataName?[.english] == "A: \"b\" # c")
    }

    /// A name that no page could show gives way to a number.
    @Test func classesWhoseNamesWillNotDoHaveNumbers() throws {
        let found = Found(
            source: .images("x"), image: ImageShape(height: 28, width: 28, channels: 1),
            classNames: ["a\u{1}", "b"], classCount: 2, trainCount: 100)
        #expect(try experiment(found).classes?.map { $0.name[.english] } == ["0", "1"])
    }

    @Test(arguments: [
        ("/a/b/data", "/a/b", "data"), ("/a/data", "/a/b/c", "../../data"), ("/a/b", "/a/b", "."),
        ("/x/data", "/a/b", "/x/data"), ("/a/./b/../data", "/a", "data"),
    ])
    func namesItsDataFromWhereItLies(_ place: String, _ folder: String, _ path: String) {
        #expect(NewExperiment.path(of: URL(filePath: place), from: URL(filePath: folder)) == path)
    }

    @Test func leavesAFileAloneThatIsThere() throws {
        let folder = try TemporaryFolder()
        try folder.write("mine", to: "e.yml")
        let found = Found(
            source: .idx("x"), image: ImageShape(height: 28, width: 28, channels: 1), classNames: nil, classCount: 2,
            trainCount: 100)
        let file = folder.url.appending(path: "e.yml")
        let error = #expect(throws: ExperimentError.self) {
            try NewExperiment(name: "x", found: found).write(to: file)
        }
        #expect(error?.problem.hasPrefix("cannot be written: File exists") == true)
        #expect(try String(contentsOf: file, encoding: .utf8) == "mine")
    }
}
