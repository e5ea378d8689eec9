import Testing

@testable import Site

@Suite struct QuantityTests {
    private func words(_ language: Language) throws -> Words {
        try TestSite.words(language)
    }

    @Test(arguments: [
        (Quantity.count(60000), "60,000", "60,000"),
        (.count(-1234), "−1,234", "−1,234"),
        (.cardinal(3), "3", "three"),
        (.cardinal(11), "11", "11"),
        (.multiple(2), "2倍", "twice"),
        (.multiple(3), "3倍", "3 times"),
        (.multiple(1), "1倍", "1 time"),
        (.multiple(1.26), "1.3倍", "1.3 times"),
        (.counted(1, noun: "epoch"), "1エポック", "1 epoch"),
        (.counted(50, noun: "epoch"), "50エポック", "50 epochs"),
        (.counted(1, noun: "trainImage"), "訓練画像1枚", "1 training image"),
        (.counted(2, noun: "testImage"), "テスト画像2枚", "2 test images"),
        (.counted(1, noun: "occurrence"), "1枚", "1 time"),
        (.decimal(0.2866, places: 3), "0.287", "0.287"),
        (.decimal(-0.0004, places: 3), "0.000", "0.000"),
        (.decimal(-0.5, places: 1), "−0.5", "−0.5"),
        (.decimal(1234.5, places: 1), "1,234.5", "1,234.5"),
        (.decimal(7.5e19, places: 3), "7.5e19", "7.5e19"),
        (.decimal(-1.234567e300, places: 3), "−1.23e300", "−1.23e300"),
        (.decimal(1e-300, places: 3), "0.000", "0.000"),
        (.decimal(.infinity, places: 1), "∞", "∞"),
        (.decimal(.nan, places: 1), "—", "—"),
        (.share(0.8964, places: 1), "89.6%", "89.6%"),
        (.points(0.0123), "1.2ポイント", "1.2 points"),
        (.gain(0.0058, places: 2), "+0.58", "+0.58"),
        (.gain(-0.0000001, places: 2), "0.00", "0.00"),
        (.gain(0.0000001, places: 2), "0.00", "0.00"),
        (.lossGain(-0.2509), "−0.251", "−0.251"),
        (.lossGain(-1.234567e300), "−1.23e300", "−1.23e300"),
        (.change(12), "+12", "+12"),
        (.change(-3), "−3", "−3"),
        (.probability(0.0123), "0.012", "0.012"),
        (.probability(0.0004), "<\u{A0}0.001", "<\u{A0}0.001"),
        (.chance(0.0123), "p\u{A0}=\u{A0}0.012", "p\u{A0}=\u{A0}0.012"),
        (.chance(0.0004), "p\u{A0}<\u{A0}0.001", "p\u{A0}<\u{A0}0.001"),
        (.certainty(0.99999), ">99.9%", ">99.9%"),
        (.certainty(1), "100.0%", "100.0%"),
        (.degrees(60), "60°", "60°"),
        (.setting(1e-7), "1e−07", "1e−07"),
        (.shape([28, 28, 6]), "28×28×6", "28×28×6"),
        (.filters([.init(number: 3, norm: 3.424)]), "フィルタ3（3.42）", "filter 3 (3.42)"),
        (
            .filters([.init(number: 3, norm: 3.424), .init(number: 5, norm: 2)]), "フィルタ3（3.42）、5（2.00）",
            "filters 3 (3.42), 5 (2.00)"
        ),
        (
            .roles([
                .init(number: 1, pattern: "left", likeness: 0.834), .init(number: 2, pattern: nil, likeness: 0.3),
                .init(number: 3, pattern: "darkness", likeness: 0.7),
            ]), "1番は左の縁（0.83）、2番は単純な役割なし、3番は暗さ（0.70）",
            "no. 1 (left edge, 0.83), no. 2 (no plain role), no. 3 (darkness, 0.70)"
        ),
        (.label(9), "アンクルブーツ", "ankle boot"),
        (.labels([9, 6]), "アンクルブーツ」「シャツ", "ankle boot” and “shirt"),
        (.mistakes([.init(truth: 4, guess: 6, count: 1)]), "コート → シャツ", "coat → shirt"),
        (.operations(7.3e12), "7.30 TFLOP", "7.30 TFLOP"),
        (.operations(416), "416 FLOP", "416 FLOP"),
        (.name("conv1"), "conv1", "conv1"),
    ])
    func eachLanguageWritesItItsWay(_ quantity: Quantity, _ japanese: String, _ english: String) throws {
        #expect(try words(.japanese)(quantity) == japanese)
        #expect(try words(.english)(quantity) == english)
    }
}
