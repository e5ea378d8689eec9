import Dispatch
import Foundation

extension Array where Element: Sendable {
    /// Transforms all elements on all cores; the results are in the elements' order.
    ///
    /// - Throws: the error of the first element, in order, whose transformation failed.
    package func concurrentMap<Result: Sendable, Failure: Error>(
        _ transform: @Sendable (Element) throws(Failure) -> Result
    ) throws(Failure) -> [Result] {
        let results = Slots<Result, Failure>(count: count)
        DispatchQueue.concurrentPerform(iterations: count) { index in
            do throws(Failure) {
                results.fill(index, .success(try transform(self[index])))
            } catch {
                results.fill(index, .failure(error))
            }
        }
        var values: [Result] = []
        for result in results.all() { values.append(try result.get()) }
        return values
    }
}

/// Results that arrive in any order and from any thread.
private final class Slots<Value: Sendable, Failure: Error>: @unchecked Sendable {
    private let lock = NSLock()
    private var values: [Result<Value, Failure>?]

    init(count: Int) { values = Array(repeating: nil, count: count) }

    func fill(_ index: Int, _ value: Result<Value, Failure>) {
        lock.withLock { values[index] = value }
    }

    /// - Precondition: every slot has been filled.
    func all() -> [Result<Value, Failure>] { lock.withLock { values.compactMap { $0 } } }
}
