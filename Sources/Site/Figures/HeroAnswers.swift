import Render

/// The classes that a network thinks likeliest, each with a bar.
struct HeroAnswers {
    struct Answer {
        let name: String
        let probability: String
        /// From 0 to 1.
        let share: Double
        let isFirst: Bool
    }

    let answers: [Answer]
    let font: Font

    private static let bar = 6.0

    /// From one answer to the next, in pixels.
    private var pitch: Double { font.lineHeight + HeroAnswers.bar + font.size }
    /// As wide as a name and its probability need.
    var width: Double { (font.size * 13).rounded() }
    var height: Double { Double(answers.count) * pitch - font.size }
    /// Where lines lead: the middle of the first name, from the top.
    var entry: Double { font.lineHeight / 2 }

    func draw(in frame: Rect, on drawing: inout Drawing, _ style: Style) {
        let theme = style.theme
        for (place, answer) in answers.enumerated() {
            let top = frame.y + Double(place) * pitch
            let face = Font(size: font.size, isBold: answer.isFirst)
            let color = answer.isFirst ? theme.ink : theme.mutedInk
            let probability = style.width(of: answer.probability, in: face)
            let name = style.fitted(answer.name, into: frame.width - probability - Theme.spacing, face)
            let baseline = top + face.baseline
            drawing.add(.text(TextLine(name, at: Point(frame.x, baseline), font: face, color: color)))
            let end = Point(frame.maxX, baseline)
            drawing.add(.text(TextLine(answer.probability, at: end, .end, font: face, color: color)))
            let track = Rect(frame.x, top + face.lineHeight + 1, frame.width, HeroAnswers.bar)
            drawing.fill(.rectangle(track), theme.grid)
            let length = answer.share.isNaN ? 0 : min(max(answer.share, 0), 1) * track.width
            if length > 0 { drawing.fill(.rectangle(Rect(track.x, track.y, length, track.height)), color) }
        }
    }
}
