import Foundation

/// The program of libFuzzer: `fuzz-readers` with `$FUZZ` naming the reader; see `scripts/fuzz`.
private let reader = Reader.all.first { $0.name == ProcessInfo.processInfo.environment["FUZZ"] }

/// The name that libFuzzer's own `main` calls, which has to be there though the one below takes its place.
@_cdecl("LLVMFuzzerTestOneInput")
public func tryInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    guard let reader else {
        let names = Reader.all.map(\.name).joined(separator: ", ")
        FileHandle.standardError.write(Data("fuzz-readers: $FUZZ must be one of \(names)\n".utf8))
        exit(64)
    }
    let verdict = reader.judge(Array(UnsafeBufferPointer(start: start, count: count)))
    // What libFuzzer counts as a find is a crash.
    if case .wrong(let what) = verdict { fatalError("\(reader.name): \(what)") }
    return 0
}

@_silgen_name("LLVMFuzzerRunDriver")
private func runFuzzer(
    _ argumentCount: UnsafeMutablePointer<Int32>, _ arguments: UnsafeMutablePointer<Arguments>,
    _ tryInput: @convention(c) (UnsafePointer<UInt8>?, Int) -> Int32
) -> Int32

private typealias Arguments = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>

/// What the package manager makes `main` of in an executable of this name, in place of libFuzzer's.
@_cdecl("fuzz_readers_main")
public func fuzzReaders(_ argumentCount: Int32, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>)
    -> Int32
{
    var (argumentCount, arguments) = (argumentCount, arguments)
    return runFuzzer(&argumentCount, &arguments) { tryInput($0, $1) }
}
