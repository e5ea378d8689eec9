import Learn
import Render

extension StudyPlan.Format {
    /// The most jobs that the engine takes at once; nil if it does not mind.
    ///
    /// Slurm's `MaxArraySize` is 1001 unless configured otherwise, and no index reaches it. GitHub's 256 jobs a matrix
    /// are the same for everybody.
    public var mostJobs: Int? {
        switch self {
        case .commands: nil
        case .slurm: 1000
        case .github: 256
        }
    }

    /// Why a plan's text is more than the engine takes; nil if it is not.
    public func complaint(about text: String) -> String? {
        switch self {
        case .commands: nil
        case .slurm: text.utf8.count <= 4 << 20 ? nil : "Slurm takes scripts of up to 4 MiB"
        // Counted in UTF-16, as GitHub says.
        case .github: text.utf16.count <= 500_000 ? nil : "GitHub takes outputs of up to 1 MB"
        }
    }
}

extension StudyPlan {
    /// How the trainings are dealt out where an engine takes fewer jobs than there are trainings: evenly, one after the
    /// other in each job, those that are alike to different jobs.
    struct Deal: Equatable {
        let trainings: Int
        let jobs: Int
        /// Trainings of a job, or one less.
        let each: Int

        /// - Parameter most: jobs at most, at least 1; nil for any number.
        init(_ trainings: Int, atMost most: Int?) {
            self.trainings = trainings
            each = max(1, most.map { (trainings - 1) / $0 + 1 } ?? 1)
            jobs = trainings == 0 ? 0 : (trainings - 1) / each + 1
        }

        /// The trainings of a job, both counted from 0.
        func trainings(of job: Int) -> StrideTo<Int> { stride(from: job, to: trainings, by: jobs) }
    }

    /// What to know of a plan whose jobs carry out several trainings each; nil if they do not.
    ///
    /// - Parameter mostJobs: as for ``text(_:_:mostJobs:)``.
    public func remark(_ format: Format, mostJobs: Int? = nil) -> String? {
        let deal = Deal(tasks.count, atMost: mostJobs ?? format.mostJobs)
        guard deal.each > 1 else { return nil }
        let limit =
            switch (mostJobs, format) {
            case (nil, .slurm): "Slurm takes 1,000 jobs in an array, if its MaxArraySize is the usual one; see --jobs"
            case (nil, .github): "GitHub takes 256 jobs in a matrix"
            default: "as --jobs has it"
            }
        return "\(NumberFormat.plain.text(Double(deal.trainings), places: 0)) trainings in "
            + "\(NumberFormat.plain.text(Double(deal.jobs), places: 0)) jobs, up to \(deal.each) one after the other in each: "
            + limit
    }
}
