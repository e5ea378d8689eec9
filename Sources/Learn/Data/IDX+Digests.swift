extension Dataset {
    /// Data that were read from something else than IDX files.
    init(train: Split, test: Split, classCount: Int) {
        self.init(train: train, test: test, classCount: classCount, digests: IDX.digests(train: train, test: test))
    }

    /// Data whose classes have names.
    init(train: Split, test: Split, classNames: [String]) {
        self.init(
            train: train, test: test, classCount: classNames.count, classNames: classNames,
            digests: IDX.digests(train: train, test: test))
    }
}

extension IDX {
    /// Digests of the four files that would hold these data, so that a run is known by its data and not by what they
    /// came in. Images in colours have their channels as a fourth extent.
    static func digests(train: Split, test: Split) -> [String: String] {
        var digests: [String: String] = [:]
        for (prefix, split) in [("train", train), ("t10k", test)] {
            let shape = split.shape
            let images = [split.count, shape.height, shape.width] + (shape.channels == 1 ? [] : [shape.channels])
            let imageMagic = IDX.imageMagic + UInt32(images.count - 3)
            digests[prefix + "-images-idx3-ubyte"] = digest(header(imageMagic, images), split.pixels)
            digests[prefix + "-labels-idx1-ubyte"] = digest(header(IDX.labelMagic, [split.count]), split.labels)
        }
        return digests
    }

    private static func header(_ magic: UInt32, _ extents: [Int]) -> [UInt8] {
        ([magic] + extents.map(UInt32.init(truncatingIfNeeded:))).flatMap { number in
            [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
        }
    }

    private static func digest(_ header: [UInt8], _ values: [UInt8]) -> String {
        var hash = SHA256()
        hash.update(header)
        hash.update(values)
        return hash.hex
    }
}
