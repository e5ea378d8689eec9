import Foundation

@testable import Learn
@testable import ONNX
@testable import Site

/// A reader of outside data: whatever bytes it is given, it must refuse them with its own error or make something of
/// them that fits together.
struct Reader: Sendable {
    enum Verdict: Equatable {
        case refused, read
        /// What does not fit together.
        case wrong(String)
    }

    /// Also the name of its folder in the corpus.
    let name: String
    let judge: @Sendable ([UInt8]) -> Verdict

    static let all = [
        images, labels, gzip, dataFile, image, arrayHeader, npz, onnx, network, answers, safetensors, run, checkpoint,
        inspection, epoch,
        template, prose, strings, manifest, experiment, languages,
    ]
}

extension Reader {
    static let images = Reader(name: "images") { bytes in
        verdict { () throws(DataError) in
            try IDX.images(bytes, path: "f")
        } check: { pixels, shape in
            pixels == Array(bytes.dropFirst(16)) && pixels.count % shape.count == 0 ? nil : "pixels"
        }
    }

    static let labels = Reader(name: "labels") { bytes in
        verdict { () throws(DataError) in
            try IDX.labels(bytes, path: "f")
        } check: { labels in
            labels == Array(bytes.dropFirst(8)) && labels.allSatisfy { $0 < 100 } ? nil : "labels"
        }
    }

    /// Fed in two parts, as a file is in many.
    static let gzip = Reader(name: "gzip") { bytes in
        let limit = 1 << 16
        return verdict { () throws(GzipError) in
            var gunzip = Gunzip(limit: limit)
            let half = bytes.count / 2
            try gunzip.add(Array(bytes[..<half]))
            try gunzip.add(Array(bytes[half...]))
            return try gunzip.finish()
        } check: {
            $0.count <= limit ? nil : "more than the limit"
        }
    }

    /// A file of labels, compressed or not whatever its name says; in two pieces, too.
    static let dataFile = Reader(name: "data-file") { bytes in
        var pieces = [bytes[..<(bytes.count / 2)], bytes[(bytes.count / 2)...]].map(Array.init).filter { !$0.isEmpty }
        return verdict { () throws(DataError) in
            let content = try DataFiles.unpack(path: "labels.gz") { () throws(DataError) in
                pieces.isEmpty ? [] : pieces.removeFirst()
            }
            return (content, try IDX.labels(content.bytes, path: "labels.gz"))
        } check: { content, labels in
            labels == Array(content.bytes.dropFirst(8)) && (content.isCompressed || content.bytes == bytes)
                ? nil : "labels"
        }
    }

    /// PNG and JPEG, then scaled.
    static let image = Reader(name: "image") { bytes in
        let size = ImageSize(height: 8, width: 11)
        return verdict { () throws(ImageFault) in
            let image = try ColorImage(decoding: bytes, most: 1 << 12)
            return (image, image.scaled(to: size))
        } check: { image, scaled in
            let (least, most) = (image.pixels.min() ?? 0, image.pixels.max() ?? 0)
            guard scaled.pixels.allSatisfy({ (least...most).contains($0) }) else { return "levels" }
            return scaled.size == size && image.size.height * image.size.width <= 1 << 12 ? nil : "size"
        }
    }

    static let arrayHeader = Reader(name: "array-header") { bytes in
        verdict { () throws(ArrayFault) in
            try ArrayHeader(bytes)
        } check: { header in
            header.length <= bytes.count && header.shape.allSatisfy { $0 >= 0 } ? nil : "header"
        }
    }

    static let npz = Reader(name: "npz") { bytes in
        verdict { () throws(DataError) in
            try NPZ(bytes, path: "f").dataset()
        } check: { dataset in
            let splits = [dataset.train, dataset.test]
            guard splits.allSatisfy({ $0.pixels.count == $0.count * $0.shape.count }) else { return "pixels" }
            return splits.allSatisfy { Set($0.labels) == Set((0..<dataset.classCount).map(UInt8.init)) }
                ? nil : "labels"
        }
    }

    /// What was read is written, and then reads as the same.
    static let onnx = Reader(name: "onnx") { bytes in
        verdict { () throws(ProtobufError) in
            let written = try ModelProto(serialized: bytes).serialized()
            return (written, try ModelProto(serialized: written).serialized())
        } check: { written, again in
            written == again ? nil : "another model"
        }
    }

    /// A network out of an ONNX file: its weights fill its layers, and are numbers.
    static let network = Reader(name: "network") { bytes in
        verdict { () throws(ONNXImportError) in
            try ImportedNetwork(bytes, image: ImageShape(height: 4, width: 4, channels: 1))
        } check: { network in
            let isWhole = zip(network.architecture.parameters, network.weights).allSatisfy { parameter, weight in
                parameter.name == weight.name && parameter.shape == weight.tensor.shape
                    && weight.tensor.values.allSatisfy(\.isFinite)
            }
            return isWhole && network.weights.count == network.architecture.parameters.count ? nil : "weights"
        }
    }

    /// Images or answers beside an ONNX file.
    static let answers = Reader(name: "answers") { bytes in
        verdict { () throws(ONNXImportError) in
            try RecordedAnswers.tensor(bytes)
        } check: { shape, values in
            shape.reduce(1, *) == values.count && values.allSatisfy(\.isFinite) ? nil : "numbers"
        }
    }

    static let template = Reader(name: "template") { bytes in
        let text = String(decoding: bytes, as: UTF8.self)
        do {
            let folder = try TemplateFolder(sources: ["layout": text, "partials/part": "{{value.part}}"])
            _ = try folder.render(
                "layout", ["value.a": 1, "value.part": "p", "claim.b.yes": true, "rows": [["name": "n"]]])
            return .read
        } catch let error as SiteError {
            return error.description.contains("\n") && !text.contains(where: \.isNewline) ? .wrong("lines") : .refused
        } catch {
            return .wrong("another error: \(error)")
        }
    }

