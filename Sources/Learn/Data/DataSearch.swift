import Foundation

/// Where the files of Fashion-MNIST are looked for, and with what they are compared.
struct DataSearch {
    var environment: [String: String]
    var systemFolder = URL(fileURLWithPath: "/usr/share/datasets/fashion-mnist", isDirectory: true)
    var digests = FashionMNIST.digests
    var limits = Download.Limits()

    init(environment: [String: String]) { self.environment = environment }

    func load(from folder: URL?, telling: (DataEvent) -> Void) async throws(DataError) -> Dataset {
        if let folder {
            return try DataFiles(complete: folder, namedBy: .option).readFashionMNIST(digests)
        }
        if let folder = environment.path("FASHION_MNIST_DIR") {
            return try DataFiles(complete: folder, namedBy: .environment).readFashionMNIST(digests)
        }
        for folder in usualFolders {
            let files = DataFiles(in: folder)
            guard files.missing.isEmpty else { continue }
            do {
                return try files.readFashionMNIST(digests)
            } catch {
                telling(.passedOver(error))
            }
        }
        return try await download(telling: telling).readFashionMNIST(digests)
    }

    /// The folders that are used if they hold all four files as they should be, and passed over if not.
    private var usualFolders: [URL] {
        [systemFolder, home.appendingPathComponent(".keras/datasets/fashion-mnist"), cacheFolder]
    }

    /// Where downloads are kept: below `$XDG_CACHE_HOME`, or `~/.cache` if that is unset or relative.
    var cacheFolder: URL {
        let base = environment.path("XDG_CACHE_HOME", absoluteOnly: true) ?? home.appendingPathComponent(".cache")
        return base.appendingPathComponent("fashion-mnist-visualized", isDirectory: true)
    }

    private var home: URL {
        environment.path("HOME", absoluteOnly: true) ?? FileManager.default.homeDirectoryForCurrentUser
    }
}

extension [String: String] {
    /// The path in an environment variable; none if it is unset or empty.
    fileprivate func path(_ variable: String, absoluteOnly: Bool = false) -> URL? {
        guard let path = self[variable], !path.isEmpty, !absoluteOnly || path.hasPrefix("/") else { return nil }
        return URL(fileURLWithPath: path, isDirectory: true)
    }
}
