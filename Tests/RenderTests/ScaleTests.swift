import Testing

@testable import Render

@Suite struct LinearScaleTests {
    @Test(
        arguments: [
            ((0.0, 1.0), 10, [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0]),
            ((0.0, 1.0), 5, [0, 0.2, 0.4, 0.6, 0.8, 1.0]),
            ((0.0, 1.0), 2, [0, 0.5, 1]),
            ((-10.0, 10.0), 5, [-10, -5, 0, 5, 10]),
            ((0.0, 10.0), 3, [0, 5, 10]),
            ((0.203, 1.36), 5, [0.4, 0.6, 0.8, 1.0, 1.2]),
            ((1.0, 50.0), 5, [10, 20, 30, 40, 50]),
            ((0.0, 60_000.0), 4, [0, 20_000, 40_000, 60_000]),
            ((0.0, 1e-7), 2, [0, 5e-8, 1e-7]),
        ] as [((Double, Double), Int, [Double])])
    func ticksAreRound(domain: (Double, Double), count: Int, expected: [Double]) {
        #expect(LinearScale(domain: domain).ticks(count) == expected)
    }

    @Test func reversedDomainHasItsTicksReversed() {
        #expect(LinearScale(domain: (1, 0)).ticks(5) == [1.0, 0.8, 0.6, 0.4, 0.2, 0])
    }

    @Test func constantDomainHasItsOneValueAsTick() {
        #expect(LinearScale(domain: (3, 3)).ticks(5) == [3])
    }

    @Test(arguments: [(Double.nan, 1.0), (0.0, Double.nan), (0.0, Double.infinity), (-Double.infinity, 0.0)])
    func domainThatIsNotFiniteHasNoTicks(domain: (Double, Double)) {
        #expect(LinearScale(domain: domain).ticks(5) == [])
        #expect(LinearScale(domain: domain).nice(5).ticks(5) == [])
    }

    @Test func noTicksWereAskedFor() {
        #expect(LinearScale(domain: (0, 1)).ticks(0) == [])
    }

    @Test(
        arguments: [
            ((12.0, 87.0), 5, (0.0, 100.0)), ((12.0, 87.0), 10, (10.0, 90.0)), ((12.0, 87.0), 100, (12.0, 87.0)),
            ((1.1, 10.9), 10, (1.0, 11.0)), ((10.9, 1.1), 10, (11.0, 1.0)), ((0.7, 11.001), 10, (0.0, 12.0)),
            ((0.0, 0.49), 10, (0.0, 0.5)), ((-0.1, 51.1), 8, (-10.0, 60.0)),
        ] as [((Double, Double), Int, (Double, Double))])
    func niceDomainEndsAtTicks(domain: (Double, Double), count: Int, expected: (Double, Double)) {
        let nice = LinearScale(domain: domain).nice(count)
        #expect(nice.domain == expected)
    }

    @Test func niceGivesAConstantDomainRoom() {
        #expect(LinearScale(domain: (0, 0)).nice().domain == (-0.6, 0.6))
        let nice = LinearScale(domain: (4, 4)).nice()
        #expect(nice.domain.lower < 4 && nice.domain.upper > 4)
    }

    @Test(arguments: [(0.0, 1.0, 5, 1), (0.0, 0.1, 5, 2), (0.0, 10.0, 5, 0), (0.0, 0.01, 2, 3), (0.2, 0.6, 3, 1)])
    func decimalsTellTicksApart(lower: Double, upper: Double, count: Int, decimals: Int) {
        #expect(LinearScale(domain: (lower, upper)).tickDecimals(count) == decimals)
    }

    @Test func mapsValuesInEitherDirection() {
        #expect(LinearScale(domain: (0, 10), range: (100, 200))(2.5) == 125)
        #expect(LinearScale(domain: (10, 0), range: (100, 200))(2.5) == 175)
        #expect(LinearScale(domain: (0, 10), range: (200, 100))(2.5) == 175)
        #expect(LinearScale(domain: (0, 10), range: (0, 100))(12) == 120)
    }

    @Test func constantDomainLiesInTheMiddle() {
        #expect(LinearScale(domain: (3, 3), range: (0, 100))(3) == 50)
    }

    @Test func nanStaysNaN() {
        #expect(LinearScale(domain: (0, 1), range: (0, 100))(.nan).isNaN)
    }

    @Test func coversFiniteValuesOnly() {
        let values: [Double] = [2, .nan, -1, .infinity, 5, -.infinity]
        #expect(LinearScale(covering: values).domain == (-1, 5))
        #expect(LinearScale(covering: [.nan]).domain == (0, 1))
        #expect(LinearScale(covering: []).domain == (0, 1))
    }
}

@Suite struct LogScaleTests {
    @Test func equalRatiosAreEqualDistances() {
        let scale = LogScale(domain: (0.1, 10), range: (0, 100))
        #expect(abs(scale(1) - 50) < 1e-9)
        #expect(abs((scale(0.4) - scale(0.2)) - (scale(8) - scale(4))) < 1e-9)
    }

    @Test func whatIsNotPositiveHasNoPlace() {
        let scale = LogScale(domain: (0.1, 10))
        #expect(scale(0).isNaN && scale(-1).isNaN && scale(.nan).isNaN)
    }

    @Test(
        arguments: [
            ((0.19, 1.4), 6, [0.2, 0.3, 0.5, 1]), ((0.19, 1.4), 10, [0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]),
            ((0.01, 100), 5, [0.01, 0.1, 1, 10, 100]), ((1, 10), 3, [1, 3, 10]),
        ] as [((Double, Double), Int, [Double])])
    func ticksAreRoundAndFew(domain: (Double, Double), count: Int, expected: [Double]) {
        let ticks = LogScale(domain: domain).ticks(count)
        #expect(ticks.count == expected.count)
        for (tick, value) in zip(ticks, expected) { #expect(abs(tick / value - 1) < 1e-12) }
    }

    @Test func constantDomainLiesInTheMiddle() {
        #expect(LogScale(domain: (2, 2), range: (0, 100))(2) == 50)
    }

    @Test func coversPositiveValuesOnly() {
        let scale = LogScale(covering: [.nan, -3, 0, 0.5, 2])
        #expect(scale.ranging(from: 0, to: 1)(0.5) > 0 && scale.ranging(from: 0, to: 1)(2) < 1)
        #expect(LogScale(covering: [.nan, -1]).ticks(5) == LogScale(covering: [0.1, 1]).ticks(5))
    }
}

@Suite struct BandScaleTests {
    @Test func bandsShareTheRange() {
        let scale = BandScale(count: 4, padding: 0.5, range: (100, 300))
        #expect(scale(0) == 125 && scale(3) == 275)
        #expect(scale.bandwidth == 25)
    }

    @Test func rangeMayRunBackwards() {
        let scale = BandScale(count: 2, range: (100, 0))
        #expect(scale(0) == 75 && scale(1) == 25)
        #expect(scale.bandwidth == 50)
    }

    @Test func withoutCategoriesNothingDividesByZero() {
        #expect(BandScale(count: 0, range: (0, 100)).bandwidth == 100)
    }
}
