import Foundation

/// Fashion-MNIST: 60,000 training and 10,000 test images of clothes in ten classes.
///
/// Source: H. Xiao, K. Rasul, R. Vollgraf, "Fashion-MNIST: a Novel Image Dataset for Benchmarking Machine Learning
/// Algorithms", 2017, <https://github.com/zalandoresearch/fashion-mnist>.
public enum FashionMNIST {
    /// SHA-256 of each file's decompressed content, by file name without `.gz`.
    public static let digests = [
        "train-images-idx3-ubyte": "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
        "train-labels-idx1-ubyte": "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
        "t10k-images-idx3-ubyte": "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
        "t10k-labels-idx1-ubyte": "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34",
    ]

    /// Grey, 28 x 28 pixels.
    public static let shape = ImageShape(height: 28, width: 28, channels: 1)
    public static let classCount = 10

    /// The data set's official address; `$FASHION_MNIST_URL` names a mirror.
    static let officialAddress = "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/"

    /// Finds, reads and checks the four files, plain or `.gz`.
    ///
    /// They are looked for in `folder`; else in `$FASHION_MNIST_DIR`; else in `/usr/share/datasets/fashion-mnist`,
    /// `~/.keras/datasets/fashion-mnist` and the cache folder, into which they are downloaded if none has all four as
    /// they should be.
    ///
    /// - Parameters:
    ///   - folder: the folder of the four files; nil to look for them.
    ///   - environment: the variables that name folders and a mirror.
    ///   - telling: told what takes time or goes wrong on the way.
    /// - Throws: ``DataError`` that names the first file that is missing, unreadable, malformed or not the known one.
    public static func load(
        from folder: URL? = nil, environment: [String: String] = ProcessInfo.processInfo.environment,
        telling: (DataEvent) -> Void = { _ in }
    ) async throws(DataError) -> Dataset {
        try await DataSearch(environment: environment).load(from: folder, telling: telling)
    }
}

/// What happens while the data are looked for.
public enum DataEvent: Sendable {
    /// A usual folder holds the files, but not as they should be; the search goes on.
    case passedOver(DataError)
    /// Another process, whose identifier may be known, downloads into the same folder.
    case waiting(folder: URL, holder: Int32?)
    case downloading(address: URL, folder: URL)
}
