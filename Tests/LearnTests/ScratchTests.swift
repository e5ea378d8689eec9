import Foundation
import Testing
@testable import Learn

func rawData() -> Dataset {
    func bytes(_ n: String, _ skip: Int) -> [UInt8] { Array([UInt8](try! Data(contentsOf: URL(fileURLWithPath: "/tmp/fm/\(n)")))[skip...]) }
    return Dataset(
        train: Split(pixels: bytes("train-images-idx3-ubyte", 16), labels: bytes("train-labels-idx1-ubyte", 8)),
        test: Split(pixels: bytes("t10k-images-idx3-ubyte", 16), labels: bytes("t10k-labels-idx1-ubyte", 8)), digests: [:])
}
@Test(.enabled(if: ProcessInfo.processInfo.environment["SCRATCH"] != nil)) func speed() throws {
    let d = rawData()
    let env = ProcessInfo.processInfo.environment
    let names = env["SCRATCH"]!.split(separator: ",")
    for n in Network.all where names.contains(Substring(n.name)) {
        for k in KernelChoice.available.prefix(Int(env["KERN"] ?? "1")!) {
            let t = try Trainer(n, configuration: Configuration(network: n.name, epochs: 3, seed: 1), dataset: d, threads: Int(env["THREADS"] ?? "2")!, kernels: k)
            for _ in 0..<(Int(env["EPOCHS"] ?? "3")!) {
                let s = ContinuousClock.now
                let m = try t.trainEpoch()
                print(n.name, k.name, ContinuousClock.now - s, m)
            }
        }
    }
}
