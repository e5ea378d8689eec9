import Foundation
import Learn
import TestSupport
import Testing

@testable import Site

@Suite struct ProgressTests {
    private func progress(
        epoch: Int = 12, samplesSeen: Int = 30000, ended: EpochMetrics? = nil, secondsLeft: Double = 72.3
    ) -> TrainingProgress {
        TrainingProgress(
            network: "lenet5", epoch: epoch, epochs: 50, samplesSeen: samplesSeen, samplesPerEpoch: 60000,
            trainLoss: 0.31234, trainAccuracy: 0.8841, ended: ended, samplesPerSecond: 31234.5,
            secondsLeft: secondsLeft)
    }

    private let metrics = EpochMetrics(
        trainLoss: 0.3, trainAccuracy: 0.9, testLoss: 0.28712, testAccuracy: 0.8964)

    @Test func theLiveLineFitsTheTerminal() {
        #expect(
            progress().liveLine(columns: 100)
                == "lenet5 12/50 [######----------------------] loss 0.3123  accuracy 88.4%  31,234 samples/s  1:13 left"
        )
        for columns in 0...120 { #expect(progress().liveLine(columns: columns).count <= columns) }
        #expect(progress().liveLine(columns: 20) == "lenet5 12/50 loss 0.")
    }

    @Test(arguments: [(0.0, "0:00"), (59.2, "1:00"), (3723, "1:02:03"), (.infinity, "?"), (-1, "?"), (.nan, "?")])
    func timeLeftIsWrittenLikeAClock(_ seconds: Double, _ text: String) {
        #expect(progress(secondsLeft: seconds).liveLine(columns: 100).hasSuffix("  \(text) left"))
    }

