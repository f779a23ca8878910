// Kernels whose PTX, as nvcc writes it, the interpreter must run:
//   nvcc -ptx -arch=sm_75 -o samples.ptx samples.cu
#include <cuda_bf16.h>
#include <cuda_fp16.h>
#include <stdint.h>

extern "C" __global__ void saxpy(const float *x, float *y, float a, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) y[i] = __fmaf_rn(a, x[i], y[i]);
}

// Exact in every step, so that Java must find the same bits.
extern "C" __global__ void arithmetic(const double *x, const double *y, double *o, int n) {
  for (int i = blockIdx.x * blockDim.x + threadIdx.x; i < n; i += gridDim.x * blockDim.x) {
    double q = x[i] / y[i];
    double s = sqrt(fabs(x[i]));
    double r = 1.0 / (s + 1.0);
    o[i] = __dadd_rn(__dmul_rn(q, r), (double)(long long)(y[i] * 16.0));
  }
}

extern "C" __global__ void narrow(const float *x, float *half, float *brain, int *whole, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i >= n) return;
  half[i] = __half2float(__float2half_rn(x[i]));
  brain[i] = __bfloat162float(__float2bfloat16_rn(x[i]));
  whole[i] = __float2int_rn(x[i]) + __float2int_ru(x[i]) * 3 + (int)(signed char)(int)x[i];
}

// Division and square root in f32, which need code around the hardware's approximations.
extern "C" __global__ void exact(const float *x, const float *y, float *o, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) o[i] = __fsqrt_rn(fabsf(__fdiv_rn(x[i], y[i]))) - __frcp_rn(y[i]);
}

extern "C" __global__ void functions(const float *x, float *o, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) o[i] = tanhf(x[i]) + expf(-fabsf(x[i])) * logf(fabsf(x[i]) + 1.f) + sinf(x[i]) + erff(x[i]);
}

extern "C" __global__ void bits(const uint32_t *x, const uint64_t *y, uint64_t *o, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i >= n) return;
  uint32_t a = x[i];
  uint64_t b = y[i];
  uint64_t r = __popc(a) + 31 * __clz(a) + __popcll(b) * 7 + __clzll(b) * 5 + __brev(a);
  r ^= __umul64hi(b, 0x9E3779B97F4A7C15ull) + ((uint64_t)__byte_perm(a, (uint32_t)b, 0x3715) << 7);
  r += __funnelshift_l(a, (uint32_t)b, a & 31) * (uint64_t)__ffs(a);
  r ^= b % (a | 1u) + b / (a | 3u) + (uint64_t)((int32_t)a / 7) + ((int64_t)b >> (a & 63));
  r += (a & 0x0ff0u) >> 4 | (a << 13 & b) ^ ~a;
  o[i] = r;
}

extern "C" __global__ void rowsum(const float *x, float *o, int columns) {
  __shared__ float part[32];
  const float *row = x + (size_t)blockIdx.x * columns;
  float s = 0.f;
  for (int i = threadIdx.x; i < columns; i += blockDim.x) s += row[i];
  for (int d = 16; d > 0; d >>= 1) s += __shfl_down_sync(0xffffffffu, s, d);
  if ((threadIdx.x & 31) == 0) part[threadIdx.x >> 5] = s;
  __syncthreads();
  if (threadIdx.x < 32) {
    s = threadIdx.x < (blockDim.x + 31) / 32 ? part[threadIdx.x] : 0.f;
    for (int d = 16; d > 0; d >>= 1) s += __shfl_xor_sync(0xffffffffu, s, d);
    if (threadIdx.x == 0) o[blockIdx.x] = s;
  }
}

// Whole numbers in f32, so that any order of sums gives the same.
extern "C" __global__ void matmul(const float *a, const float *b, float *c, int m, int n, int k) {
  __shared__ float ta[16][16], tb[16][17];
  int row = blockIdx.y * 16 + threadIdx.y, column = blockIdx.x * 16 + threadIdx.x;
  float s = 0.f;
  for (int t = 0; t < k; t += 16) {
    ta[threadIdx.y][threadIdx.x] = row < m && t + threadIdx.x < k ? a[row * k + t + threadIdx.x] : 0.f;
    tb[threadIdx.y][threadIdx.x] = column < n && t + threadIdx.y < k ? b[(t + threadIdx.y) * n + column] : 0.f;
    __syncthreads();
    for (int j = 0; j < 16; j++) s += ta[threadIdx.y][j] * tb[j][threadIdx.x];
    __syncthreads();
  }
  if (row < m && column < n) c[row * n + column] = s;
}

extern "C" __global__ void histogram(const unsigned char *x, unsigned *counts, int n) {
  extern __shared__ unsigned local[];
  for (int i = threadIdx.x; i < 256; i += blockDim.x) local[i] = 0;
  __syncthreads();
  for (int i = blockIdx.x * blockDim.x + threadIdx.x; i < n; i += gridDim.x * blockDim.x) atomicAdd(&local[x[i]], 1u);
  __syncthreads();
  for (int i = threadIdx.x; i < 256; i += blockDim.x) atomicAdd(&counts[i], local[i]);
}

// Local memory, unpredictable branches and loops that end at different times.
extern "C" __global__ void sorted(const int *x, int *o, int n, int each) {
  int t = blockIdx.x * blockDim.x + threadIdx.x;
  int v[24];
  if (t >= n) return;
  for (int i = 0; i < each; i++) v[i] = x[t * each + i];
  for (int i = 1; i < each; i++) {
    int w = v[i], j = i - 1;
    while (j >= 0 && v[j] > w) {
      v[j + 1] = v[j];
      j--;
    }
    v[j + 1] = w;
  }
  for (int i = 0; i < each; i++) o[t * each + i] = v[i];
}

extern "C" __global__ void collatz(const unsigned *x, unsigned *o, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i >= n) return;
  unsigned long long v = x[i];
  unsigned steps = 0;
  while (v != 1) {
    switch (v % 4) {
      case 0: v /= 4; steps += 2; break;
      case 2: v /= 2; steps += 1; break;
      default: v = 3 * v + 1; steps += 1;
    }
  }
  o[i] = steps;
}

extern "C" __global__ void votes(const int *x, unsigned *o) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  unsigned all = __ballot_sync(0xffffffffu, x[i] > 0);
  unsigned same = __match_any_sync(0xffffffffu, x[i] & 3);
  int any = __any_sync(0xffffffffu, x[i] == 7), each = __all_sync(0xffffffffu, x[i] < 100);
  unsigned odd = 0;
  if (x[i] & 1) odd = __activemask();
  o[i] = all ^ same * 3 ^ (any << 1 | each) ^ odd;
}
