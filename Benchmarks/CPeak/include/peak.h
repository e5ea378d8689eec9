#ifndef PEAK_H
#define PEAK_H

/// Multiplies and adds in registers alone: as many independent chains as it takes to keep every unit busy.
///
/// - Parameters:
///   - lanes: floats in a vector: 16 (AVX-512), 8 (AVX2) or 4. The processor must have such vectors.
///   - rounds: steps of each chain
/// - Returns: how many floating-point operations that were; a fused multiplication and addition counts as two.
double peak_run(int lanes, long rounds);

#endif
