import Foundation

/// Fetches one file over HTTP.
enum Download {
    struct Limits {}
}
extension DataSearch {
    func downloadMissing(willDownload: (URL, URL) -> Void) async throws(DataError) -> DataFiles {
        throw .badAddress("")
    }
}
