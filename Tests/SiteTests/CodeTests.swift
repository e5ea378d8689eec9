import Foundation
import Learn
import TestSupport
import Testing

@testable import Site

@Suite struct ExcerptTests {
    @Test func passagesAreCutBetweenTheirMarks() throws {
        let source = "a\n    // excerpt: one\n    let x = 1\n\n        y\n    // end of excerpt\nb"
        #expect(
            try Excerpts.cut(source, path: "A.swift")
                == [Excerpts.Excerpt(id: "one", path: "A.swift", text: "let x = 1\n\n    y")])
    }

    @Test(arguments: [
        ("// excerpt: a", 1), ("x\n// end of excerpt", 2), ("// excerpt: a\n// excerpt: b\n// end of excerpt", 2),
    ])
    func marksComeInPairs(_ source: String, _ line: Int) {
        #expect(
            throws: SiteError.malformed(file: "A.swift", line: line, problem: "an excerpt's mark has no counterpart")
        ) { try Excerpts.cut(source, path: "A.swift") }
    }

    @Test func aNameIsMarkedOnce() throws {
        let folder = try TemporaryFolder()
        for name in ["A", "B"] {
            try folder.write("// excerpt: a\n// end of excerpt", to: "Sources/\(name).swift")
        }
        #expect(
            throws: SiteError.malformed(
                file: "Sources/B.swift", line: nil, problem: "excerpt \"a\" is marked a second time")
        ) { try Excerpts(package: folder.url) }
    }

    @Test func theNetworksAreMarked() throws {
        let excerpts = try Excerpts(package: TestSite.package).excerpts
        #expect(excerpts["epoch"]?.path == "Sources/Learn/Trainer.swift")
    }
}

@Suite struct HighlighterTests {
    @Test func swiftIsColoured() {
        #expect(
            Highlighter.swift.html("let x: Int = 1_0 // a < b\n\"\\\"q\" & y")
                == "<span class=\"code-keyword\">let</span> x: <span class=\"code-type\">Int</span> = "
                + "<span class=\"code-number\">1_0</span> <span class=\"code-comment\">// a &lt; b</span>\n"
                + "<span class=\"code-string\">&quot;\\&quot;q&quot;</span> &amp; y")
    }

    @Test func nothingButColourIsAdded() throws {
        for excerpt in try Excerpts(package: TestSite.package).excerpts.values {
            #expect(Highlighter.swift.html(excerpt.text).withoutTags == excerpt.text)
        }
        #expect(Highlighter.python.html("'a\n'b").withoutTags == "'a\n'b")
    }
}

@Suite struct KerasListingTests {
    @Test func theModelFollowsFromTheLayers() {
        #expect(
            KerasListing.model(.maxpool) == """
                model = keras.Sequential([
                    keras.Input((28, 28, 1)),
                    layers.Conv2D(6, 5, padding="same", activation="relu"),
                    layers.MaxPooling2D(2),
                    layers.Dropout(0.2),
                    layers.Conv2D(16, 5, activation="relu"),
                    layers.MaxPooling2D(2),
                    layers.Dropout(0.2),
                    layers.Flatten(),
                    layers.Dense(120, activation="relu"),
                    layers.Dropout(0.3),
                    layers.Dense(84, activation="relu"),
                    layers.Dense(10, activation="softmax"),
                ])
                """)
    }

    @Test func theTrainingFollowsFromTheSettings() {
        let listing = KerasListing.training(Configuration(.wide, epochs: 3, seed: 1))
        #expect(listing.contains("learning_rate=1.0, rho=0.95, epsilon=1e-07"))
        #expect(listing.contains("batch_size=1000, epochs=3"))
    }
}
