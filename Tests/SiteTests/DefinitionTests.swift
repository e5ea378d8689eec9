import Foundation
import Learn
import Testing

@testable import Site

/// What the strings say that numbers and claims mean.
@Suite struct DefinitionTests {
    /// Definitions by key that the facts of several sites ask for.
    private static let keys: Set<String> = {
        var keys: Set<String> = []
        for story in Fixture.stories {
            keys.formUnion(story.facts.facts.map(\.definitionKey))
            keys.formUnion(story.facts.claims.map(\.definitionKey))
        }
        return keys
    }()

    @Test(arguments: Language.allCases)
    func thereIsOneOfEachFactAndClaim(_ language: Language) throws {
        let words = try TestSite.words(language)
        #expect(DefinitionTests.keys.filter { !words.has($0) }.sorted() == [])
    }
}
