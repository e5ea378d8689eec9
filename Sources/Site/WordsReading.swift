import Synchronization

/// Keys of ``Words`` that were looked up: what was made with them depends on no others.
final class WordsReading: Sendable {
    private let noted = Mutex<Set<String>>([])

    var keys: Set<String> { noted.withLock { $0 } }

    func note(_ key: String) { _ = noted.withLock { $0.insert(key) } }
}
