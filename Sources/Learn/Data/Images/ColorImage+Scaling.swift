extension ColorImage {
    /// Stretches or shrinks each axis by itself: each new pixel is the mean of what it covers of the old ones.
    ///
    /// In whole numbers, so that the same image comes out everywhere.
    func scaled(to target: ImageSize) -> ColorImage {
        guard target != size else { return self }
        let columns = ColorImage.overlaps(size.width, target.width)
        var sums = [Int](repeating: 0, count: target.height * target.width * 3)
        var line = [Int](repeating: 0, count: target.width * 3)
        var summed = -1
        for (row, targetRow, weight) in ColorImage.overlaps(size.height, target.height) {
            if row != summed {
                for place in line.indices { line[place] = 0 }
                let start = row * size.width * 3
                for (column, targetColumn, weight) in columns {
                    for channel in 0..<3 {
                        line[3 * targetColumn + channel] += weight * Int(pixels[start + 3 * column + channel])
                    }
                }
                summed = row
            }
            let start = targetRow * line.count
            for place in line.indices { sums[start + place] += weight * line[place] }
        }
        // The weights of a new pixel add up to the old extent along each axis.
        let whole = size.height * size.width
        return ColorImage(size: target, pixels: sums.map { UInt8(($0 + whole / 2) / whole) })
    }

    /// Which old pixels along an axis share how much with which new ones, in units of an old pixel divided by `new`;
    /// in the order of the old ones.
    private static func overlaps(_ old: Int, _ new: Int) -> [(old: Int, new: Int, weight: Int)] {
        (0..<old).flatMap { source in
            let (start, end) = (source * new, (source + 1) * new)
            return (start / old...(end - 1) / old).map { target in
                (source, target, min(end, (target + 1) * old) - max(start, target * old))
            }
        }
    }
}
