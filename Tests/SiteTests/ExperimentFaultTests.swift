import Foundation
import Testing

@testable import Site

/// What is wrong in an experiment's file is told in a line, with its place and what would be right.
@Suite("Faults of an experiment") struct ExperimentFaultTests {
    /// A change of ``ExperimentTests/small``, and what is said of it after the file's name.
    struct Fault: Sendable, CustomTestStringConvertible {
        let old, new, complaint: String
        var testDescription: String { complaint }

        init(_ old: String, _ new: String, _ complaint: String) {
            (self.old, self.new, self.complaint) = (old, new, complaint)
        }
    }

    private func complaint(about text: String) -> String? {
        do throws(ExperimentError) {
            try ExperimentTests.read(text).check(for: [.japanese, .english])
            return nil
        } catch {
            return error.description
        }
    }

    @Test(arguments: [
        // Keys.
        Fault("training:", "trainig:", "22:1: an experiment has no key \"trainig\"; did you mean training?"),
        Fault("    epochs: 2", "    epoch: 2", "11:5: a network has no key \"epoch\"; did you mean epochs?"),
        Fault(
            "seed: 7", "momentum: 7",
            "22:34: training has no key \"momentum\"; known are optimizer, rate, batch and seed"),
        Fault(
            "    epochs: 2", "    epochs: 2\n    epochs: 3",
            "11:5: \"epochs\" stands there more than once; remove one or rename it"),
        Fault("  wider-1:", "  \"tiny\":", "9:3: \"tiny\" stands there more than once; remove one or rename it"),
        Fault("    epochs: 2\n", "", "10:5: a network wants epochs, such as epochs: 20"),
        // Data.
        Fault(
            "{images: {folder: shapes, size: 12x16, channels: 3}}", "fashion",
            "2:7: no data are called \"fashion\"; write fashion-mnist, or a mapping such as idx: FOLDER, "
                + "images: {folder: FOLDER, size: 28} or npz: FILE"),
        Fault(
            "{images: {folder: shapes, size: 12x16, channels: 3}}", "",
            "2:6: wants data, such as fashion-mnist, or a mapping such as idx: FOLDER, not nothing"),
        Fault(
            "{images: {", "{idx: a, images: {",
            "2:7: data come from one place, not from 2; keep one of idx, images and npz"),
        Fault(
            "12x16", "7",
            "2:39: \"7\" is no size of images here; write rows and columns from 8 to 64, such as 28 or 24x32"),
        Fault(
            "12x16", "12x16x3",
            "2:39: \"12x16x3\" is no size of images here; write rows and columns from 8 to 64, such as 28 or 24x32"),
        Fault("folder: shapes, ", "", "2:16: images wants folder, such as folder: photos"),
        Fault("channels: 3", "channels: 2", "2:56: wants channels, 1 for grey or 3 for colours, not 2"),
        // Names.
        Fault("{en: Shapes, ja: 図形}", "{en: Shapes}", "1:7: a name of the data set is wanted in each language; add ja"),
        Fault(
            "{en: Shapes, ja: 図形}", "{en: Shapes, de: Formen}",
            "1:20: the site has no language \"de\"; known are ja and en"),
        Fault(
            "{en: Shapes, ja: 図形}", "{en: Shapes, japanese: 図形}",
            "1:20: a name of the data set has no key \"japanese\"; known are languages' codes such as en"),
        Fault(
            "{en: Shapes, ja: 図形}", "{}", "1:7: a name of the data set is wanted in each language; add one such as en"),
        Fault("{en: Shapes, ja: 図形}", "[Shapes]", "1:7: wants a name of the data set, not a list"),
        Fault("name: {en: Shapes, ja: 図形}", "name: \" \"", "1:7: wants a name of the data set; this has no name"),
        Fault(
            "name: {en: Shapes, ja: 図形}", "name: \"a\\tb\"",
            "1:7: wants a name of the data set; this has a name with the control character U+0009"),
        // Classes.
        Fault(
            "{en: circle, ja: 円, short: {en: c, ja: 丸}}", "{en: circle, jp: 円}",
            "4:18: the site has no language \"jp\"; did you mean ja?"),
        Fault(
            "short: {en: c, ja: 丸}", "shrt: {en: c, ja: 丸}", "4:25: a class has no key \"shrt\"; did you mean short?"),
        Fault("short: {en: c, ja: 丸}", "short: {en: c}", "4:32: a short name is wanted in each language; add ja"),
        Fault(
            "{en: star, ja: 星}", "{en: square, ja: 星}", "6:5: class 1 is called \"square\" in en already; rename one"),
        Fault("  - {en: star, ja: 星}\n", "", "6:28: no class is called \"星\"; write one of those under classes:"),
        Fault(
            "  - {en: star, ja: 星}\nfamilies: {round: [circle, 星]}\n", "",
            "8:23: tiny: the last layer has 3 units, but there are 2 classes; write dense 2"),
        // Families.
        Fault("[circle, 星]", "[circle, squares]", "7:28: no class is called \"squares\"; did you mean square?"),
        Fault("[circle, 星]", "[circle, 円]", "7:28: the class is in round already; remove it"),
        Fault(
            "[circle, 星]", "[circle, 星], b: [circle, square]",
            "7:36: the class is in round already; a class is in one family, so remove it"),
        Fault("[circle, 星]", "[circle]", "7:19: a family has at least 2 classes, not 1"),
        Fault(
            "{round:", "{Round ones:",
            "7:12: \"Round ones\" cannot name a family, since files are named after it; write a letter from a to z, then up to 39 of a to z, 0 to 9, - and _"
        ),
        // Networks.
        Fault(
            "  tiny:", "  ../tiny:",
            "9:3: \"../tiny\" cannot name a network, since files are named after it; write a letter from a to z, then "
                + "up to 39 of a to z, 0 to 9, - and _"),
        Fault("  tiny:", "  data:", "9:3: data means something else in the article; give the network another name"),
        Fault(
            "after: tiny", "after: wider-1",
            "15:12: wider-1 would be compared with itself; name a network that stands above"),
        Fault(
            "after: tiny", "after: tiy",
            "15:12: after names a network that stands above, and none there is called \"tiy\"; did you mean tiny?"),
        // A chain that closes needs one that names what stands below.
        Fault(
            "  tiny:\n", "  tiny:\n    after: wider-1\n",
            "10:12: after names a network that stands above, and none there is called \"wider-1\"; it is the first, so "
                + "remove after"),
        Fault("epochs: 2", "epochs: 0", "11:13: wants epochs, a whole number from 1 to 100000, not \"0\""),
        Fault("epochs: 2", "epochs: '2'", "11:13: wants epochs, a whole number from 1 to 100000, not \"2\""),
        Fault("epochs: 2", "epochs: [2]", "11:13: wants epochs, a whole number from 1 to 100000, not a list"),
        Fault(
            "    layers: [flatten, dense 3]", "    layers: flatten",
            "10:13: wants a list of layers, such as [flatten, dense 10], not \"flatten\""),
        Fault(
            "    layers: [flatten, dense 3]", "    layers: []",
            "10:13: there are no layers; write at least flatten and a dense layer of as many units as classes"),
        // Layers.
        Fault("- maxpool 2", "- maxpool two", "18:9: layer \"maxpool two\": wants a window, such as maxpool 2"),
        Fault("- maxpool 2", "- [maxpool, 2]", "18:9: wants a layer, such as conv 8@3x3 same, not a list"),
        Fault(
            "- dense 3", "- dense 4",
            "20:9: wider-1: the last layer has 4 units, but there are 3 classes; write dense 3"),
        // What another file is named for.
        Fault(
            "training:", "factorial: [a.yml]\ntraining:",
            "22:12: wants the file of an experiment with factors, not a list"),
        Fault(
            "training:", "factorial: ''\ntraining:",
            "22:12: wants the file of an experiment with factors; this has no name"),
        // Training.
        Fault("rate: 0.5", "rate: 0", "22:18: wants a learning rate, a number above 0 such as 1.0, not \"0\""),
        Fault("rate: 0.5", "rate: .inf", "22:18: wants a learning rate, a number above 0 such as 1.0, not \".inf\""),
        Fault(
            "rate: 0.5", "optimizer: adadleta",
            "22:23: optimizer \"adadleta\": write adadelta, sgd or adam, then settings such as rate 0.1"),
        Fault("seed: 7", "seed: -7", "22:40: wants a seed, a whole number of at least 0, not \"-7\""),
        Fault("seed: 7", "seed: !!float 7", "22:40: the tag \"tag:yaml.org,2002:float\" means nothing here; remove it"),
        Fault(
            "training:", "story: fashion\ntraining:", "22:8: a story cannot be \"fashion\"; did you mean fashion-mnist?"
        ),
    ])
    func areTold(_ fault: Fault) {
        #expect(ExperimentTests.small.contains(fault.old))
        let text = ExperimentTests.small.replacing(fault.old, with: fault.new, maxReplacements: 1)
        #expect(complaint(about: text) == "e.yml:\(fault.complaint)")
    }