    @Test func thereIsOneLineAnEpoch() {
        var reporter = Reporter(style: .plain)
        #expect(reporter.text(for: .training(progress())) == "")
        #expect(
            reporter.text(for: .training(progress(ended: metrics)))
                == "lenet5 epoch 12/50: loss 0.3000, accuracy 90.0%, test loss 0.2871, test accuracy 89.6%, "
                + "31,234 samples/s, 1:13 left\n")
    }

    @Test func theEvaluationIsToldWhereThereIsOne() {
        var ended = metrics
        ended.evaluatedTrain = Evaluation(loss: 0.2, accuracy: 0.925)
        let line = BuildEvent.training(progress(ended: ended)).line
        #expect(line?.contains("accuracy 90.0%, evaluated 0.2000, 92.5%, test loss 0.2871") == true)
        let json = BuildEvent.training(progress(ended: ended)).json
        #expect(json?.contains(#""evaluatedTrain":{"accuracy":0.925,"loss":0.2}"#) == true)
    }

    @Test func aRunThatIsLeftOutIsTold() {
        let event = BuildEvent.leftOut(reason: "run.json: damaged")
        #expect(event.line == "left out of the study: run.json: damaged")
        #expect(event.json == "{\"event\":\"leftOut\",\"message\":\"run.json: damaged\"}")
    }

    @Test func whatIsWrongWithTheDataIsTold() {
        let event = BuildEvent(DataEvent.passedOver(.empty(path: "/d/f")))
        #expect(event.line == "passed over: /d/f: holds no samples: get the file again")
        #expect(
            event.json == "{\"event\":\"passedOver\",\"message\":\"/d/f: holds no samples: get the file again\"}")
        let waiting = BuildEvent(DataEvent.waiting(folder: URL(filePath: "/c"), holder: 7))
        #expect(waiting.line == "waiting for process 7, which works on /c")
    }

    @Test func aNetworkThatGuessesIsTold() {
        let event = BuildEvent.guesswork(
            Configuration(.wide, epochs: 2, seed: 7), .accuracy(0.1, limit: 0.109))
        #expect(event.line?.hasPrefix("warning: wide, 2 epochs, seed 7: no better than guessing: ") == true)
        #expect(
            event.json?.hasPrefix("{\"epochs\":2,\"event\":\"guesswork\",\"message\":\"no better than guessing: ")
                == true)
        #expect(event.json?.hasSuffix(",\"network\":\"wide\",\"seed\":7}") == true)
    }

    @Test func whereToLookIsTold() {
        let serving = BuildEvent.serving(address: "http://127.0.0.1:8000/")
        #expect(serving.line == "serving http://127.0.0.1:8000/")
        #expect(serving.json == "{\"address\":\"http://127.0.0.1:8000/\",\"event\":\"serving\"}")
        let gallery = BuildEvent.gallery(path: "/x/index.html")
        #expect(gallery.line == "gallery: /x/index.html")
        #expect(gallery.json == "{\"event\":\"gallery\",\"path\":\"/x/index.html\"}")
    }

    @Test func theLiveLineIsClearedBeforeAnother() {
        var reporter = Reporter(style: .live(columns: 40))
        #expect(
            reporter.text(for: .data(train: 60000, test: 10000)) == "data: 60,000 training and 10,000 test images\n")
        #expect(reporter.text(for: .training(progress())).hasPrefix("\rlenet5 12/50"))
        #expect(
            reporter.text(for: .published(path: "/x", files: 3)) == "\r\u{1B}[Kpublished 3 files in /x\n")
        #expect(reporter.text(for: .failed(message: "no", code: 1)) == "")
    }

    @Test func jsonHasOneObjectAnEvent() throws {
        var reporter = Reporter(style: .json)
        #expect(reporter.text(for: .step("draw")) == "{\"event\":\"step\",\"name\":\"draw\"}\n")
        #expect(reporter.text(for: .training(progress())) == "")
        let epoch = reporter.text(for: .training(progress(ended: metrics)))
        let object = try #require(JSONSerialization.jsonObject(with: Data(epoch.utf8)) as? [String: Any])
        #expect(object["event"] as? String == "epoch")
        #expect(object["epoch"] as? Int == 12)
        #expect((object["metrics"] as? [String: Double])?["testLoss"] == 0.28712)
        #expect(epoch.filter(\.isNewline).count == 1)
        #expect(
            reporter.text(for: .failed(message: "a \"b\"", code: 2))
                == "{\"code\":2,\"event\":\"failed\",\"message\":\"a \\\"b\\\"\"}\n")
    }

    @Test func jsonHoldsNumbersThatAreNone() {
        let nan = EpochMetrics(trainLoss: .nan, trainAccuracy: 0, testLoss: .infinity, testAccuracy: 0)
        var reporter = Reporter(style: .json)
        let text = reporter.text(for: .training(progress(ended: nan, secondsLeft: .infinity)))
        #expect(text.contains("\"trainLoss\":\"NaN\"") && text.contains("\"secondsLeft\":\"Infinity\""))
    }

    @Test func quietTellsNothing() {
        var reporter = Reporter(style: .quiet)
        for event in [BuildEvent.step("a"), .training(progress(ended: metrics)), .failed(message: "b", code: 1)] {
            #expect(reporter.text(for: event) == "")
        }
    }

    @Test func runsAreToldInWords() {
        let configuration = Configuration(.wide, epochs: 1, seed: 7)
        #expect(
            BuildEvent.reused(configuration, metrics).line
                == "wide, 1 epoch, seed 7: already trained, test loss 0.2871, test accuracy 89.64%")
        #expect(BuildEvent.published(path: "/x", files: 1).line == "published 1 file in /x")
        #expect(BuildEvent.data(train: 2, test: 1).line == "data: 2 training and 1 test image")
        #expect(BuildEvent.waiting(path: "/x", holder: 12).line == "waiting for process 12, which works on /x")
        #expect(BuildEvent.waiting(path: "/x", holder: nil).line == "waiting for another process, which works on /x")
    }
}
