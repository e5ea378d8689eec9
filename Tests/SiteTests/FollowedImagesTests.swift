import Learn
import Render
import TestSupport
import Testing

@testable import Site

/// Which images are looked at closely, and what of them is shown.
@Suite struct FollowedImagesTests {
    /// By hand: no other shown image has a larger spread of the probability of its class.
    @Test func theDisputedImageIsTheOneOnWhichNetworksDifferMost() throws {
        let input = FigureInput.usual
        let samples = input.runs[0].samples
        let followed = try #require(input.runs[0].chosenSample).index
        func spread(_ sample: SampleActivations) -> Float {
            let given = input.runs.map { $0.probabilities(of: sample.index)[sample.label] }
            return given.reduce(0, max) - given.reduce(1, min)
        }
        let disputed = try #require(input.disputedSample)
        let largest = samples.filter { $0.index != followed }.map(spread).reduce(0, max)
        #expect(disputed.index != followed && spread(disputed) == largest)
        for network in Network.all {
            #expect(input.followedSamples(of: network).map(\.index) == [followed, disputed.index])
        }
    }

    @Test func aSingleNetworkIsLeastSureOfIt() throws {
        let input = FigureInput(dataset: Fixture.dataset, runs: [Fixture.run(.wide)])
        let run = input.runs[0]
        let disputed = try #require(input.disputedSample)
        let others = run.samples.filter { $0.index != run.chosenSample?.index }
        let lowest = others.map { run.probabilities(of: $0.index)[$0.label] }.reduce(1, min)
        #expect(run.probabilities(of: disputed.index)[disputed.label] == lowest)
        let figure = SampleImageFigure(networks: [.wide])
        #expect(try figure.caption(input, FigureVariant.words[1]).contains("gives the lowest probability"))
    }

    /// A pooling is shown where its windows are squares side by side, and maps come before it.
    @Test(arguments: [
        (["conv 4@3x3", "maxpool 2", "flatten", "dense 3"], "pool1"),
        (["maxpool 2", "conv 4@3x3", "avgpool 2", "flatten", "dense 3"], "pool2"),
        (["maxpool 2", "flatten", "dense 3"], nil), (["conv 4@3x3", "globalavgpool", "dense 3"], nil),
        (["conv 4@3x3", "flatten", "dense 3"], nil),
    ])
    func poolingsOfMapsAreShown(notation: [String], layer: String?) throws {
        let architecture = try Architecture(
            input: ImageShape(height: 12, width: 12, channels: 1), classes: 3, notation: notation)
        let network = Network(name: "n", architecture: architecture, defaultEpochs: 1)
        #expect(PoolingFigure(network: network)?.pooling.name == layer)
    }

    /// The first network with convolutions is drawn first; without any, there is no such picture.
    @Test func theFirstNetworkWithConvolutionsLeads() throws {
        let dense = Network(
            name: "dense",
            architecture: try Architecture(
                input: ImageShape(height: 28, width: 28, channels: 1), classes: 10, notation: ["flatten", "dense 10"]),
            defaultEpochs: 1)
        #expect(FigureCatalog.figures(for: [dense, .maxpool]).first?.id == "hero")
        #expect(FigureCatalog.figures(for: [dense]).allSatisfy { $0.id != "hero" })
        let input = FigureInput(dataset: Fixture.dataset, runs: [Fixture.run(.maxpool)])
        let run = input.runs[0]
        let scene = try #require(try HeroScene(run, input.dataset, FigureVariant.words[1], .light))
        let strongest = try #require(run.chosenSample?.output(of: "conv1")).channelMaxima
        #expect(
            scene.first.maps.count == min(6, strongest.count) && scene.first.kernels.count == scene.first.maps.count)
        #expect(scene.answers.map(\.share) == scene.answers.map(\.share).sorted(by: >))
    }
}

extension Tensor {
    /// The largest value of each channel.
    fileprivate var channelMaxima: [Double] { (0..<shape[2]).map { channel($0).max() ?? 0 } }
}
