import Dispatch
import Foundation

extension Array where Element: Sendable {
    /// Transforms all elements on all cores; the results are in the elements' order.
    ///
    /// - Throws: the error of the first element, in order, whose transformation failed.
    func concurrentMap<Result: Sendable>(_ transform: @Sendable (Element) throws -> Result) throws -> [Result] {
        let results = Slots<Result>(count: count)
        DispatchQueue.concurrentPerform(iterations: count) { index in
            results.fill(index, Swift.Result { try transform(self[index]) })
        }
        return try results.all().map { try $0.get() }
    }
}

/// Results that arrive in any order and from any thread.
private final class Slots<Value: Sendable>: @unchecked Sendable {
    private let lock = NSLock()
    private var values: [Result<Value, any Error>?]

    init(count: Int) { values = Array(repeating: nil, count: count) }

    func fill(_ index: Int, _ value: Result<Value, any Error>) {
        lock.withLock { values[index] = value }
    }

    /// - Precondition: every slot has been filled.
    func all() -> [Result<Value, any Error>] { lock.withLock { values.compactMap { $0 } } }
}
