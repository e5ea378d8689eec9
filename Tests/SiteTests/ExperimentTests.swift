import Foundation
import Learn
import TestSupport
import Testing

@testable import Site

@Suite("An experiment") struct ExperimentTests {
    /// A small one with everything in it.
    static let small = """
        name: {en: Shapes, ja: 図形}
        data: {images: {folder: shapes, size: 12x16, channels: 3}}
        classes:
          - {en: circle, ja: 円, short: {en: c, ja: 丸}}
          - square
          - {en: star, ja: 星}
        families: {round: [circle, 星]}
        networks:
          tiny:
            layers: [flatten, dense 3]
            epochs: 2
          wider-1:
            name: {en: Wider, ja: 広め}
            phrase: {en: the wider one, ja: 広い方}
            after: tiny
            layers:
              - conv 4@3x3 same
              - maxpool 2
              - flatten
              - dense 3
            epochs: 3
        training: {rate: 0.5, batch: 20, seed: 7}

        """

    static func read(_ text: String) throws(ExperimentError) -> Experiment {
        try Experiment(Array(text.utf8), file: "e.yml", folder: URL(filePath: "/folder"))
    }

    @Test func isReadWithEverythingInIt() throws {
        let experiment = try ExperimentTests.read(ExperimentTests.small)
        guard case .images(let folder, let size, let channels) = experiment.data else {
            Issue.record("not images")
            return
        }
        #expect(folder.path == "/folder/shapes")
        #expect(size == ImageSize(height: 12, width: 16) && channels == 3)
        #expect(experiment.dataName?[.japanese] == "図形")
        let classes = try #require(experiment.classes)
        #expect(classes.map { $0.name[.english] } == ["circle", "square", "star"])
        #expect(classes.map { $0.short[.japanese] } == ["丸", "square", "星"])
        #expect(experiment.families == [ExperimentFamily(key: "round", labels: [0, 2])])
        #expect(experiment.networks.map(\.key) == ["tiny", "wider-1"])
        #expect(experiment.networks.map(\.after) == [nil, "tiny"])
        #expect(experiment.networks.map(\.epochs) == [2, 3])
        #expect(experiment.networks.map { $0.phrase[.english] } == ["tiny", "the wider one"])
        #expect(experiment.networks[1].layers.map(\.description).first == "conv 4@3x3 same")
        #expect(
            experiment.training
                == ExperimentTraining(optimizer: .adadelta(learningRate: 0.5), batchSize: 20, seed: 7))
        #expect(experiment.story == nil)
    }

    @Test func settingsThatAreNotWrittenAreTheUsualOnes() throws {
        let text = ExperimentTests.small.replacing(/training.*\n/, with: "")
        #expect(try ExperimentTests.read(text).training == .standard)
    }

    @Test(arguments: ["fashion-mnist", "mnist", "kmnist"])
    func ofThisPackageHasTheNetworksOfTheArticle(_ name: String) throws {
        let file = TestSite.templates.deletingLastPathComponent().appending(path: "experiments/\(name).yml")
        let experiment = try Experiment(contentsOf: file)
        let architectures = try experiment.architectures(
            input: ImageShape(height: 28, width: 28, channels: 1), classes: 10)
        #expect(architectures.map(\.parameterCount) == [61_706, 61_706, 117_078])
        #expect(experiment.networks.map(\.key) == ["lenet5", "maxpool", "wide"])
        #expect(experiment.networks.map(\.epochs) == [50, 100, 100])
        #expect(experiment.training == .standard && experiment.story == "fashion-mnist")
    }

    @Test func fitsItsDataOrSaysWhereItDoesNot() throws {
        let experiment = try ExperimentTests.read(ExperimentTests.small)
        let image = ImageShape(height: 12, width: 16, channels: 3)
        #expect(try experiment.architectures(input: image, classes: 3).map(\.input.channels) == [3, 3])
        let error = #expect(throws: ExperimentError.self) { try experiment.architectures(input: image, classes: 4) }
        #expect(error?.description == "e.yml:4:3: 3 classes are listed, but the data have 4; list each of them")
    }

    /// Without a list of classes, only the data can tell how many there are.
    @Test func layersAreCheckedAgainstTheData() throws {
        let experiment = try ExperimentTests.read(
            "data: {npz: a.npz}\nnetworks: {a: {layers: [conv 2@9x9, flatten, dense 3], epochs: 1}}\n")
        let image = ImageShape(height: 8, width: 8, channels: 1)
        let tooSmall = #expect(throws: ExperimentError.self) {
            try experiment.architectures(input: image, classes: 3)
        }
        #expect(tooSmall?.description.hasPrefix("e.yml:2:25: a: layer 1, conv 2@9x9: nothing is left of a map") == true)
        let larger = ImageShape(height: 9, width: 9, channels: 1)
        let outputs = #expect(throws: ExperimentError.self) {
            try experiment.architectures(input: larger, classes: 4)
        }
        #expect(
            outputs?.description
                == "e.yml:2:46: a: layer 3, dense 3: the last layer has 3 units, but there are 4 classes; write dense 4"
        )
    }

    @Test func networksAreOfTheDatasForm() throws {
        #expect(try TestSite.experiment.networks(input: FashionMNIST.shape, classes: 10) == Network.all)
        let image = ImageShape(height: 9, width: 12, channels: 3)
        let experiment = try ExperimentTests.read(
            "data: {npz: a.npz}\nnetworks: {a: {layers: [conv 2@3x3, flatten, dense 3], epochs: 7}}\n")
        let network = try #require(try experiment.networks(input: image, classes: 3).first)
        #expect(network.name == "a" && network.defaultEpochs == 7)
        #expect(network.architecture.input == image && network.architecture.classes == 3)
    }

    @Test func fashionMNISTNeedsNoNames() throws {
        let folder = try TemporaryFolder()
        let text = "data: fashion-mnist\nnetworks: {a: {layers: [flatten, dense 10], epochs: 1}}\n"
        try folder.write(text, to: "a.yml")
        let unnamed = try Experiment(contentsOf: folder.url.appending(path: "a.yml"))
        #expect(unnamed.dataName == TestSite.experiment.dataName && unnamed.dataName != nil)
        #expect(unnamed.classes == TestSite.experiment.classes && unnamed.families == TestSite.experiment.families)
        #expect(unnamed.networks.map(\.key) == ["a"] && unnamed.story == nil)
        try folder.write(text + "name: Clothes\n", to: "b.yml")
        let named = try Experiment(contentsOf: folder.url.appending(path: "b.yml"))
        #expect(named.dataName == Texts("Clothes") && named.classes == TestSite.experiment.classes)
    }

    @Test func aMissingFileIsNamed() throws {
        let folder = try TemporaryFolder()
        let file = folder.url.appending(path: "none.yml")
        let error = #expect(throws: ExperimentError.self) { try Experiment(contentsOf: file) }
        #expect(error?.description == "\(file.path): cannot be read: No such file or directory")
    }

    @Test func aHugeFileIsRefused() throws {
        let folder = try TemporaryFolder()
        try folder.write(String(repeating: "#", count: YAMLDocument.longest + 1), to: "e.yml")
        let error = #expect(throws: ExperimentError.self) {
            try Experiment(contentsOf: folder.url.appending(path: "e.yml"))
        }
        #expect(error?.problem.hasPrefix("longer than 262144 bytes") == true)
    }
}
