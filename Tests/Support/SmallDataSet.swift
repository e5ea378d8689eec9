import Foundation

/// A data set of ten classes that trains in a moment: a disc for each class, the larger the higher.
public enum SmallDataSet {
    /// Writes the four files of Fashion-MNIST with images of `edge` x `edge` pixels.
    public static func write(to folder: URL, train: Int = 2000, test: Int = 300, edge: Int = 28) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for (name, count) in [("train", train), ("t10k", test)] {
            let labels = (0..<count).map { UInt8($0 % 10) }
            let images = labels.enumerated().flatMap { image(of: Int($1), variant: $0, edge: edge) }
            try Data(IDXHeader.bytes(2051, [count, edge, edge]) + images)
                .write(to: folder.appending(path: "\(name)-images-idx3-ubyte"))
            try Data(IDXHeader.bytes(2049, [count]) + labels)
                .write(to: folder.appending(path: "\(name)-labels-idx1-ubyte"))
        }
    }

    /// A disc, its centre and shade by variant; its place and size are those of an image of 28 x 28 pixels.
    private static func image(of label: Int, variant: Int, edge: Int) -> [UInt8] {
        let (centre, shade) = (12 + variant / 10 % 5, UInt8(255 - variant / 50 % 100))
        let radius = label + 3
        return (0..<edge * edge).map { pixel in
            let (y, x) = (pixel / edge * 28 / edge - 14, pixel % edge * 28 / edge - centre)
            return x * x + y * y < radius * radius ? shade : 0
        }
    }
}
