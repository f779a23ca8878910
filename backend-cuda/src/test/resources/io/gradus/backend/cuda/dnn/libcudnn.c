// The functions of cuDNN that the backend calls, as its documentation declares them, for tests: they
// check what they are given and convolve on the host, in the order of the stream.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#ifndef VERSION
#define VERSION 90100
#endif
#ifndef ALGORITHM // the one that should be chosen
#define ALGORITHM 5
#endif
#ifndef MATH_OF_FLOATS
#define MATH_OF_FLOATS 3
#endif

enum {
  OK = 0,
  NOT_INITIALIZED = VERSION < 90000 ? 1 : 1001,
  BAD_PARAM = VERSION < 90000 ? 3 : 2000,
  NOT_SUPPORTED = VERSION < 90000 ? 9 : 3000,
  EXECUTION_FAILED = VERSION < 90000 ? 8 : 5000,
  WORKSPACE = 96
};

typedef struct { void *stream; } context;
typedef struct { int type, dims, sizes[8], strides[8]; } tensor;
typedef struct { int dims, padding[3], stride[3], dilation[3], mode, compute, math, groups; } convolution;
typedef struct {
  int algorithm, status;
  float time;
  size_t memory;
  int deterministic, math, reserved[3];
} performance;

typedef int (*to_host_t)(void *, unsigned long long, size_t, void *);
typedef int (*to_device_t)(unsigned long long, const void *, size_t, void *);
typedef int (*wait_t)(void *);

static long live, calls[3];

// For tests: descriptors that have not been destroyed; how often each direction was computed.
long gradus_descriptors(void) { return live; }
long gradus_calls(int direction) { return calls[direction]; }

static void *driver(const char *name) {
  void *library = dlopen("libcuda.so.1", RTLD_NOW | RTLD_NOLOAD);
  return library ? dlsym(library, name) : 0;
}

size_t cudnnGetVersion(void) { return VERSION; }

const char *cudnnGetErrorString(int status) {
  return status == NOT_SUPPORTED ? "CUDNN_STATUS_NOT_SUPPORTED"
      : status == EXECUTION_FAILED ? "CUDNN_STATUS_EXECUTION_FAILED"
      : status == BAD_PARAM ? "CUDNN_STATUS_BAD_PARAM" : "CUDNN_STATUS_NOT_INITIALIZED";
}

int cudnnCreate(context **handle) {
  *handle = calloc(1, sizeof(context));
  return driver("cuMemcpyDtoHAsync_v2") ? OK : NOT_INITIALIZED;
}

int cudnnSetStream(context *handle, void *stream) {
  handle->stream = stream;
  return OK;
}

static int create(void **made, size_t bytes) {
  *made = calloc(1, bytes);
  live++;
  return OK;
}

static int destroy(void *made) {
  free(made);
  live--;
  return OK;
}

int cudnnCreateTensorDescriptor(void **made) { return create(made, sizeof(tensor)); }
int cudnnCreateFilterDescriptor(void **made) { return create(made, sizeof(tensor)); }
int cudnnCreateConvolutionDescriptor(void **made) { return create(made, sizeof(convolution)); }
int cudnnDestroyTensorDescriptor(void *made) { return destroy(made); }
int cudnnDestroyFilterDescriptor(void *made) { return destroy(made); }
int cudnnDestroyConvolutionDescriptor(void *made) { return destroy(made); }

static int known(int type) { return (type >= 0 && type <= 2) || type == 9; }

int cudnnSetTensorNdDescriptor(tensor *t, int type, int dims, const int *sizes, const int *strides) {
  if (!known(type) || dims < 4 || dims > 5) return BAD_PARAM;
  t->type = type;
  t->dims = dims;
  for (int d = 0; d < dims; d++) {
    if (sizes[d] < 1 || strides[d] < 1) return BAD_PARAM;
    t->sizes[d] = sizes[d];
    t->strides[d] = strides[d];
  }
  return OK;
}

int cudnnSetFilterNdDescriptor(tensor *t, int type, int format, int dims, const int *sizes) {
  int strides[8], packed = 1;
  if (format != 0 || dims > 5) return BAD_PARAM;
  for (int d = dims - 1; d >= 0; packed *= sizes[d--]) strides[d] = packed;
  return cudnnSetTensorNdDescriptor(t, type, dims, sizes, strides);
}

int cudnnSetConvolutionNdDescriptor(
    convolution *c, int dims, const int *padding, const int *stride, const int *dilation, int mode, int compute) {
  if (dims < 2 || dims > 3 || mode != 1 || compute < 0 || compute > 1) return BAD_PARAM;
  c->dims = dims;
  for (int d = 0; d < dims; d++) {
    if (padding[d] < 0 || stride[d] < 1 || dilation[d] < 1) return BAD_PARAM;
    c->padding[d] = padding[d];
    c->stride[d] = stride[d];
    c->dilation[d] = dilation[d];
  }
  c->mode = mode;
  c->compute = compute;
  return OK;
}

