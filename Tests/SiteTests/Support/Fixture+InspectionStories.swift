import Learn

@testable import Site

extension Fixture {
    /// Stories of runs that were found to be otherwise inside than usual.
    static let inspectionStories: [Story] =
        [
            Story(name: "no filter is missed", runs: usual, inspections: inspections(dependence: 0.02)),
            Story(name: "no filter is worth anything", runs: usual, inspections: inspections(dependence: 0)),
            Story(name: "nothing is seen", runs: usual, inspections: inspections(isBlind: true)),
            Story(name: "a filter is missed a little", runs: usual, inspections: inspections(dependence: 0.12)),
        ] + roleStories + probeStories + shiftStories + calibrationStories

    private static func inspections(dependence: Float = 0.3, isBlind: Bool = false) -> [Inspection] {
        usual.map { inspection(of: $0, fashion, dependence: dependence, isBlind: isBlind) }
    }

    /// The usual inspections, changed by what is given for three networks.
    private static func inspections<T>(
        _ given: [T], _ change: (inout Inspection, Run, T) -> Void
    ) -> [Inspection] {
        usual(given).map { run, given in
            var inspection = inspection(of: run, fashion)
            change(&inspection, run, given)
            return inspection
        }
    }
}

// MARK: - Roles

extension Fixture {
    /// What all filters of a first convolution are like, how much, and whether those of the second are like anything.
    private struct Look {
        var pattern = PlainPattern.left
        var likeness: Float = 0.9
        var goesOn = false

        static let edges = Look()
        static let nothing = Look(likeness: 0.1)
        static let hardly = Look(likeness: 0.55)
    }

    private static let roleStories = [
        roles("filters of edges", [.edges, .edges, .edges]),
        roles("filters of stripes", [Look](repeating: Look(pattern: .levelDark, goesOn: true), count: 3)),
        roles("filters without a word", [Look](repeating: Look(likeness: 0.1, goesOn: true), count: 3)),
        roles("filters that are hardly like edges", [.hardly, .hardly, .hardly]),
        roles("roles at the threshold", [.hardly, .edges, .edges]),
        roles("roles more frequent", [.nothing, .edges, .edges]),
        roles("roles rarer", [.edges, .nothing, .nothing]),
    ]

    private static func roles(_ name: String, _ looks: [Look]) -> Story {
        Story(
            name: name, runs: usual,
            inspections: inspections(looks) { inspection, run, look in
                inspection.roles = FilterRoles(
                    layers: inspection.roles.layers.map { layer in
                        let isFirst = ["conv1", "pool1"].contains(layer.name)
                        let likeness: Float = isFirst ? look.likeness : look.goesOn ? 0.9 : 0.1
                        return NamedTensor(layer.name, like(look.pattern, likeness, filters: layer.tensor.shape[0]))
                    })
            })
    }

    /// Filters that are so much like a pattern, and like nothing else.
    private static func like(_ pattern: PlainPattern, _ likeness: Float, filters: Int) -> Tensor {
        let row = PlainPattern.allCases.map { $0 == pattern ? likeness : 0 }
        return Tensor(shape: [filters, row.count], values: (0..<filters).flatMap { _ in row })
    }
}

// MARK: - Probes, changed images, probabilities

extension Fixture {
    private static let probeStories = [
        probes("classes part ever better", from: 0.5, to: 0.9),
        probes("classes part ever worse", from: 0.9, to: 0.5),
        probes("classes part best in the middle", from: 0.5, to: 0.5, between: 0.9),
        probes("classes part at once", from: 0.8, to: 0.8),
        // Of 200 images, 15 more are just not enough.
        probes("classes perhaps part better", from: 0.8, to: 0.875),
    ]

    /// - Parameters: accuracies from the pixels, from the last layer, and from those between.
    private static func probes(_ name: String, from first: Float, to last: Float, between: Float? = nil) -> Story {
        let accuracies = inspections([()]) { inspection, _, _ in
            let count = inspection.probes.accuracy.values.count
            let values = (0..<count).map { $0 == 0 ? first : $0 == count - 1 ? last : between ?? first }
            inspection.probes = Probes(accuracy: Tensor(shape: [count], values: values))
        }
        return Story(name: name, runs: usual, inspections: accuracies)
    }

    private static let shiftStories =
        Network.all.map { best in
            shifts("\(best.name) steadiest") { network, _ in network == best.name ? 0.9 : 0.4 }
        } + [shifts("one steadier at the farthest alone") { $0 == "wide" || $1 < 4 ? 0.9 : 0.4 }]

    /// - Parameter accuracy: of a network on images moved by so many pixels.
    private static func shifts(_ name: String, _ accuracy: (_ network: String, _ steps: Int) -> Float) -> Story {
        let moved = inspections([()]) { inspection, run, _ in
            let trust = inspection.trust
            inspection.trust = Trust(
                shifts: Tensor(
                    shape: trust.shifts.shape,
                    values: trust.shifts.values.indices.map { accuracy(run.name, abs($0 % 9 - Trust.reach)) }),
                changed: trust.changed, blank: trust.blank, noise: trust.noise)
        }
        return Story(name: name, runs: usual, inspections: moved)
    }

    /// The made-up answers have a mean probability of about 0.745.
    private static let calibrationStories = [
        scoring("surer than right", 0.5), scoring("as sure as right on average", 0.745),
    ]

    private static func scoring(_ name: String, _ accuracy: Double) -> Story {
        let names = Network.all.map(\.name)
        let accuracies = Dictionary(uniqueKeysWithValues: names.map { ($0, accuracy) })
        return Story(name: name, runs: fashionRuns(Traits(accuracy: accuracies)))
    }
}
