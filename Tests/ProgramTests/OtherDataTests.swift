import Foundation
import TestSupport
import Testing

@Suite("Data other than Fashion-MNIST") struct OtherDataTests {
    private static let names = (0..<10).map { "{ \"ja\": \"円\($0)\", \"en\": \"disc \($0)\" }" }.joined(separator: ",")
    private static let file = "{ \"dataset\": { \"ja\": \"円\", \"en\": \"Discs\" }, \"classes\": [\(names)] }"

    private func page(of program: Program, _ path: String) throws -> String {
        try String(contentsOf: program.folder.appending(path: "output/\(path)"), encoding: .utf8)
    }

    @Test func haveTheNamesOfTheFile() throws {
        let program = try Program()
        try program.write(OtherDataTests.file, to: "names.json")
        #expect(try program.run(Program.build + ["--class-names", "names.json"]).code == 0)
        #expect(try page(of: program, "en/index.html").contains("CNNs on Discs"))
        #expect(try page(of: program, "en/index.html").contains("disc 9"))
        #expect(try page(of: program, "index.html").contains("円9"))
    }

    @Test func areRefusedUnlessAskedFor() throws {
        let program = try Program()
        let outcome = try program.run(Program.build.filter { $0 != "--allow-other-data" })
        #expect(outcome.code == 2)
        #expect(outcome.errors.contains("--allow-other-data"))
    }

    /// The runs of one data set are none of another's.
    @Test func haveRunsOfTheirOwn() throws {
        let program = try Program.trained()
        try SmallDataSet.write(to: program.folder.appending(path: "data"), train: 1990)
        let outcome = try program.run(Program.render)
        #expect(outcome.code == 1)
        #expect(outcome.errors.contains("no complete run of lenet5 on this data"))
    }
}
