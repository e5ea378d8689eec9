#include "processor.h"

#if defined(__x86_64__)

bool processor_has_avx2(void) {
    __builtin_cpu_init();
    return __builtin_cpu_supports("x86-64-v3");
}

bool processor_has_avx512(void) {
    __builtin_cpu_init();
    return __builtin_cpu_supports("x86-64-v4");
}

#else

bool processor_has_avx2(void) { return false; }
bool processor_has_avx512(void) { return false; }

#endif
