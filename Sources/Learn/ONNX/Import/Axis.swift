/// Part of a dimension of what flows through a graph, followed through transposing, flattening and the like: what a
/// layer makes of the numbers hangs on which of them stand where.
struct Axis: Hashable, Sendable {
    enum Role: Hashable, Sendable {
        /// A dimension of the graph's input, by its place behind the batch; what it means is not known yet.
        case input(Int)
        case row, column, channel
    }

    let role: Role
    let extent: Int
}

/// A tensor between two nodes, without its batch, which stays the first dimension.
///
/// A dimension is a list of axes, the last of them fastest; axes of a single element are left out.
struct Dimensions: Equatable, Sendable {
    var dimensions: [[Axis]]

    init(_ dimensions: [[Axis]]) {
        self.dimensions = dimensions.map { $0.filter { $0.extent != 1 } }
    }

    static func maps(rows: Int, columns: Int, channels: Int) -> Dimensions {
        Dimensions([
            [Axis(role: .channel, extent: channels)], [Axis(role: .row, extent: rows)],
            [Axis(role: .column, extent: columns)],
        ])
    }

    static func units(_ count: Int) -> Dimensions { Dimensions([[Axis(role: .channel, extent: count)]]) }

    var count: Int { dimensions.count }
    var axes: [Axis] { dimensions.flatMap(\.self) }
    var extents: [Int] { dimensions.map { $0.reduce(1) { $0 * $1.extent } } }
    var elements: Int { extents.reduce(1, *) }

    /// The same numbers in dimensions of other extents, without the batch's; nil where a dimension would hold part of an
    /// axis.
    func regrouped(_ extents: [Int]) -> Dimensions? {
        var left = axes[...]
        var groups: [[Axis]] = []
        for extent in extents {
            var (group, product) = ([Axis](), 1)
            while product < extent, let axis = left.popFirst() {
                group.append(axis)
                product *= axis.extent
            }
            guard product == extent else { return nil }
            groups.append(group)
        }
        return left.isEmpty ? Dimensions(groups) : nil
    }
}

/// A number of a shape that a graph works out while it runs.
enum SymbolicExtent: Equatable, Sendable {
    /// However many images are computed at once.
    case batch
    case number(Int)
}
