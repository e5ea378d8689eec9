import Testing

@testable import Site

@Suite struct RobustClaimTests {
    /// Whether a number exceeds ten.
    private func claim(_ value: Double, neighbours: [Double] = [], otherSeeds: [Double] = []) -> RobustClaim<Bool> {
        RobustClaim(value, neighbours: neighbours, otherSeeds: otherSeeds) { $0 > 10 * $1 }
    }

    @Test func farFromTheThresholdItIsDecided() {
        #expect(claim(13).outcome == true)
        #expect(claim(7).outcome == false)
    }

    @Test(arguments: [7.6, 10, 12.4]) func nearTheThresholdItIsNot(value: Double) {
        #expect(claim(value).outcome == nil)
        #expect(claim(value).turnedBy == [.threshold])
        #expect(claim(value).stated == (value > 10))
    }

    @Test func aNeighbourThatContradictsTurnsIt() {
        #expect(claim(13, neighbours: [14, 11]).outcome == true)
        #expect(claim(13, neighbours: [14, 9]).turnedBy == [.epoch])
    }

    @Test func aPartThatContradictsTurnsIt() {
        #expect(RobustClaim(13.0, parts: [14, 11]) { $0 > 10 * $1 }.outcome == true)
        #expect(RobustClaim(13.0, parts: [14, 9]) { $0 > 10 * $1 }.turnedBy == [.part])
    }

    @Test func anotherSeedThatContradictsTurnsItUnlessItIsOneOfTen() {
        #expect(claim(13, otherSeeds: [13, 9, 13]).turnedBy == [.seed])
        #expect(claim(13, otherSeeds: [9] + Array(repeating: 13, count: 9)).outcome == true)
        #expect(claim(13, otherSeeds: [9, 9] + Array(repeating: 13, count: 9)).outcome == nil)
    }

    @Test func aRuleThatCannotTellLeavesItUndecided() {
        let claim = RobustClaim<Bool>(1) { _, _ in nil }
        #expect(claim.outcome == nil && claim.turnedBy.isEmpty)
    }

    @Test func factsHaveOneMoreOutcome() {
        var facts = Facts(dataset: Fixture.dataset, runs: [])
        facts.claim(.network("test"), "no", claim(1))
        facts.claim(.network("test"), "open", claim(10))
        let no = facts[claim: "test.no"]
        #expect(no?.outcomes == ["yes", "no", "undecided"] && no?.outcome == "no" && no?.turnedBy == [])
        let open = facts[claim: "test.open"]
        #expect(open?.outcome == "undecided" && open?.turnedBy == claim(10).turnedBy)
    }
}
