import Learn

extension Facts {
    /// `factors.*`: what each of two changes does, and both together.
    mutating func addFactors(_ study: FactorialStudy) {
        add(.factors, "seeds", .cardinal(study.seeds.count), from: .seeds)
        add(.factors, "runs", .count(study.seeds.count * FactorialStudy.Cell.allCases.count), from: .seeds)
        add(.factors, "epochs", .counted(study.epochs, noun: "epoch"), from: .seeds)
        add(.factors, "confidence", .share(MeanEstimate.confidence, places: 0), from: .rule)
        let command = PrintedCommands(study.experiment).studyOfAll(study.settings, seeds: study.seeds)
        add(.factors, "command", .name(command), from: .seeds)
        claim(.factors, "several", study.seeds.count > 1)
        for cell in FactorialStudy.Cell.allCases { addCell(cell, study) }
        for contrast in FactorialStudy.Contrast.allCases { addContrast(contrast, study) }
    }

    private mutating func addCell(_ cell: FactorialStudy.Cell, _ study: FactorialStudy) {
        let subject = study.subject(of: cell)
        for measure in FactorialStudy.Measure.allCases {
            let values = study.values(of: measure, cell)
            func quantity(_ value: Double?) -> Quantity? {
                value.map { measure == .accuracy ? .share($0, places: 2) : .loss($0) }
            }
            let name = measure.rawValue
            add(subject, name, quantity(MeanDifference(values).mean), from: .seeds)
            add(subject, name + "Lowest", quantity(values.min()), from: .seeds)
            add(subject, name + "Highest", quantity(values.max()), from: .seeds)
        }
    }

    private mutating func addContrast(_ contrast: FactorialStudy.Contrast, _ study: FactorialStudy) {
        let subject = study.subject(of: contrast)
        if contrast != .interaction, case .contrast(_, let keys) = subject {
            add(subject, "name", .text(key: "factor.\(keys[0])"), from: .seeds)
        }
        for measure in FactorialStudy.Measure.allCases {
            let effect = study.effect(contrast, on: measure)
            func quantity(_ value: Double?) -> Quantity? {
                value.map { measure == .accuracy ? .gain($0, places: 2) : .lossGain($0) }
            }
            let name = measure.rawValue
            let formula = study.seeds.count > 1 ? FactFormula.studentInterval : nil
            add(subject, name, quantity(effect.mean), from: .seeds, contrast.formula)
            add(subject, name + "Low", quantity(effect.interval?.lowerBound), from: .seeds, formula)
            add(subject, name + "High", quantity(effect.interval?.upperBound), from: .seeds, formula)
            claim(subject, name + "Verdict", effect.verdict)
        }
    }
}

extension FactorialStudy {
    private var keys: [String] { experiment.factors.map(\.key) }

    func subject(of cell: Cell) -> FactSubject {
        switch cell {
        case .neither: .cell(cell, having: [])
        case .firstAlone: .cell(cell, having: [keys[0]])
        case .secondAlone: .cell(cell, having: [keys[1]])
        case .both: .cell(cell, having: keys)
        }
    }

    /// The change that it is about stands first.
    func subject(of contrast: Contrast) -> FactSubject {
        .contrast(contrast, of: contrast == .second ? keys.reversed() : keys)
    }
}

extension FactorialStudy.Contrast {
    /// Of the values y with and without the change and, as the second digit says, the other.
    fileprivate var formula: String {
        self == .interaction ? "(y₁₁ − y₀₁) − (y₁₀ − y₀₀)" : "((y₁₀ − y₀₀) + (y₁₁ − y₀₁)) / 2"
    }
}

extension Words {
    /// What a network is called by the changes that it has.
    func name(of cell: FactorialStudy.Cell, _ factors: [String]) throws -> String {
        switch cell {
        case .neither, .both: try self("factors.\(cell.rawValue)")
        case .firstAlone, .secondAlone: try self("factors.alone", ["factor": self("factor.\(factors[0])")])
        }
    }
}
