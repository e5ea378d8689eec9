extension FixedWidthInteger {
    /// The whole number that is left of a value without its fraction, or the nearest that there is; 0 for NaN.
    ///
    /// What is drawn and written comes from trainings that may have gone anywhere: no finite number ends the program.
    @inlinable
    package init(saturating value: Double) {
        self = Self(exactly: value.rounded(.towardZero)) ?? (value > 0 ? .max : value < 0 ? .min : 0)
    }
}