    @Test(arguments: [
        ("", "e.yml: nothing is in it; begin with data: and networks:"),
        ("# only a comment\n", "e.yml: nothing is in it; begin with data: and networks:"),
        (
            "- a\n",
            "e.yml:1:1: wants an experiment, a mapping of name, data, classes, families, networks, input, factors, training, factorial and story, not a list"
        ),
        (
            "data: fashion-mnist\n",
            "e.yml:1:1: an experiment wants networks, such as networks: {small: {layers: [...], epochs: 20}}"
        ),
        ("data: fashion-mnist\nnetworks: {}\n", "e.yml:2:11: there are no networks; write at least one"),
        ("data: [a\n", "not YAML"),
        ("data:\n\t- a\n", "e.yml:2:1: not YAML"),
        ("--- \ndata: a\n---\ndata: b\n", "but found another document"),
        ("data: \u{7}\n", "control characters are not allowed; remove it"),
        ("data: *a\n", "e.yml:1:7: not YAML of one document without aliases: found undefined alias"),
        ("data: &a x\nname: *a\n", "e.yml:2:7: *a repeats what &a marks, which is not understood here; write it out"),
        (
            "families: {a: [x, y]}\ndata: fashion-mnist\nnetworks: {a: {layers: [flatten, dense 10], epochs: 1}}\n",
            "e.yml:1:11: families are lists of classes; list all classes under classes: first"
        ),
        (
            "data: fashion-mnist\nnetworks: {a: {layers: [flatten, batchnorm, dense 10], epochs: 1}}\n",
            "e.yml:2:34: a: layer 2, batchnorm: it can be applied but not trained here"
        ),
        (
            "data: fashion-mnist\nclasses: [a, b]\nnetworks: {a: {layers: [flatten, dense 2], epochs: 1}}\n",
            "e.yml:2:10: 2 classes are listed, but the data have 10; list each of them"
        ),
        ("data: fashion-mnist\nclasses: [a]\n", "e.yml:2:10: 1 classes are too few; list 2 to 100"),
        (
            "data: fashion-mnist\nclasses: [\(Array(repeating: "a", count: 101).joined(separator: ", "))]\n",
            "e.yml:2:10: 101 classes are too many; list 2 to 100"
        ),
    ])
    func ofAWholeFileAreTold(_ text: String, _ complaint: String) throws {
        let told = try #require(self.complaint(about: text))
        #expect(told.contains(complaint) && !told.contains("\n"), "\(told)")
    }

    @Test func bytesThatAreNoUTF8HaveTheirPlace() throws {
        let bytes = Array("data: fashion-mnist\nname: é".utf8) + [0xFF, 0x0A]
        let error = #expect(throws: ExperimentError.self) {
            try Experiment(bytes, file: "e.yml", folder: URL(filePath: "/"))
        }
        #expect(error?.description == "e.yml:2:8: not UTF-8; save it in that encoding")
    }

    /// A few lines of aliases stand for a tree of billions of leaves.
    @Test func aBombOfAliasesIsRefusedUnlit() throws {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
        for level in 1...12 {
            let aliases = Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", ")
            text += "? &a\(level) [\(aliases)]\n: x\n"
        }
        #expect(try #require(complaint(about: text)).contains("*a0 repeats what &a0 marks"))
    }

    @Test(arguments: ["[", "{a: ", "- ", "? "])
    func whatIsNestedTooDeepIsRefused(_ opening: String) throws {
        let text = "data: fashion-mnist\nnetworks:\n  " + String(repeating: opening, count: 20_000)
        #expect(try #require(complaint(about: text)).hasPrefix("e.yml:"))
    }
}
