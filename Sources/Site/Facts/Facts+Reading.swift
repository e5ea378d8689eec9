/// How figures, tables and files read what was worked out.
extension Facts {
    /// The number of a fact.
    ///
    /// - Throws: ``SiteError/noFact(key:)`` if there is no such fact, or these runs have no such number.
    func quantity(_ subject: FactSubject, _ name: String) throws -> Quantity {
        guard let quantity = try known(subject, name) else { throw SiteError.noFact(key: "\(subject.prefix).\(name)") }
        return quantity
    }

    /// The number of a fact; nil where these runs have none.
    ///
    /// - Throws: ``SiteError/noFact(key:)`` if there is no such fact.
    func known(_ subject: FactSubject, _ name: String) throws -> Quantity? {
        let key = "\(subject.prefix).\(name)"
        guard let fact = self[fact: key] else { throw SiteError.noFact(key: key) }
        return fact.quantity
    }

    /// The number of a fact as a `Double` with all its digits, for files that programs read and for marks.
    ///
    /// - Throws: ``SiteError/noFact(key:)`` if there is none, or it is no number.
    func value(_ subject: FactSubject, _ name: String) throws -> Double {
        guard let number = try quantity(subject, name).number else {
            throw SiteError.noFact(key: "\(subject.prefix).\(name)")
        }
        return number
    }

    /// Which outcome of a claim came about.
    ///
    /// - Throws: ``SiteError/noFact(key:)`` if there is no such claim.
    func outcome(of subject: FactSubject, _ name: String) throws -> String {
        let key = "\(subject.prefix).\(name)"
        guard let claim = self[claim: key] else { throw SiteError.noFact(key: key) }
        return claim.outcome
    }
}

extension Quantity {
    /// Without the noun or the word that a language has for it.
    var bare: Quantity { whole.map(Quantity.count) ?? self }

    /// The one number that it is, unrounded.
    var number: Double? {
        switch value {
        case .whole(let value): Double(value)
        case .number(let value): value
        default: nil
        }
    }
}
