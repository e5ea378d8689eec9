import Foundation
import Testing

@Suite("Data other than Fashion-MNIST") struct OtherDataTests {
    private static let names =
        "name: {ja: 円, en: Discs}\nclasses:" + (0..<10).map { "\n  - {ja: 円\($0), en: disc \($0)}" }.joined()

    private func page(of program: Program, _ path: String) throws -> String {
        try String(contentsOf: program.folder.appending(path: "output/\(path)"), encoding: .utf8)
    }

    @Test func haveTheNamesOfTheirExperiment() throws {
        // Names are none of a training's business.
        let program = try Program.trained(.article)
        try program.write(Program.experiment(.article, OtherDataTests.names), to: "experiment.yml")
        #expect(try program.run(Program.build).code == 0)
        #expect(try page(of: program, "en/index.html").contains("CNNs on Discs"))
        #expect(try page(of: program, "en/index.html").contains("disc 9"))
        #expect(try page(of: program, "index.html").contains("円9"))
    }

    @Test func areRefusedWhereFashionMNISTIsNamed() throws {
        let program = try Program(.article)
        try program.write(
            Program.experiment(.article).replacing("{idx: data}", with: "fashion-mnist"), to: "experiment.yml")
        let outcome = try program.run(Program.build + ["--data", "data"])
        #expect(outcome.code == 2)
        #expect(outcome.errors.contains("name them in an experiment of their own"))
    }

    /// From nothing but the data to a draft, which is an experiment.
    @Test func haveAnExperimentWrittenForThem() throws {
        let program = try Program(.article)
        let outcome = try program.run(["new", "drafts.yml", "--data", "data"])
        #expect(outcome.code == 0 && outcome.output == "wrote drafts.yml\n", "\(outcome)")
        let text = try String(contentsOf: program.folder.appending(path: "drafts.yml"), encoding: .utf8)
        #expect(text.contains("\ndata: {idx: data}\n") && text.contains("16x16x1") && text.contains("10 classes"))
        let again = try program.run(["new", "drafts.yml", "--data", "data"])
        #expect(again.code == 64 && again.errors.contains("drafts.yml is there already"))
        let nowhere = try program.run(["new", "other.yml", "--data", "nothing"])
        #expect(nowhere.code == 2 && !program.exists("other.yml"))
    }

    @Test func haveAnExperimentThatIsThere() throws {
        let program = try Program()
        let none = try program.run(["train", "--runs", "runs"])
        #expect(none.code == 2 && none.complaints.count == 1)
        #expect(none.errors.contains("experiments/fashion-mnist.yml: not there; run from the package's folder"))
        try program.write(Program.experiment().replacing("maxpool 2", with: "maxpol 2"), to: "experiment.yml")
        let wrong = try program.run(["train"] + Program.small)
        #expect(wrong.code == 2 && wrong.complaints.count == 1)
        #expect(wrong.errors.contains(/experiment.yml:[0-9]+:[0-9]+: layer "maxpol 2": "maxpol" is no layer/))
        let other = try program.run(["train", "--network", "resnet", "--experiment", "experiment.yml"])
        #expect(other.code == 2)
    }

    /// The runs of one data set are none of another's.
    @Test func haveRunsOfTheirOwn() throws {
        let program = try Program.trained()
        try program.writeData(train: 490)
        let outcome = try program.run(Program.render)
        #expect(outcome.code == 1)
        #expect(outcome.errors.contains("no complete run of conv on this data"))
    }
}
