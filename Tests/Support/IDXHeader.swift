/// The header of a file in IDX form.
public enum IDXHeader {
    public static func bytes(_ magic: UInt32, _ extents: [Int]) -> [UInt8] {
        ([magic] + extents.map { UInt32($0) }).flatMap { number in
            [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
        }
    }
}
