import Learn
import TestSupport
import Testing

@testable import Site

/// What a filter's correlations say that it looks for.
@Suite struct FilterRoleTests {
    /// Correlations with some patterns, and none with the others.
    private func role(_ correlations: [PlainPattern: Double]) -> FilterRole {
        FilterRole(PlainPattern.allCases.map { correlations[$0] ?? 0 })
    }

    @Test func theMostLikePatternIsTheRole() {
        #expect(role([.left: 0.9, .outline: 0.4]).kind == .edge && role([.left: 0.9]).pattern == .left)
        #expect(role([.ink: 0.98, .uprightBright: 0.4]).kind == .brightness)
        #expect(role([.empty: 0.7]).kind == .background)
        #expect(role([.outline: 0.7]).kind == .outline)
        #expect(role([.levelDark: 0.7]).kind == .stripe && role([.levelDark: 0.7]).pattern == .levelDark)
    }

    @Test func whatLikesTheDarkIsNegativelyBright() {
        let dark = role([.ink: -0.66, .empty: 0.5])
        #expect(dark.kind == .darkness && dark.pattern == .ink && dark.likeness == 0.66)
    }

    @Test func aRoleNeedsAThresholdAndAMarginOverOtherKinds() {
        #expect(role([.left: 0.49]).kind == nil && role([.left: 0.5]).kind == .edge)
        #expect(role([.left: 0.6, .ink: 0.56]).kind == nil)
        #expect(role([.left: 0.6, .ink: 0.54]).kind == .edge)
        // The next direction is no other kind.
        #expect(
            role([.left: 0.6, .upperLeft: 0.59]).pattern == .left && role([.left: 0.6, .upperLeft: 0.59]).kind == .edge)
        let none = role([.left: 0.2, .lower: 0.3])
        #expect(none.kind == nil && none.pattern == .lower && none.likeness == 0.3)
    }

    @Test func factsCountTheRoles() throws {
        let input = FigureInput(dataset: Fixture.dataset, runs: Fixture.runs())
        for network in Network.all {
            for layer in input.measured(network).roles {
                let counts = try ["edges", "stripes", "outlines", "brightness", "none"].map { name in
                    try #require(
                        try input.facts.quantity(.layer(layer.layer, of: network.name), "roles.\(name)").whole)
                }
                #expect(counts.reduce(0, +) == layer.roles.count && counts[0] > 0 && counts[4] > 0)
            }
        }
    }
}