int cudnnSetConvolutionMathType(convolution *c, int math) {
  c->math = math;
  return math >= 0 && math <= 3 ? OK : BAD_PARAM;
}

int cudnnSetConvolutionGroupCount(convolution *c, int groups) {
  c->groups = groups;
  return groups > 0 ? OK : BAD_PARAM;
}

static int fits(const tensor *x, const tensor *w, const tensor *y, const convolution *c) {
  int dims = c->dims + 2;
  if (x->dims != dims || w->dims != dims || y->dims != dims || x->type != w->type || x->type != y->type
      || c->compute != (x->type == 1)
      // unless told otherwise float32 keeps its precision; 16-bit types may go to tensor cores
      || c->math != (x->type == 0 ? MATH_OF_FLOATS : x->type == 1 ? 0 : 1)
      || x->sizes[0] != y->sizes[0] || y->sizes[1] != w->sizes[0]
      || x->sizes[1] != w->sizes[1] * c->groups || w->sizes[0] % c->groups) return BAD_PARAM;
  for (int d = 0; d < c->dims; d++) {
    int reach = c->dilation[d] * (w->sizes[d + 2] - 1) + 1;
    if ((x->sizes[d + 2] + 2 * c->padding[d] - reach) / c->stride[d] + 1 != y->sizes[d + 2]) return BAD_PARAM;
    if (c->dilation[d] == 3) return NOT_SUPPORTED; // so that there is something to refuse
  }
  return OK;
}

// The first does not work, the second adds in any order, the third wants more than there is.
static int list(int most, int *count, performance *all, int math) {
  performance known[4] = {
    {1, NOT_SUPPORTED, 1, 0, 1, math}, {0, OK, 2, 0, 0, math},
    {3, OK, 3, (size_t)1 << 40, 1, math}, {5, OK, 4, WORKSPACE, 1, math}};
  *count = most < 4 ? most : 4;
  memcpy(all, known, *count * sizeof(performance));
  return OK;
}

#define QUERIES(NAME, A, B, R, X, W, Y) \
  int cudnnGetConvolution##NAME##Algorithm_v7(context *h, tensor *A, tensor *B, convolution *c, tensor *R, \
      int most, int *count, performance *all) { \
    int status = h ? fits(X, W, Y, c) : NOT_INITIALIZED; \
    return status ? status : list(most, count, all, c->math); \
  } \
  int cudnnGetConvolution##NAME##WorkspaceSize(context *h, tensor *A, tensor *B, convolution *c, tensor *R, \
      int algorithm, size_t *bytes) { \
    *bytes = WORKSPACE; \
    return algorithm == ALGORITHM ? fits(X, W, Y, c) : BAD_PARAM; \
  }

QUERIES(Forward, x, w, y, x, w, y)
QUERIES(BackwardData, w, y, x, x, w, y)
QUERIES(BackwardFilter, x, y, w, x, w, y)

static int width(int type) { return type == 1 ? 8 : type == 0 ? 4 : 2; }

static double of_half(uint16_t h) {
  uint32_t sign = (uint32_t)(h & 0x8000) << 16, exponent = h >> 10 & 31, fraction = h & 1023;
  if (exponent == 0) return (sign ? -1.0 : 1.0) * fraction / 16777216.0;
  uint32_t bits = sign | (exponent + 112) << 23 | fraction << 13;
  float value;
  memcpy(&value, &bits, 4);
  return value;
}

static double get(const char *from, int type, long i) {
  if (type == 1) return ((const double *)from)[i];
  if (type == 0) return ((const float *)from)[i];
  uint16_t raw = ((const uint16_t *)from)[i];
  if (type == 2) return of_half(raw);
  uint32_t bits = (uint32_t)raw << 16;
  float value;
  memcpy(&value, &bits, 4);
  return value;
}

// Of 16-bit types only whole numbers that fit are stored: tests use no others.
static void put(char *to, int type, long i, double value) {
  if (type == 1) {
    ((double *)to)[i] = value;
    return;
  }
  float narrow = (float)value;
  uint32_t bits;
  memcpy(&bits, &narrow, 4);
  if (type == 0) {
    ((float *)to)[i] = narrow;
  } else if (type == 9) {
    ((uint16_t *)to)[i] = (uint16_t)(bits >> 16);
  } else {
    ((uint16_t *)to)[i] = (uint16_t)(value == 0 ? 0 : bits >> 16 & 0x8000 | ((bits >> 13 & 0x3ffff) - (112 << 10)));
  }
}

static size_t bytes(const tensor *t) {
  long last = 0;
  for (int d = 0; d < t->dims; d++) last += (long)(t->sizes[d] - 1) * t->strides[d];
  return (last + 1) * width(t->type);
}

