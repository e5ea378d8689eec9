import Learn

/// What is measured of a run, once for all that tells of it: facts, figures, tables, scripts.
struct RunMeasurements: Sendable {
    /// Maps, kernels and answers, with those of runs that differ in nothing but the seed.
    let portraits: SeedPortraits
    /// How the losses went; nil for a model that was not trained here.
    let course: LossCourse?
    /// Answers to the test images.
    let confusion: Confusion
    let confidence: Confidence
    /// All mistakes, the surest first.
    let mistakes: [Mistake]
    /// What the filters of each convolution are worth.
    let filters: [FilterWorth]
    let inspection: Inspection
    private let spread = Once<OutputSpread>()

    /// - Parameters:
    ///   - run: if it was trained, for one epoch at least.
    ///   - inspection: of this run.
    ///   - others: portraits and histories of runs that differ in nothing but the seed.
    init(
        _ run: Run, _ inspection: Inspection, test: Split, others: (portraits: [Portrait], histories: [[EpochMetrics]])
    ) {
        portraits = SeedPortraits(
            shown: Portrait(run, of: run.network, roles: inspection.roles, test: test), others: others.portraits)
        course = run.training.map { LossCourse($0.history, otherSeeds: others.histories) }
        confusion = Confusion(matrix: run.confusionMatrix)
        confidence = Confidence(run, labels: test.labels)
        mistakes = run.mistakes(labels: test.labels)
        self.inspection = inspection
        filters = inspection.switchedOff.map { FilterWorth($0, labels: test.labels) }
    }

    /// How outputs are distributed, worked out once for all figures.
    ///
    /// - Parameter run: that these are the measurements of.
    func spread(_ run: Run) -> OutputSpread { spread { OutputSpread(run.samples, maps) } }

    /// What each filter looks for, layer by layer.
    var roles: [LayerRoles] { portraits.shown.roles }

    /// Over all test images.
    var calibration: Calibration { portraits.shown.calibration[0] }

    /// Over all images that are shown.
    var maps: MapMeasures { portraits.shown.maps[0] }

    /// - Precondition: a layer whose outputs a run keeps, and not the last.
    func maps(of layer: String) -> MapStatistics {
        guard let found = maps.layers.first(where: { $0.name == layer }) else {
            preconditionFailure("a run keeps no outputs of \(layer)")
        }
        return found.statistics
    }

    /// - Precondition: a convolution of the network.
    func kernels(of layer: String) -> KernelStatistics {
        guard let kernels = portraits.shown.kernels[layer] else { preconditionFailure("\(layer) has no kernels") }
        return kernels
    }
}
