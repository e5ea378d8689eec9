/// How a framework names and lays out a layer's tensors.
public enum WeightLayout: String, Sendable, CaseIterable {
    /// `kernel` `[height, width, in, out]` or `[in, out]`, `bias`; `gamma`, `beta`, `moving_mean`, `moving_variance`.
    case keras
    /// `weight` `[out, in, height, width]` or `[out, in]`, `bias`; `weight`, `bias`, `running_mean`, `running_var`. What
    /// is flattened has its channels first.
    case pytorch

    /// What the tensors are called behind their layer's name, in the order of ``ParameterShape``.
    func parts(_ kind: WeightKind) -> [[String]] {
        switch (self, kind) {
        case (.keras, .normalization):
            [["gamma"], ["beta"], ["moving_mean", "mean"], ["moving_variance", "variance"]]
        case (.pytorch, .normalization): [["weight"], ["bias"], ["running_mean"], ["running_var"]]
        case (.keras, _): [["kernel"], ["bias"]]
        case (.pytorch, _): [["weight"], ["bias"]]
        }
    }
}

/// What kind of layer tensors are of.
enum WeightKind: String {
    case convolution, dense
    case normalization = "batch normalisation"
}

extension Layer {
    /// Nil for a layer without weights.
    var weightKind: WeightKind? {
        switch self {
        case .convolution: .convolution
        case .dense: .dense
        case .batchNormalization: .normalization
        default: nil
        }
    }
}
