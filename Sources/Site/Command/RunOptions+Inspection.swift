import Foundation
import Learn
import Site

extension RunOptions {
    /// What each of the runs was found to look for: from the store, or measured and stored.
    func inspections(of runs: [Run], _ setup: Setup, telling: (BuildEvent) -> Void) throws -> [Inspection] {
        try runs.map { run in
            if let stored = try stored(run, setup, telling: telling) { return stored }
            let inspection = try model(run).inspect(on: setup.dataset) { step in
                telling(.step("inspect \(run.name): \(step.rawValue)"))
            }
            do {
                try store.save(inspection, of: run)
            } catch RunStoreError.unwritable(let path, let reason) {
                // As where runs are only lent: what is missing next time is a minute.
                telling(.notKept(reason: "the inspection of \(run.name): \(path): \(reason)"))
            }
            return inspection
        }
    }

    /// What the filters of a run look for that is told of beside others, whether it was inspected or not: it must not
    /// hang on what is stored. Of so few images it takes a fiftieth of a second.
    func roles(of run: Run, _ setup: Setup) throws -> FilterRoles {
        try model(run).inspectRoles(on: setup.dataset, images: Portrait.otherSeedsImages)
    }

    private func model(_ run: Run) throws -> Model {
        try Model(run.architecture, weights: run.weights, threads: ProcessInfo.processInfo.activeProcessorCount)
    }

    /// What is damaged can be had again.
    private func stored(_ run: Run, _ setup: Setup, telling: (BuildEvent) -> Void) throws -> Inspection? {
        do {
            return try store.inspection(of: run, on: setup.dataset)
        } catch RunStoreError.damaged(let path, let defect) {
            telling(.passedOver(reason: "\(path): \(defect): inspected anew"))
            return nil
        }
    }
}
