import Dispatch
import Testing

@testable import Render

@Suite struct TypefaceTests {
    @Test func missingFontIsNamedWithItsPackage() {
        let families = ["No Such Family", "Nor This One"]
        #expect(throws: RenderError.missingFont(families: families)) { _ = try Typeface(families: families) }
        let line = RenderError.missingFont(families: families).description
        #expect(line.contains("No Such Family, Nor This One") && line.contains("fonts-noto-cjk"))
        #expect(!line.contains("\n"))
    }

    @Test func familyWithoutJapaneseIsPassedOver() throws {
        let typeface = try Typeface(families: ["DejaVu Sans", "Liberation Sans"] + Typeface.families)
        #expect(Typeface.families.contains(typeface.family))
    }

    /// The threads let go of each scaled font and find it anew all the time, which must not be its end. Without the
    /// references that are kept, Cairo ends such a program within seconds.
    @Test func threadsShareScaledFonts() throws {
        let typeface = try Typeface.installed()
        let fonts = [Theme.label, Theme.strongLabel, Font(size: 15)]
        let widths = fonts.map { typeface.width(of: "損失 12", in: $0) }
        DispatchQueue.concurrentPerform(iterations: 8) { thread in
            for turn in 0..<2000 {
                let font = (thread + turn) % fonts.count
                if typeface.width(of: "損失 12", in: fonts[font]) != widths[font] {
                    Issue.record("\(fonts[font]) is not as wide as before")
                }
            }
        }
    }

    @Test func widthsGrowWithTheSize() throws {
        let typeface = try Typeface.installed()
        let kanji = typeface.width(of: "損失", in: Font(size: 20))
        #expect(abs(kanji - 40) < 0.5)
        let small = typeface.width(of: "Epoch 12", in: Font(size: 10))
        #expect(abs(typeface.width(of: "Epoch 12", in: Font(size: 30)) - 3 * small) < 0.05)
        #expect(typeface.width(of: "", in: Theme.label) == 0)
    }
}
