import Learn

extension Facts {
    /// `data.*`: sizes, grey levels and label balance of the data set.
    mutating func addData(_ dataset: Dataset) {
        let (train, test) = (dataset.train, dataset.test)
        add(.data, "name", .text(key: "data.name"), from: .data)
        add(.data, "trainCount", .count(train.count), from: .data)
        add(.data, "testCount", .count(test.count), from: .data)
        add(.data, "testImages", .counted(test.count, noun: "testImage"), from: .data)
        add(.data, "classes", .count(dataset.classCount), from: .data)
        let edges = [dataset.shape.height, dataset.shape.width]
        add(.data, "image", .shape(edges), from: .data)
        add(.data, "trainShape", .shape([train.count] + edges), from: .data)
        add(.data, "testShape", .shape([test.count] + edges), from: .data)
        add(.data, "pixels", .count(dataset.shape.height * dataset.shape.width), from: .data)
        add(.data, "shown", .counted(dataset.shownSamples.count, noun: "testImage"), from: .data)
        addGreyLevels(train)
        addBalance(train: dataset.trainCounts, test: dataset.testCounts)
        claim(.data, "fashion", dataset.digests == FashionMNIST.digests)
    }

    private mutating func addGreyLevels(_ split: Split) {
        let histogram = split.histogram
        let count = Double(max(1, split.pixels.count))
        let sum = histogram.enumerated().map { Double($0.offset * $0.element) }.reduce(0, +)
        add(.data, "lowestLevel", .count(histogram.firstIndex { $0 > 0 } ?? 0), from: .data)
        add(.data, "highestLevel", .count(histogram.lastIndex { $0 > 0 } ?? 0), from: .data)
        add(.data, "background", .share(Double(histogram[0]) / count, places: 0), from: .data)
        add(.data, "scale", .count(255), from: .rule)
        add(.data, "scaledLowest", .count(0), from: .rule)
        add(.data, "scaledHighest", .count(1), from: .rule)
        add(.data, "meanLevel", .decimal(sum / count, places: 0), from: .data)
    }

    private mutating func addBalance(train: [Int], test: [Int]) {
        let isBalanced = Set(train).count == 1 && Set(test).count == 1
        claim(.data, "balanced", isBalanced)
        add(
            .data, "trainPerClass", isBalanced ? train.first.map { .counted($0, noun: "trainImage") } : nil, from: .data
        )
        add(.data, "testPerClass", isBalanced ? test.first.map { .counted($0, noun: "testImage") } : nil, from: .data)
        add(.data, "fewest", train.min().map { .counted($0, noun: "trainImage") }, from: .data)
        add(.data, "fewestTest", test.min().map { .counted($0, noun: "testImage") }, from: .data)
        add(.data, "mostTest", test.max().map { .counted($0, noun: "testImage") }, from: .data)
        add(.data, "most", train.max().map { .counted($0, noun: "trainImage") }, from: .data)
    }
}

extension Split {
    /// How many pixels have each level, 256 numbers; of many images, counted in several parts at the same time.
    fileprivate var histogram: [Int] {
        let parts = min(count, 16)
        let counts = (0..<parts).map { $0 }.concurrentMap { part in
            let images = part * count / parts..<(part + 1) * count / parts
            var histogram = [Int](repeating: 0, count: 256)
            pixels.withUnsafeBufferPointer { pixels in
                for pixel in pixels[images.lowerBound * shape.count..<images.upperBound * shape.count] {
                    histogram[Int(pixel)] += 1
                }
            }
            return histogram
        }
        return (0..<256).map { level in counts.reduce(0) { $0 + $1[level] } }
    }
}

extension Dataset {
    /// Images of each class.
    var trainCounts: [Int] { counts(train) }
    var testCounts: [Int] { counts(test) }

    private func counts(_ split: Split) -> [Int] {
        split.labels.reduce(into: [Int](repeating: 0, count: classCount)) { $0[Int($1)] += 1 }
    }
}
