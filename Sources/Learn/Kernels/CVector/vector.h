#ifndef VECTOR_H
#define VECTOR_H

// Operations that the Swift standard library writes as loops over the lanes, which the optimiser only sometimes
// turns into one instruction. Here they always are; Swift sees these types as SIMD4, SIMD8 and SIMD16.

#if defined(__AVX512F__)
#define VECTOR_LANES 16
#elif defined(__AVX2__)
#define VECTOR_LANES 8
#else
#define VECTOR_LANES 4
#endif

typedef float vector_floats __attribute__((ext_vector_type(VECTOR_LANES)));
typedef int vector_ints __attribute__((ext_vector_type(VECTOR_LANES)));
typedef unsigned char vector_bytes __attribute__((ext_vector_type(VECTOR_LANES)));

#define VECTOR_INLINE static inline __attribute__((always_inline))

/// a * b + c, rounded once; a call of fmaf a lane where the processor has no such instruction.
VECTOR_INLINE vector_floats vector_fma(vector_floats a, vector_floats b, vector_floats c) {
    return __builtin_elementwise_fma(a, b, c);
}

/// The larger number in each lane.
VECTOR_INLINE vector_floats vector_max(vector_floats a, vector_floats b) { return a < b ? b : a; }

/// `value` in the lanes where `a` equals `b`, zero elsewhere.
VECTOR_INLINE vector_floats vector_where_equal(vector_ints a, int b, vector_floats value) {
    return a == b ? value : 0;
}

/// `value` in the lanes where all of `bits` are set in `a`, zero elsewhere.
VECTOR_INLINE vector_floats vector_where_set(vector_ints a, int bits, vector_floats value) {
    return (a & bits) == bits ? value : 0;
}

/// A bit for each of 16 bytes that differs from `value`, the first in the lowest.
VECTOR_INLINE unsigned vector_bytes_unlike(const unsigned char *bytes, unsigned char value) {
    typedef unsigned char block __attribute__((ext_vector_type(16), aligned(1)));
    typedef _Bool bits __attribute__((ext_vector_type(16)));
    return __builtin_bit_cast(unsigned short, __builtin_convertvector(*(const block *)bytes != value, bits));
}

VECTOR_INLINE vector_ints vector_widen(vector_bytes bytes) { return __builtin_convertvector(bytes, vector_ints); }

VECTOR_INLINE vector_bytes vector_narrow(vector_ints ints) { return __builtin_convertvector(ints, vector_bytes); }

VECTOR_INLINE vector_floats vector_to_floats(vector_ints ints) {
    return __builtin_convertvector(ints, vector_floats);
}

typedef float vector_quad __attribute__((ext_vector_type(4), aligned(4)));

/// Four rows of four floats, `in_stride` apart, become four columns, `out_stride` apart.
VECTOR_INLINE void vector_transpose4(const float *in, long in_stride, float *out, long out_stride) {
    vector_quad a = *(const vector_quad *)in, b = *(const vector_quad *)(in + in_stride);
    vector_quad c = *(const vector_quad *)(in + 2 * in_stride), d = *(const vector_quad *)(in + 3 * in_stride);
    vector_quad ab_low = __builtin_shufflevector(a, b, 0, 4, 1, 5), ab_high = __builtin_shufflevector(a, b, 2, 6, 3, 7);
    vector_quad cd_low = __builtin_shufflevector(c, d, 0, 4, 1, 5), cd_high = __builtin_shufflevector(c, d, 2, 6, 3, 7);
    *(vector_quad *)out = __builtin_shufflevector(ab_low, cd_low, 0, 1, 4, 5);
    *(vector_quad *)(out + out_stride) = __builtin_shufflevector(ab_low, cd_low, 2, 3, 6, 7);
    *(vector_quad *)(out + 2 * out_stride) = __builtin_shufflevector(ab_high, cd_high, 0, 1, 4, 5);
    *(vector_quad *)(out + 3 * out_stride) = __builtin_shufflevector(ab_high, cd_high, 2, 3, 6, 7);
}

#endif
