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
typedef unsigned vector_words __attribute__((ext_vector_type(VECTOR_LANES)));
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

/// The square root in each lane.
VECTOR_INLINE vector_floats vector_sqrt(vector_floats a) { return __builtin_elementwise_sqrt(a); }

typedef float vector_stored_floats __attribute__((ext_vector_type(VECTOR_LANES), aligned(4)));
typedef unsigned char vector_stored_bytes __attribute__((ext_vector_type(VECTOR_LANES), aligned(1)));

VECTOR_INLINE void vector_store_pooled(vector_floats value, vector_ints gate, float *values, unsigned char *gates) {
    *(vector_stored_floats *)values = value;
    *(vector_stored_bytes *)gates = __builtin_convertvector(gate, vector_bytes);
}

/// Stores the largest of four numbers and, as gate, which it was, the first of equal ones; zero and `none` where none is
/// above zero.
VECTOR_INLINE void vector_pool_largest(
    vector_floats a, vector_floats b, vector_floats c, vector_floats d, int none, float *values, unsigned char *gates) {
    vector_ints winner = a < b ? (vector_ints)1 : (vector_ints)0;
    vector_floats largest = a < b ? b : a;
    winner = largest < c ? (vector_ints)2 : winner;
    largest = largest < c ? c : largest;
    winner = largest < d ? (vector_ints)3 : winner;
    largest = largest < d ? d : largest;
    vector_store_pooled(0 < largest ? largest : 0, 0 < largest ? winner : (vector_ints)none, values, gates);
}

/// Stores the mean of four numbers, of which those below zero count as zero, and, as gate, a bit for each above zero.
VECTOR_INLINE void vector_pool_mean(
    vector_floats a, vector_floats b, vector_floats c, vector_floats d, float *values, unsigned char *gates) {
    vector_ints none = 0;
    vector_ints gate = (0 < a ? (vector_ints)1 : none) | (0 < b ? (vector_ints)2 : none)
        | (0 < c ? (vector_ints)4 : none) | (0 < d ? (vector_ints)8 : none);
    vector_floats sum = ((0 < a ? a : 0) + (0 < b ? b : 0)) + ((0 < c ? c : 0) + (0 < d ? d : 0));
    vector_store_pooled(sum * 0.25f, gate, values, gates);
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

/// Four bytes of each of some rows, the first in the lowest: those at `bytes` in rows that are `size` long.
VECTOR_INLINE vector_words vector_load_words(const unsigned char *bytes, const int *rows, long size) {
    vector_words words;
    for (int lane = 0; lane < VECTOR_LANES; lane++) {
        const unsigned char *four = bytes + rows[lane] * size;
        words[lane] = four[0] | (unsigned)four[1] << 8 | (unsigned)four[2] << 16 | (unsigned)four[3] << 24;
    }
    return words;
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
