import Synchronization

/// A value that is worked out when it is first asked for, and then kept: for what only some figures show, but those in
/// each language and theme.
final class Once<Value: Sendable>: Sendable {
    private let kept = Mutex<Value?>(nil)

    /// The value; whoever asks while it is worked out waits for it.
    func callAsFunction(_ make: () -> Value) -> Value {
        kept.withLock { kept in
            if let kept { return kept }
            let value = make()
            kept = value
            return value
        }
    }
}
