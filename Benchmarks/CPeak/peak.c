#include "peak.h"

// In C, since one file can hold functions for several instruction sets: only the one that was asked for is run.

#if defined(__x86_64__)
#define TARGET(name) __attribute__((target(name), noinline))
#else
#define TARGET(name) __attribute__((noinline))
#endif

/// Keeps the compiler from leaving out chains whose result nobody reads.
static volatile float sink;

#define UNROLLED _Pragma("clang loop unroll(full)") for (int i = 0; i < COUNT; i++)

/// Chains of `sum = step(sum)`, each in its register, which the unrolled loops allow; every sum tends to 1.
#define CHAINS(name, attribute, lanes, count, step)                     \
    attribute static double name(long rounds) {                         \
        typedef float vector __attribute__((ext_vector_type(lanes)));   \
        enum { COUNT = count };                                         \
        const vector a = 0.75f, b = 0.25f;                              \
        vector sums[COUNT];                                             \
        UNROLLED sums[i] = (vector)(2.0f + (float)i / COUNT);           \
        for (long round = 0; round < rounds; round++) {                 \
            UNROLLED {                                                  \
                const vector x = sums[i];                               \
                sums[i] = step;                                         \
            }                                                           \
        }                                                               \
        vector total = 0;                                               \
        UNROLLED total += sums[i];                                      \
        sink = total[0];                                                \
        return 2.0 * lanes * COUNT * (double)rounds;                    \
    }

#if defined(__x86_64__)
CHAINS(chains16, TARGET("avx512f"), 16, 12, __builtin_elementwise_fma(x, a, b))
CHAINS(chains8, TARGET("avx2,fma"), 8, 12, __builtin_elementwise_fma(x, a, b))
// Without FMA the best there is: a multiplication and an addition.
CHAINS(chains4, TARGET("sse2"), 4, 12, x * a + b)
#else
CHAINS(chains4, TARGET(""), 4, 16, __builtin_elementwise_fma(x, a, b))
#endif

double peak_run(int lanes, long rounds) {
#if defined(__x86_64__)
    if (lanes == 16) return chains16(rounds);
    if (lanes == 8) return chains8(rounds);
#endif
    return chains4(rounds);
}
