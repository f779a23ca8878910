package io.gradus.backend.cuda.blas;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.gradus.tensor.error.BackendException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/**
 * cuBLAS for one device. For one thread at a time, with the GPU entered.
 *
 * <p>Function names, arguments and numbers are those of the cuBLAS 12 documentation; 13 kept them.
 */
public final class Cublas {
  /** What Hopper wants, the largest so far; without it a captured call would allocate. */
  public static final long WORKSPACE_BYTES = 32L << 20;

  /** Keeps sums of 16-bit products in 32 bits to the end. */
  private static final int DISALLOW_REDUCED_PRECISION_REDUCTION = 16;

  private static final int DEFAULT_ALGORITHM = -1;
  private static final String FUNCTION = "cublasGemmStridedBatchedEx";

  private final String path;
  private final int version;
  private final MethodHandle setStream;
  private final MethodHandle setWorkspace;
  private final MethodHandle gemm;
  private final long handle;
  private final MemorySegment alpha = Arena.global().allocate(8, 8);
  private final MemorySegment beta = Arena.global().allocate(8, 8);

  /**
   * Binds its functions.
   *
   * @throws BackendException if it does not work with the GPU that the thread has entered
   */
  public Cublas(String path, SymbolLookup symbols) {
    this.path = path;
    Linker linker = Linker.nativeLinker();
    FunctionDescriptor setter = FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG);
    setStream = linker.downcallHandle(symbols.findOrThrow("cublasSetStream_v2"), setter);
    setWorkspace =
        linker.downcallHandle(
            symbols.findOrThrow("cublasSetWorkspace_v2"),
            FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG));
    gemm =
        linker.downcallHandle(
            symbols.findOrThrow(FUNCTION),
            FunctionDescriptor.of(
                JAVA_INT, JAVA_LONG, // handle
                JAVA_INT, JAVA_INT, // transposed
                JAVA_INT, JAVA_INT, JAVA_INT, // m, n, k
                ADDRESS, // alpha
                JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_LONG, // first: address, type, leading, stride
                JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_LONG, // second
                ADDRESS, // beta
                JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_LONG, // result
                JAVA_INT, JAVA_INT, JAVA_INT)); // batch, compute type, algorithm
    MethodHandle create =
        linker.downcallHandle(
            symbols.findOrThrow("cublasCreate_v2"), FunctionDescriptor.of(JAVA_INT, ADDRESS));
    MethodHandle getVersion =
        linker.downcallHandle(
            symbols.findOrThrow("cublasGetVersion_v2"),
            FunctionDescriptor.of(JAVA_INT, JAVA_LONG, ADDRESS));
    MethodHandle setMathMode =
        linker.downcallHandle(
            symbols.findOrThrow("cublasSetMathMode"),
            FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment made = arena.allocate(JAVA_LONG);
      check((int) create.invokeExact(made), "cublasCreate");
      handle = made.get(JAVA_LONG, 0);
      MemorySegment number = arena.allocate(JAVA_INT);
      check((int) getVersion.invokeExact(handle, number), "cublasGetVersion");
      version = number.get(JAVA_INT, 0);
      check(
          (int) setMathMode.invokeExact(handle, DISALLOW_REDUCED_PRECISION_REDUCTION),
          "cublasSetMathMode");
    } catch (RuntimeException e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** Where it was found and which version it is. */
  public String description() {
    return "cuBLAS %d.%d.%d (%s)"
        .formatted(version / 10000, version / 100 % 100, version % 100, path);
  }

  /** Sends what follows to a stream, with memory that it may use meanwhile. */
  void begin(long stream, long workspace) {
    try {
      check((int) setStream.invokeExact(handle, stream), "cublasSetStream");
      check(
          (int) setWorkspace.invokeExact(handle, workspace, WORKSPACE_BYTES), "cublasSetWorkspace");
    } catch (RuntimeException e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Queues a product.
   *
   * @param a the address of operand a's storage
   * @param types of the factors, and of the result
   */
  void multiply(
      GemmCall call, Types types, double alphaValue, double betaValue, long a, long b, long c) {
    set(alpha, types.in, alphaValue);
    set(beta, types.in, betaValue);
    try {
      int code =
          (int)
              gemm.invokeExact(
                  handle,
                  call.first().transposed() ? 1 : 0,
                  call.second().transposed() ? 1 : 0,
                  call.m(),
                  call.n(),
                  call.k(),
                  alpha,
                  address(call.first(), types, a, b),
                  types.in.data(),
                  call.first().leading(),
                  call.first().stride(),
                  address(call.second(), types, a, b),
                  types.in.data(),
                  call.second().leading(),
                  call.second().stride(),
                  beta,
                  c + call.resultOffset() * types.outBytes,
                  types.out.data(),
                  call.resultLeading(),
                  call.resultStride(),
                  call.batch(),
                  types.in.compute(types.tf32),
                  DEFAULT_ALGORITHM);
      check(code, FUNCTION);
    } catch (RuntimeException e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** The types of a product. */
  record Types(GemmType in, int inBytes, GemmType out, int outBytes, boolean tf32) {}

  private static long address(GemmCall.Factor factor, Types types, long a, long b) {
    return (factor.isA() ? a : b) + factor.offset() * types.inBytes;
  }

  private static void set(MemorySegment scalar, GemmType type, double value) {
    if (type.doubleScalars()) {
      scalar.set(JAVA_DOUBLE, 0, value);
    } else {
      scalar.set(JAVA_FLOAT, 0, (float) value);
    }
  }

  private static void check(int status, String function) {
    if (status != 0) {
      String name =
          switch (status) {
            case 1 -> "CUBLAS_STATUS_NOT_INITIALIZED";
            case 3 -> "CUBLAS_STATUS_ALLOC_FAILED";
            case 7 -> "CUBLAS_STATUS_INVALID_VALUE";
            case 8 -> "CUBLAS_STATUS_ARCH_MISMATCH";
            case 11 -> "CUBLAS_STATUS_MAPPING_ERROR";
            case 13 -> "CUBLAS_STATUS_EXECUTION_FAILED";
            case 14 -> "CUBLAS_STATUS_INTERNAL_ERROR";
            case 15 -> "CUBLAS_STATUS_NOT_SUPPORTED";
            default -> "status";
          };
      throw new BackendException("[matmul] %s: %s (%d)".formatted(function, name, status));
    }
  }
}
