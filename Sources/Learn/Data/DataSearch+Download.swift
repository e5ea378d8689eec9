import Crypto
import Foundation

extension DataSearch {
    /// Downloads those of the four files that the cache folder lacks; each is compared with its known digest before
    /// it gets its name.
    func downloadMissing(willDownload: (URL, URL) -> Void) async throws(DataError) -> DataFiles {
        let server = try serverAddress()
        let folder = cacheFolder
        let lock = try await lockCache()
        for name in DataFiles(in: folder).missing {
            let file = name + ".gz"
            let address = server.appendingPathComponent(file)
            willDownload(address, folder)
            let partial = folder.appendingPathComponent(name + ".partial.gz")
            defer { unlink(partial.path) }
            try await Download.fetch(address, to: partial, limits: limits)
            try check(partial, is: name, from: address)
            do {
                try OpenFile.move(partial, to: folder.appendingPathComponent(file))
                try OpenFile.synchronize(folder: folder)
            } catch {
                throw .unwritableCache(path: folder.path, reason: error.reason)
            }
        }
        lock.release()
        return DataFiles(in: folder)
    }

    /// Waits while another process downloads into the same folder.
    private func lockCache() async throws(DataError) -> FolderLock {
        while true {
            do {
                return try FolderLock(cacheFolder, whenHeld: .fail)
            } catch {
                if case .unwritable(let folder, let reason) = error {
                    throw .unwritableCache(path: folder, reason: reason)
                }
            }
            do {
                try await Task.sleep(for: .milliseconds(100))
            } catch {
                throw .cancelled
            }
        }
    }

    private func serverAddress() throws(DataError) -> URL {
        let named = environment["FASHION_MNIST_URL"] ?? ""
        let address = named.isEmpty ? FashionMNIST.officialAddress : named
        guard let url = URL(string: address), let scheme = url.scheme?.lowercased(),
            ["http", "https"].contains(scheme),
            url.host != nil
        else { throw .badAddress(address) }
        return url
    }

    private func check(_ file: URL, is name: String, from address: URL) throws(DataError) {
        let content: [UInt8]
        do {
            content = try DataFiles.content(of: file)
        } catch .gzip(_, let error) {
            throw .download(address: address.absoluteString, .damaged(error))
        }
        let digest = SHA256.hex(content)
        guard digest == digests[name] else {
            throw .download(address: address.absoluteString, .otherContent(digest: digest))
        }
    }
}
