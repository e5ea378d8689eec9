enum FashionMNIST { static let digests: [String: String] = [:] }
