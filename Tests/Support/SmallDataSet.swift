import Foundation

/// A data set in the form of Fashion-MNIST that trains in a moment: a disc for each class, the larger the higher.
public enum SmallDataSet {
    public static func write(to folder: URL, train: Int = 2000, test: Int = 300) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for (name, count) in [("train", train), ("t10k", test)] {
            let labels = (0..<count).map { UInt8($0 % 10) }
            let images = labels.enumerated().flatMap { image(of: Int($1), variant: $0) }
            try Data(IDXHeader.bytes(2051, [count, 28, 28]) + images)
                .write(to: folder.appending(path: "\(name)-images-idx3-ubyte"))
            try Data(IDXHeader.bytes(2049, [count]) + labels)
                .write(to: folder.appending(path: "\(name)-labels-idx1-ubyte"))
        }
    }

    /// A disc, its centre and shade by variant.
    private static func image(of label: Int, variant: Int) -> [UInt8] {
        let (centre, shade) = (12 + variant / 10 % 5, UInt8(255 - variant / 50 % 100))
        let radius = label + 3
        return (0..<28 * 28).map { pixel in
            let (y, x) = (pixel / 28 - 14, pixel % 28 - centre)
            return x * x + y * y < radius * radius ? shade : 0
        }
    }
}
