import Foundation

/// Why a trained network is worth no more than a guess.
public enum Guesswork: Sendable, Equatable {
    /// The test images classified correctly are not more than somebody would get right who always names the commonest
    /// class, but for chance: `limit` is three standard errors above that share.
    case accuracy(Double, limit: Double)
    /// The test loss is above `limit`, that of equal probabilities for all classes.
    case loss(Double, limit: Double)
}

extension Run {
    /// Nil for a network that has learned something.
    public var guesswork: Guesswork? {
        guard let final = evaluation else { return nil }
        let counts = confusionMatrix.map { $0.reduce(0, +) }
        let (commonest, all) = (Double(counts.max() ?? 0), Double(counts.reduce(0, +)))
        let share = commonest / all
        let accuracyLimit = share + 3 * (share * (1 - share) / all).squareRoot()
        // Not what is above the limit, so that a share that is no number counts as a guess.
        guard final.accuracy > accuracyLimit else { return .accuracy(final.accuracy, limit: accuracyLimit) }
        let lossLimit = log(Double(architecture.classes))
        return final.loss > lossLimit ? .loss(final.loss, limit: lossLimit) : nil
    }
}

extension Guesswork: CustomStringConvertible {
    /// What is so, and by which rule.
    public var measured: String {
        switch self {
        case .accuracy(let accuracy, let limit):
            String(
                format:
                    "no better than guessing: test accuracy %.2f%%, and always naming the commonest class gives up to "
                    + "%.2f%% (three standard errors)", accuracy * 100, limit * 100)
        case .loss(let loss, let limit):
            String(
                format: "worse than guessing: test loss %.5g, and equal probabilities for all classes give %.5g",
                loss, limit)
        }
    }

    /// The same, and what to do in a training.
    public var description: String {
        switch self {
        case .accuracy: "\(measured): lower the learning rate or change the seed"
        case .loss: "\(measured): lower the learning rate or train for fewer epochs"
        }
    }
}
