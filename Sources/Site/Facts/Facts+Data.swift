import Learn

extension Facts {
    /// `data.*`: sizes, grey levels and label balance of the data set.
    mutating func addData(_ dataset: Dataset) {
        let (train, test) = (dataset.train, dataset.test)
        add("data.name", .text(key: "data.name"))
        add("data.trainCount", .count(train.count))
        add("data.testCount", .count(test.count))
        add("data.testImages", .counted(test.count, noun: "testImage"))
        add("data.classes", .count(dataset.classCount))
        let edges = [dataset.shape.height, dataset.shape.width]
        add("data.image", .shape(edges))
        add("data.trainShape", .shape([train.count] + edges))
        add("data.testShape", .shape([test.count] + edges))
        add("data.pixels", .count(dataset.shape.height * dataset.shape.width))
        add("data.shown", .counted(dataset.shownSamples.count, noun: "testImage"))
        addGreyLevels(train)
        addBalance(train: dataset.trainCounts, test: dataset.testCounts)
        claim("data.fashion", dataset.digests == FashionMNIST.digests)
    }

    private mutating func addGreyLevels(_ split: Split) {
        var histogram = [Int](repeating: 0, count: 256)
        for pixel in split.pixels { histogram[Int(pixel)] += 1 }
        let count = Double(max(1, split.pixels.count))
        let sum = histogram.enumerated().map { Double($0.offset * $0.element) }.reduce(0, +)
        add("data.lowestLevel", .count(histogram.firstIndex { $0 > 0 } ?? 0))
        add("data.highestLevel", .count(histogram.lastIndex { $0 > 0 } ?? 0))
        add("data.background", .share(Double(histogram[0]) / count, places: 0))
        add("data.scale", .count(255))
        add("data.scaledLowest", .count(0))
        add("data.scaledHighest", .count(1))
        add("data.meanLevel", .decimal(sum / count, places: 0))
    }

    private mutating func addBalance(train: [Int], test: [Int]) {
        let isBalanced = Set(train).count == 1 && Set(test).count == 1
        claim("data.balanced", isBalanced)
        add("data.trainPerClass", isBalanced ? train.first.map { .counted($0, noun: "trainImage") } : nil)
        add("data.testPerClass", isBalanced ? test.first.map { .counted($0, noun: "testImage") } : nil)
        add("data.fewest", train.min().map { .counted($0, noun: "trainImage") })
        add("data.most", train.max().map { .counted($0, noun: "trainImage") })
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
