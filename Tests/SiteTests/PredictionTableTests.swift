import Learn
import TestSupport
import Testing

@testable import Site

@Suite struct PredictionTableTests {
    private let run = Fixture.run(.wide)
    private let labels = Fixture.dataset.test.labels

    private func rows(_ images: Int) -> [[String]] {
        PredictionTable(run, labels: labels, images: images).csv.split(separator: "\r\n")
            .map { $0.split(separator: ",").map(String.init) }
    }

    @Test func thereIsARowForEachImageAskedFor() {
        #expect(rows(3).count == 4)
        #expect(rows(1_000_000).count == labels.count + 1)
        #expect(rows(1)[0] == ["image_from_1", "label", "prediction"] + (0..<10).map { "p\($0)" })
    }

    @Test func theProbabilitiesHaveAllTheirDigits() {
        let read = rows(labels.count).dropFirst().flatMap { $0.dropFirst(3).compactMap(Float.init) }
        #expect(read == run.predictions.values)
    }

    @Test func thePredictionIsTheLikeliestClass() {
        for (index, row) in rows(labels.count).dropFirst().enumerated() {
            let probabilities = run.probabilities(of: index)
            #expect(row[0] == "\(index + 1)" && row[1] == "\(labels[index])")
            #expect(Int(row[2]) == probabilities.firstIndex(of: probabilities.max() ?? 0))
        }
    }
}
