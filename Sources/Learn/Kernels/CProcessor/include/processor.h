#ifndef PROCESSOR_H
#define PROCESSOR_H

#include <stdbool.h>

/// Whether this processor and system run code compiled for x86-64-v3 (AVX2 and FMA).
bool processor_has_avx2(void);

/// Whether this processor and system run code compiled for x86-64-v4 (AVX-512 F, BW, CD, DQ, VL).
bool processor_has_avx512(void);

#endif
