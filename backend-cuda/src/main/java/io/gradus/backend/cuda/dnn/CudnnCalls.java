package io.gradus.backend.cuda.dnn;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * The functions of cuDNN. Handles and descriptors are {@code long}s; names, arguments and numbers
 * are those of the documentation of version 8, whose legacy interface 9 kept.
 */
final class CudnnCalls {
  private final SymbolLookup symbols;
  private final MethodHandle errorString;
  private final Map<Direction, MethodHandle> runs = new EnumMap<>(Direction.class);
  private final Map<String, MethodHandle> others = new java.util.HashMap<>();

  /**
   * Binds the functions.
   *
   * @throws NoSuchElementException if one of them is missing
   */
  CudnnCalls(SymbolLookup symbols) {
    this.symbols = symbols;
    errorString =
        Linker.nativeLinker()
            .downcallHandle(
                symbols.findOrThrow("cudnnGetErrorString"),
                FunctionDescriptor.of(ADDRESS, JAVA_INT));
    bind("cudnnCreate", ADDRESS);
    bind("cudnnSetStream", JAVA_LONG, JAVA_LONG);
    for (String kind : List.of("Tensor", "Filter", "Convolution")) {
      bind("cudnnCreate" + kind + "Descriptor", ADDRESS);
      bind("cudnnDestroy" + kind + "Descriptor", JAVA_LONG);
    }
    bind("cudnnSetTensorNdDescriptor", JAVA_LONG, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS);
    bind("cudnnSetFilterNdDescriptor", JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS);
    bind(
        "cudnnSetConvolutionNdDescriptor",
        JAVA_LONG,
        JAVA_INT,
        ADDRESS,
        ADDRESS,
        ADDRESS,
        JAVA_INT,
        JAVA_INT);
    bind("cudnnSetConvolutionMathType", JAVA_LONG, JAVA_INT);
    bind("cudnnSetConvolutionGroupCount", JAVA_LONG, JAVA_INT);
    for (Direction direction : Direction.values()) {
      bind(
          direction.algorithms(),
          JAVA_LONG,
          JAVA_LONG,
          JAVA_LONG,
          JAVA_LONG,
          JAVA_LONG, // handle, descriptors
          JAVA_INT,
          ADDRESS,
          ADDRESS); // how many, how many there are, these
      bind(
          direction.workspace(),
          JAVA_LONG,
          JAVA_LONG,
          JAVA_LONG,
          JAVA_LONG,
          JAVA_LONG, // handle, descriptors
          JAVA_INT,
          ADDRESS); // algorithm, bytes
      runs.put(
          direction,
          bound(
              direction.function(),
              JAVA_LONG,
              ADDRESS, // handle, alpha
              JAVA_LONG,
              JAVA_LONG, // first
              JAVA_LONG,
              JAVA_LONG, // second
              JAVA_LONG,
              JAVA_INT, // convolution, algorithm
              JAVA_LONG,
              JAVA_LONG, // workspace
              ADDRESS, // beta
              JAVA_LONG,
              JAVA_LONG)); // result
    }
  }

  private MethodHandle bound(String name, MemoryLayout... arguments) {
    return Linker.nativeLinker()
        .downcallHandle(symbols.findOrThrow(name), FunctionDescriptor.of(JAVA_INT, arguments));
  }

  private void bind(String name, MemoryLayout... arguments) {
    others.put(name, bound(name, arguments));
  }

  /** The version, which the library knows without a handle. */
  static long version(SymbolLookup symbols) {
    MethodHandle version =
        Linker.nativeLinker()
            .downcallHandle(
                symbols.findOrThrow("cudnnGetVersion"), FunctionDescriptor.of(JAVA_LONG));
    try {
      return (long) version.invokeExact();
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** Calls a function that is called once in a while; arguments as it is bound. */
  void call(String name, Object... arguments) {
    MethodHandle handle = others.get(name);
    if (handle == null) {
      throw new IllegalArgumentException(name);
    }
    int status;
    try {
      status = (int) handle.invokeWithArguments(arguments);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
    check(status, name);
  }

  /** Queues a convolution. */
  void run(
      Direction direction,
      long handle,
      MemorySegment alpha,
      long firstDescriptor,
      long first,
      long secondDescriptor,
      long second,
      long convolution,
      int algorithm,
      long workspace,
      long workspaceBytes,
      MemorySegment beta,
      long resultDescriptor,
      long result) {
    MethodHandle run = runs.get(direction);
    if (run == null) {
      throw new IllegalArgumentException(direction.function());
    }
    int status;
    try {
      status =
          (int)
              run.invokeExact(
                  handle,
                  alpha,
                  firstDescriptor,
                  first,
                  secondDescriptor,
                  second,
                  convolution,
                  algorithm,
                  workspace,
                  workspaceBytes,
                  beta,
                  resultDescriptor,
                  result);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
    check(status, direction.function());
  }

  private void check(int status, String function) {
    if (status != 0) {
      throw new CudnnStatus(function, name(status), status);
    }
  }

  private String name(int status) {
    try {
      MemorySegment text = (MemorySegment) errorString.invokeExact(status);
      return text.reinterpret(256).getString(0);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** A new handle or descriptor. */
  long create(String function) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment made = arena.allocate(JAVA_LONG);
      call(function, made);
      return made.get(JAVA_LONG, 0);
    }
  }

  static MemorySegment ints(Arena arena, List<Integer> values) {
    return arena.allocateFrom(JAVA_INT, values.stream().mapToInt(Integer::intValue).toArray());
  }

  /** An algorithm as {@code cudnnConvolutionFwdAlgoPerf_t} and its like tell of it. */
  record Algorithm(int number, int status, long bytes, boolean deterministic, int math) {
    private static final int BYTES = 48;

    private static Algorithm at(MemorySegment list, int i) {
      MemorySegment one = list.asSlice((long) i * BYTES, BYTES);
      return new Algorithm(
          one.get(JAVA_INT, 0),
          one.get(JAVA_INT, 4),
          one.get(JAVA_LONG, 16),
          one.get(JAVA_INT, 24) == 1,
          one.get(JAVA_INT, 28));
    }
  }

  /** The algorithms that cuDNN would take, the quickest first. */
  List<Algorithm> algorithms(
      Direction direction, long handle, long first, long second, long convolution, long result) {
    int most = 16;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment list = arena.allocate((long) most * Algorithm.BYTES, 8);
      MemorySegment count = arena.allocate(JAVA_INT);
      call(direction.algorithms(), handle, first, second, convolution, result, most, count, list);
      List<Algorithm> all = new ArrayList<>();
      for (int i = 0; i < count.get(JAVA_INT, 0); i++) {
        all.add(Algorithm.at(list, i));
      }
      return all;
    }
  }

  /** How much memory an algorithm needs. */
  long workspace(
      Direction direction,
      long handle,
      long first,
      long second,
      long convolution,
      long result,
      int algorithm) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment bytes = arena.allocate(JAVA_LONG);
      call(direction.workspace(), handle, first, second, convolution, result, algorithm, bytes);
      return bytes.get(JAVA_LONG, 0);
    }
  }
}
