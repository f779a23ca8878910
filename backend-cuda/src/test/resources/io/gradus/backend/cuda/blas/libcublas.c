// The few functions of cuBLAS that the backend calls, as its documentation declares them, for tests:
// they check what they are given and do the product on the host, in the order of the stream.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
  void *stream;
  void *workspace;
  size_t workspace_bytes;
  int math_mode;
} context;

typedef int (*to_host_t)(void *, unsigned long long, size_t, void *);
typedef int (*to_device_t)(unsigned long long, const void *, size_t, void *);
typedef int (*wait_t)(void *);

enum { OK = 0, NOT_INITIALIZED = 1, INVALID_VALUE = 7, NOT_SUPPORTED = 15 };

static void *driver(const char *name) {
  void *library = dlopen("libcuda.so.1", RTLD_NOW | RTLD_NOLOAD);
  return library ? dlsym(library, name) : 0;
}

int cublasCreate_v2(context **handle) {
  *handle = calloc(1, sizeof(context));
  return driver("cuMemcpyDtoHAsync_v2") ? OK : NOT_INITIALIZED;
}

int cublasGetVersion_v2(context *handle, int *version) {
  *version = 120304;
  return handle ? OK : NOT_INITIALIZED;
}

int cublasSetMathMode(context *handle, int mode) {
  handle->math_mode = mode;
  return OK;
}

int cublasSetStream_v2(context *handle, void *stream) {
  handle->stream = stream;
  handle->workspace = 0; // as documented: the stream brings the default workspace back
  return OK;
}

int cublasSetWorkspace_v2(context *handle, void *workspace, size_t bytes) {
  handle->workspace = workspace;
  handle->workspace_bytes = bytes;
  return OK;
}

static int width(int type) {
  return type == 1 ? 8 : type == 0 ? 4 : type == 14 ? 2 : 0;
}

static double get(const char *from, int type, long long i) {
  if (type == 1) return ((const double *)from)[i];
  if (type == 0) return ((const float *)from)[i];
  uint32_t bits = (uint32_t)((const uint16_t *)from)[i] << 16;
  float value;
  memcpy(&value, &bits, 4);
  return value;
}

static void put(char *to, int type, long long i, double value) {
  if (type == 1) {
    ((double *)to)[i] = value;
  } else if (type == 0) {
    ((float *)to)[i] = (float)value;
  } else {
    float narrow = (float)value;
    uint32_t bits;
    memcpy(&bits, &narrow, 4);
    ((uint16_t *)to)[i] = (uint16_t)((bits + 0x7fff + (bits >> 16 & 1)) >> 16);
  }
}

static char *fetch(context *h, unsigned long long from, int type, long long count) {
  to_host_t copy = (to_host_t)driver("cuMemcpyDtoHAsync_v2");
  wait_t wait = (wait_t)driver("cuStreamSynchronize");
  char *to = malloc(count * width(type));
  copy(to, from, count * width(type), h->stream);
  wait(h->stream);
  return to;
}

int cublasGemmStridedBatchedEx(
    context *h, int transa, int transb, int m, int n, int k, const void *alpha,
    unsigned long long a, int a_type, int lda, long long stride_a,
    unsigned long long b, int b_type, int ldb, long long stride_b, const void *beta,
    unsigned long long c, int c_type, int ldc, long long stride_c, int batch, int compute, int algorithm) {
  if (!h || !h->workspace || h->math_mode != 16) return NOT_INITIALIZED;
  if (m < 1 || n < 1 || k < 1 || batch < 1 || lda < (transa ? k : m) || ldb < (transb ? n : k) || ldc < m
      || transa < 0 || transa > 1 || transb < 0 || transb > 1) return INVALID_VALUE;
  if (!width(a_type) || a_type != b_type || !width(c_type) || algorithm != -1
      || (compute != (c_type == 1 ? 70 : 68) && compute != 77)) return NOT_SUPPORTED;
  double al = compute == 70 ? *(const double *)alpha : *(const float *)alpha;
  double be = compute == 70 ? *(const double *)beta : *(const float *)beta;
  to_device_t store = (to_device_t)driver("cuMemcpyHtoDAsync_v2");
  wait_t wait = (wait_t)driver("cuStreamSynchronize");
  long long na = (long long)lda * ((transa ? m : k) - 1) + (transa ? k : m);
  long long nb = (long long)ldb * ((transb ? k : n) - 1) + (transb ? n : k);
  for (int x = 0; x < batch; x++) {
    char *ma = fetch(h, a + x * stride_a * width(a_type), a_type, na);
    char *mb = fetch(h, b + x * stride_b * width(b_type), b_type, nb);
    for (int j = 0; j < n; j++) {
      unsigned long long at = c + (x * stride_c + (long long)j * ldc) * width(c_type);
      char *column = be != 0 ? fetch(h, at, c_type, m) : malloc((size_t)m * width(c_type));
      for (int i = 0; i < m; i++) {
        double sum = 0;
        for (int l = 0; l < k; l++) {
          sum += get(ma, a_type, transa ? l + (long long)i * lda : i + (long long)l * lda)
              * get(mb, b_type, transb ? j + (long long)l * ldb : l + (long long)j * ldb);
        }
        put(column, c_type, i, al * sum + (be != 0 ? be * get(column, c_type, i) : 0));
      }
      store(at, column, (size_t)m * width(c_type), h->stream);
      wait(h->stream);
      free(column);
    }
    free(ma);
    free(mb);
  }
  return OK;
}