static char *fetch(context *h, unsigned long long from, const tensor *t) {
  char *to = malloc(bytes(t));
  ((to_host_t)driver("cuMemcpyDtoHAsync_v2"))(to, from, bytes(t), h->stream);
  ((wait_t)driver("cuStreamSynchronize"))(h->stream);
  return to;
}

static long offset(const tensor *t, const int *at) {
  long sum = 0;
  for (int d = 0; d < t->dims; d++) sum += (long)at[d] * t->strides[d];
  return sum;
}

static int next(int *at, const int *sizes, int dims) {
  for (int d = dims - 1; d >= 0; d--) {
    if (++at[d] < sizes[d]) return 1;
    at[d] = 0;
  }
  return 0;
}

// Adds up in doubles: for every place of y and every tap of the window one product.
static int convolve(
    context *h, int direction, const void *alpha, const void *beta, const tensor *x, unsigned long long px,
    const tensor *w, unsigned long long pw, const tensor *y, unsigned long long py, const convolution *c,
    int algorithm, unsigned long long workspace, size_t given) {
  int status = h ? fits(x, w, y, c) : NOT_INITIALIZED;
  if (status) return status;
  double one = c->compute ? *(const double *)alpha : *(const float *)alpha;
  double zero = c->compute ? *(const double *)beta : *(const float *)beta;
  if (algorithm != ALGORITHM || !workspace || given < WORKSPACE || one != 1 || zero != 0) return BAD_PARAM;
  if (c->stride[c->dims - 1] == 7) return EXECUTION_FAILED; // so that something fails
  calls[direction]++;
  to_device_t store = (to_device_t)driver("cuMemcpyHtoDAsync_v2");
  wait_t wait = (wait_t)driver("cuStreamSynchronize");
  char scratch[WORKSPACE] = {1};
  store(workspace, scratch, WORKSPACE, h->stream);
  const tensor *part[3] = {x, w, y};
  unsigned long long place[3] = {px, pw, py};
  int result = direction == 0 ? 2 : direction == 1 ? 0 : 1;
  char *data[3];
  for (int i = 0; i < 3; i++) data[i] = i == result ? 0 : fetch(h, place[i], part[i]);
  size_t all = bytes(part[result]) / width(x->type);
  double *sums = calloc(all, sizeof(double));
  int perGroup = w->sizes[0] / c->groups;
  int at[5] = {0};
  do {
    int tap[5] = {0};
    do {
      if (tap[0] != 0) continue; // the output is that of the place
      int from[5] = {at[0], at[1] / perGroup * w->sizes[1] + tap[1]};
      int inside = 1;
      for (int d = 0; d < c->dims; d++) {
        from[d + 2] = at[d + 2] * c->stride[d] + tap[d + 2] * c->dilation[d] - c->padding[d];
        inside &= from[d + 2] >= 0 && from[d + 2] < x->sizes[d + 2];
      }
      if (!inside) continue;
      int filter[5];
      memcpy(filter, tap, sizeof filter);
      filter[0] = at[1];
      long index[3] = {offset(x, from), offset(w, filter), offset(y, at)};
      double product = 1;
      for (int i = 0; i < 3; i++) product *= i == result ? 1 : get(data[i], x->type, index[i]);
      sums[index[result]] += product;
    } while (next(tap, w->sizes, w->dims));
  } while (next(at, y->sizes, y->dims));
  char *out = malloc(bytes(part[result]));
  for (size_t i = 0; i < all; i++) put(out, x->type, i, sums[i]);
  store(place[result], out, bytes(part[result]), h->stream);
  wait(h->stream);
  for (int i = 0; i < 3; i++) free(data[i]);
  free(sums);
  free(out);
  return OK;
}

typedef unsigned long long address;

int cudnnConvolutionForward(context *h, const void *alpha, tensor *x, address px, tensor *w, address pw,
    convolution *c, int algorithm, address workspace, size_t given, const void *beta, tensor *y, address py) {
  return convolve(h, 0, alpha, beta, x, px, w, pw, y, py, c, algorithm, workspace, given);
}

int cudnnConvolutionBackwardData(context *h, const void *alpha, tensor *w, address pw, tensor *y, address py,
    convolution *c, int algorithm, address workspace, size_t given, const void *beta, tensor *x, address px) {
  return convolve(h, 1, alpha, beta, x, px, w, pw, y, py, c, algorithm, workspace, given);
}

int cudnnConvolutionBackwardFilter(context *h, const void *alpha, tensor *x, address px, tensor *y, address py,
    convolution *c, int algorithm, address workspace, size_t given, const void *beta, tensor *w, address pw) {
  return convolve(h, 2, alpha, beta, x, px, w, pw, y, py, c, algorithm, workspace, given);
}
