extension ProseSelector {
    /// The text that goes with a number, as the language writes it: its own if it has one, else that of its form.
    func variant(for number: String, _ language: Language) -> Variant? {
        let form = language.pluralForm(of: number)
        let own = variants.first { variant in
            Int(variant.outcome).map { language.numbers.text(Double($0), places: 0) } == number
        }
        return own ?? variants.first { $0.outcome == form }
    }

    /// What lacks or has no place among the texts that go by a number; nil if nothing does.
    func misfit(by language: Language) -> String? {
        let forms = language.plurals.forms
        if let form = forms.first(where: { form in !variants.contains { $0.outcome == form } }) {
            return "\"\(subject)\" has no text for [\(form)]; write - where nothing is said"
        }
        let odd = variants.first { !forms.contains($0.outcome) && Int($0.outcome) == nil }
        return odd.map {
            "\"\(subject)\" is a number and chooses by \(forms.joined(separator: ", ")), not [\($0.outcome)]"
        }
    }
}
