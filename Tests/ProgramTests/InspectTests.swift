import Foundation
import TestSupport
import Testing

/// `site-build inspect`: from models' files to a site.
@Suite("Models from elsewhere") struct InspectTests {
    private func files(of program: Program, in folder: String) throws -> Set<String> {
        let url = program.folder.appending(path: folder)
        return Set(FileManager.default.enumerator(atPath: url.path)?.compactMap { $0 as? String } ?? [])
    }

    /// What the site offers of a network is a model as any other.
    @Test func leaveASiteInEachLanguage() throws {
        let program = try Program.finished()
        let model = program.folder.appending(path: "output/models/conv.onnx")
        for name in ["First Net.onnx", "second.onnx"] {
            try FileManager.default.copyItem(at: model, to: program.folder.appending(path: name))
        }
        let outcome = try program.run(
            ["inspect", "First Net.onnx", "second.onnx", "--experiment", "experiment.yml"] + Program.inspected)
        #expect(outcome.code == 0, "\(outcome)")
        let found = try files(of: program, in: "inspected")
        for page in ["index.html", "networks/first-net/index.html", "networks/second/index.html", "lab/index.html"] {
            #expect(found.isSuperset(of: [page, "en/\(page)"]), "\(page)")
        }
        // The same network answers the same, by its other name.
        func weights(_ path: String) throws -> Data {
            // 210 numbers, behind what tells its name.
            try Data(contentsOf: program.folder.appending(path: path)).suffix(840)
        }
        #expect(try weights("inspected/models/second.safetensors") == weights("output/models/conv.safetensors"))
        let page = try String(
            contentsOf: program.folder.appending(path: "inspected/en/networks/first-net/index.html"), encoding: .utf8)
        #expect(page.contains("First Net"))
    }

    @Test func wantNoExperiment() throws {
        let program = try Program.finished()
        let outcome = try program.run(["inspect", "output/models/conv.onnx", "--data", "data"] + Program.inspected)
        #expect(outcome.code == 0, "\(outcome)")
        #expect(try files(of: program, in: "inspected").contains("networks/conv/index.html"))
    }

    /// Black and white changed places: nothing is guessed, but what it would reach is told.
    @Test func areDoubtedWhereTheyAnswerByChance() throws {
        let program = try Program.finished()
        let text = try Program.experiment() + "input: {range: [-300, -200]}\n"
        try program.write(text, to: "experiment.yml")
        let outcome = try program.run(
            ["inspect", "output/models/conv.onnx", "--experiment", "experiment.yml"] + Program.inspected)
        #expect(outcome.code == 0, "\(outcome)")
        let warning = outcome.output.split(separator: "\n").first { $0.hasPrefix("warning: conv: ") }
        #expect(
            warning?.contains("with input: {range: [-300, -200]}; right with others: {range: [") == true, "\(outcome)")
    }

    @Test func areRefusedInOneLineWithACode() throws {
        let program = try Program.finished()
        let model = "output/models/conv.onnx"
        try program.write("no model", to: "text.onnx")
        try program.write(Program.experiment() + "input: {mean: [0.1, 0.2, 0.3]}\n", to: "colour.yml")
        try SmallDataSet.write(to: program.folder.appending(path: "large"), train: 100, test: 50, edge: 12)
        let faults: [(arguments: [String], code: Int32, told: String)] = [
            (["text.onnx", "--data", "data"], 5, "text.onnx: model: no ONNX file: "),
            (["none.onnx", "--data", "data"], 5, "none.onnx: model: No such file or directory"),
            ([model, "--data", "large"], 5, "conv.onnx: it takes images of 8x8x1, rows, columns and channels, but"),
            ([model, "--experiment", "colour.yml"], 5, "input gives mean or std for other than 1 channel"),
            ([model, "--data", "nothing"], 2, "nothing"), ([model], 64, "name --experiment or --data"),
            (["--experiment", "experiment.yml"], 64, "no network of the experiment has weights"),
        ]
        for (arguments, code, told) in faults {
            let outcome = try program.run(["inspect"] + arguments + Program.inspected)
            #expect(outcome.code == code && outcome.complaints.count == 1, "\(outcome)")
            #expect(outcome.errors.contains(told), "\(outcome)")
            #expect(!program.exists("inspected"))
        }
    }

    /// Weights alone, with their layers in the experiment.
    @Test func mayBeWeightsAlone() throws {
        let program = try Program.finished()
        let network = "conv: {layers: [conv 2@3x3, maxpool 2, flatten, dense 10], epochs: 4}"
        let given = network.replacing("epochs: 4", with: "weights: output/models/conv.safetensors, layout: keras")
        try program.write(try Program.experiment().replacing(network, with: given), to: "given.yml")
        let outcome = try program.run(["inspect", "--experiment", "given.yml"] + Program.inspected)
        #expect(outcome.code == 0, "\(outcome)")
        let trained = try program.run(["train", "--experiment", "given.yml", "--runs", "others"])
        #expect(trained.code == 2 && trained.errors.contains("site-build inspect"), "\(trained)")
    }
}

extension Program {
    fileprivate static let inspected = ["--output", "inspected"] + site.prefix(2)
}