    /// Read, and made HTML of with every outcome first.
    static let prose = Reader(name: "prose") { bytes in
        let text = String(decoding: bytes, as: UTF8.self)
        do {
            let blocks = try ProseParser.blocks(of: text, file: "f")
            for (index, language) in Language.some.enumerated() {
                let prose = ProseRenderer(
                    language: language, root: language.home.root,
                    value: { $0.count > 9 ? nil : ProseValue(text: "<\($0)>", number: $0, definition: $0) },
                    number: { _ in "\(index)" },
                    outcome: { $0 == "claim" ? "yes" : nil }, reference: { $0.count > 9 ? nil : "<a>" })
                for block in blocks {
                    let html =
                        switch block.kind {
                        case .paragraph, .list: try prose.html(of: block)
                        case .verbatim: try prose.verbatim(block)
                        case .title, .heading: try prose.inline(block)
                        case .placed: ""
                        }
                    if html.unicodeScalars.contains(where: { (0xF0000...0xFFFFD).contains($0.value) }) {
                        return .wrong("a mark that is not filled")
                    }
                }
            }
            return .read
        } catch let error as SiteError {
            return error.description.contains("\n") ? .wrong("lines") : .refused
        } catch {
            return .wrong("another error: \(error)")
        }
    }

    static let strings = Reader(name: "strings") { bytes in
        do {
            let texts = try Words.texts(Data(bytes), named: "strings.json")
            let words = try Words(language: Language.some[0], texts: texts)
            for key in texts.keys.sorted() { _ = try? words(key) }
            return .read
        } catch {
            return error is SiteError ? .refused : .wrong("another error: \(error)")
        }
    }

    static let experiment = Reader(name: "experiment") { bytes in
        do throws(ExperimentError) {
            let experiment = try Experiment(bytes, file: "e.yml", folder: URL(filePath: "/folder"))
            let labels = 0..<(experiment.classes?.count ?? 0)
            var known: Set<String> = []
            for network in experiment.networks {
                guard network.after.map(known.contains) ?? true else { return .wrong("a comparison with what follows") }
                guard known.insert(network.key).inserted else { return .wrong("two networks of one name") }
                guard !network.key.contains(where: { "/.\\ ".contains($0) }) else { return .wrong("no name of a file") }
            }
            let members = experiment.families.flatMap(\.labels)
            guard members.allSatisfy(labels.contains), Set(members).count == members.count else {
                return .wrong("families")
            }
            let cells = Set(known.map { name in experiment.factors.map { $0.networks.contains(name) } })
            guard experiment.factors.isEmpty || cells.count == 4 && known.count == 4 else { return .wrong("factors") }
            return known.isEmpty ? .wrong("no networks") : .read
        } catch {
            return error.description.contains("\n") ? .wrong("lines") : .refused
        }
    }

    /// Read, and asked how it writes.
    static let languages = Reader(name: "languages") { bytes in
        do throws(ExperimentError) {
            let languages = try Language.read(bytes)
            guard languages.first?.isFirst == true, languages.dropFirst().allSatisfy({ !$0.isFirst }) else {
                return .wrong("the first language")
            }
            guard Set(languages.map(\.home.path)).count == languages.count else { return .wrong("two of one path") }
            for language in languages {
                guard !language.home.folder.contains("..") else { return .wrong("a path that leads out of the site") }
                for (value, places) in [(0.0, 0), (1, 0), (1.5, 2), (-21, 0), (1234, 0), (7.5e19, 3), (.nan, 0)] {
                    let number = language.numbers.text(value, places: places)
                    guard language.plurals.forms.contains(language.pluralForm(of: number)) else {
                        return .wrong("a form that words do not have")
                    }
                    let isRead = PluralOperands(number, as: language.numbers) != nil
                    guard isRead == value.isFinite else { return .wrong(number) }
                }
            }
            return .read
        } catch {
            return error.description.contains("\n") ? .wrong("lines") : .refused
        }
    }

    /// The list of files in a site: what it names is later removed.
    static let manifest = Reader(name: "manifest") { bytes in
        do {
            let manifest = try SiteManifest(bytes, path: SiteManifest.fileName)
            let paths = Array(manifest.files.keys) + manifest.kept.keys + manifest.folders
            guard paths.count < bytes.count else { return .wrong("more files than bytes") }
            return paths.contains { $0.hasPrefix("/") || $0.split(separator: "/").contains("..") }
                ? .wrong("a path that leads out of the site") : .read
        } catch {
            return error is SiteError ? .refused : .wrong("another error: \(error)")
        }
    }
}

extension Language {
    /// One without forms of words, one with two.
    fileprivate static let some = try! read(
        Array(
            """
            ja: {name: 日本語, locale: ja_JP, space: "", numbers: {decimal: ".", group: ",", minus: −, plus: +, percent: "{n}%"}}
            en:
              name: English
              locale: en_GB
              space: " "
              plurals: {one: i = 1 and v = 0}
              numbers: {decimal: ".", group: ",", minus: −, plus: +, percent: "{n}%"}
            """.utf8))
}

/// Any error but the reader's own fails to compile.
func verdict<Value, Failure: Error>(
    _ read: () throws(Failure) -> Value, check: (Value) -> String?
) -> Reader.Verdict {
    do {
        return try check(read()).map(Reader.Verdict.wrong) ?? .read
    } catch {
        return .refused
    }
}
