import Foundation
import Learn
import Testing

@testable import Site

@Suite struct PageTests {
    /// Builds the site from made-up runs.
    ///
    /// - Returns: its files by path.
    private func build(_ runs: [Run] = Fixture.runs(), baseURL: String? = nil) throws -> [String: Data] {
        let folder = try TemporaryFolder()
        let output = folder.url.appending(path: "site")
        try SiteBuilder(templates: TestSite.templates, output: output, baseURL: baseURL.flatMap(URL.init(string:)))
            .build(dataset: Fixture.dataset, runs: runs, figures: TestSite.figures) { _ in }
        return try folder.contents(of: "site")
    }

    @Test func theSiteHasAllItsFiles() throws {
        let files = try build()
        for path in ["index.html", "en/index.html", "assets/site.css", "assets/site.js", "assets/theme.js"] {
            #expect(files[path] != nil, "\(path)")
        }
        for network in Network.all {
            #expect(files["data/\(network.name).json"] != nil)
            #expect(files["models/\(network.name).safetensors"] != nil)
        }
        for id in TestSite.figureIDs {
            for language in Language.allCases {
                for appearance in Appearance.allCases {
                    #expect(files["figures/\(language.rawValue)/\(appearance.rawValue)/\(id).svg"] != nil)
                }
            }
        }
    }
}
