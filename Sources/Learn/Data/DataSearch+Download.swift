import Foundation

extension DataSearch {
    /// Downloads those of the four files that the cache folder lacks or has otherwise than known; each is compared with
    /// its known digest before it gets its name.
    func download(telling: (DataEvent) -> Void) async throws(DataError) -> DataFiles {
        let server = try serverAddress()
        let folder = cacheFolder
        let lock = try await lockCache(telling: telling)
        for name in DataFiles.names where !isCached(name) {
            let address = server.appendingPathComponent(name + ".gz")
            telling(.downloading(address: address, folder: folder))
            let partial = folder.appendingPathComponent(name + ".partial.gz")
            defer { unlink(partial.path) }
            try await Download.fetch(address, to: partial, limits: limits)
            let isCompressed = try check(partial, is: name, from: address)
            try put(partial, name, isCompressed: isCompressed)
        }
        lock.release()
        return DataFiles(in: folder)
    }

    /// Whether the cache folder has a file with the known content; what is wrong with another does not matter here.
    private func isCached(_ name: String) -> Bool {
        guard let url = DataFiles(in: cacheFolder).urls[name], let content = try? DataFiles.content(of: url) else {
            return false
        }
        return SHA256.hex(content.bytes) == digests[name]
    }

    /// Gives a file its name in the cache folder, in place of all that might be taken for it.
    private func put(_ file: URL, _ name: String, isCompressed: Bool) throws(DataError) {
        let target = cacheFolder.appendingPathComponent(isCompressed ? name + ".gz" : name)
        do throws(SystemError) {
            for spelling in DataFiles.spellings(of: name) {
                let other = cacheFolder.appendingPathComponent(spelling)
                // A folder is not taken for a file where there is one.
                if unlink(other.path) != 0 && ![ENOENT, EISDIR].contains(errno) { throw .last }
            }
            try OpenFile.move(file, to: target)
            try OpenFile.synchronize(folder: cacheFolder)
        } catch {
            throw .unwritableCache(path: cacheFolder.path, reason: error.reason)
        }
    }

    /// Waits while another process downloads into the same folder.
    private func lockCache(telling: (DataEvent) -> Void) async throws(DataError) -> FolderLock {
        var hasTold = false
        while true {
            do {
                return try FolderLock(cacheFolder, whenHeld: .fail)
            } catch {
                switch error {
                case .unwritable(let folder, let reason): throw .unwritableCache(path: folder, reason: reason)
                case .unlockable(let folder, let reason): throw .unlockableCache(path: folder, reason: reason)
                case .held(_, let holder):
                    if !hasTold { telling(.waiting(folder: cacheFolder, holder: holder)) }
                    hasTold = true
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

    /// - Returns: whether the file is compressed: a server may call that an encoding, which is undone on the way.
    private func check(_ file: URL, is name: String, from address: URL) throws(DataError) -> Bool {
        let content: (bytes: [UInt8], isCompressed: Bool)
        do {
            content = try DataFiles.content(of: file)
        } catch .gzip(_, let error) {
            throw .download(address: address.absoluteString, .damaged(error))
        }
        let digest = SHA256.hex(content.bytes)
        guard digest == digests[name] else {
            throw .download(address: address.absoluteString, .otherContent(digest: digest))
        }
        return content.isCompressed
    }
}
