package io.gradus.backend.cuda.dnn;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import io.gradus.tensor.error.BackendException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** cuDNN for one device. For one thread at a time, with the GPU entered. */
public final class Cudnn {
  private static final int NCHW = 0;
  private static final int CROSS_CORRELATION = 1;

  /** Algorithms that want more are passed over. */
  private static final long MOST_WORKSPACE = 1L << 30;

  /** Convolutions whose descriptors are kept. */
  private static final int KEPT = 256;

  private final String path;
  private final long version;
  private final CudnnCalls calls;
  private final long handle;
  private final Map<CudnnType, MemorySegment> ones = new EnumMap<>(CudnnType.class);
  private final Map<CudnnType, MemorySegment> zeros = new EnumMap<>(CudnnType.class);
  private final Map<Described, Prepared> prepared = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * Binds its functions.
   *
   * @throws BackendException if it is of another version than 8 and 9, or does not work with the
   *     GPU that the thread has entered
   */
  public Cudnn(String path, SymbolLookup symbols) {
    this.path = path;
    version = CudnnCalls.version(symbols);
    if (major() != 8 && major() != 9) {
      throw new BackendException(
          "[conv] cuDNN %s is neither 8 nor 9, whose functions are known".formatted(number()));
    }
    calls = new CudnnCalls(symbols);
    try {
      handle = calls.create("cudnnCreate");
    } catch (CudnnStatus e) {
      throw new BackendException("[conv] " + e.getMessage(), e);
    }
    for (CudnnType type : CudnnType.values()) {
      ones.put(type, scalar(type, 1));
      zeros.put(type, scalar(type, 0));
    }
  }

  private static MemorySegment scalar(CudnnType type, double value) {
    MemorySegment scalar = Arena.global().allocate(8, 8);
    if (type.doubleScalars()) {
      scalar.set(JAVA_DOUBLE, 0, value);
    } else {
      scalar.set(JAVA_FLOAT, 0, (float) value);
    }
    return scalar;
  }

  /** Until 8 the number of the major version counted thousands, since 9 ten thousands. */
  private long major() {
    return version >= 90000 ? version / 10000 : version / 1000;
  }

  private String number() {
    long unit = version >= 90000 ? 10000 : 1000;
    return "%d.%d.%d".formatted(version / unit, version % unit / 100, version % 100);
  }

  /** Where it was found and which version it is. */
  public String description() {
    return "cuDNN %s (%s)".formatted(number(), path);
  }

  /**
   * A convolution that can be queued any number of times.
   *
   * @param first the descriptors, in the order in which the function takes them
   */
  record Prepared(
      Direction direction,
      CudnnType type,
      long first,
      long second,
      long result,
      long convolution,
      int algorithm,
      long workspaceBytes) {}

  /** Which algorithms may be taken. */
  record Choice(boolean tf32, boolean anyOrder) {}

  /**
   * Makes the descriptors and chooses an algorithm, or takes those of before.
   *
   * @throws CudnnStatus if cuDNN refuses the convolution
   */
  Prepared prepare(Described d, CudnnType type, Choice choice) {
    Prepared known = prepared.get(d);
    if (known != null) {
      return known;
    }
    Prepared made = make(d, type, choice);
    prepared.put(d, made);
    if (prepared.size() > KEPT) {
      Iterator<Prepared> oldest = prepared.values().iterator();
      destroy(oldest.next());
      oldest.remove();
    }
    return made;
  }

  private Prepared make(Described d, CudnnType type, Choice choice) {
    Map<Direction.Part, Long> parts = new EnumMap<>(Direction.Part.class);
    long convolution = calls.create("cudnnCreateConvolutionDescriptor");
    try {
      parts.put(Direction.Part.X, tensor(d.x(), type));
      parts.put(Direction.Part.W, filter(d.filter(), type));
      parts.put(Direction.Part.Y, tensor(d.y(), type));
      describe(convolution, d, type, choice.tf32);
      long first = part(parts, d.direction().first);
      long second = part(parts, d.direction().second);
      long result = part(parts, d.direction().result);
      return chosen(
          new Prepared(d.direction(), type, first, second, result, convolution, 0, 0), choice);
    } catch (CudnnStatus e) {
      parts.forEach((part, made) -> destroy(part, made));
      calls.call("cudnnDestroyConvolutionDescriptor", convolution);
      throw e;
    }
  }

  private static long part(Map<Direction.Part, Long> parts, Direction.Part part) {
    return Objects.requireNonNull(parts.get(part));
  }

  private long tensor(Described.Tensor tensor, CudnnType type) {
    long made = calls.create("cudnnCreateTensorDescriptor");
    try (Arena arena = Arena.ofConfined()) {
      calls.call(
          "cudnnSetTensorNdDescriptor",
          made,
          type.data(),
          tensor.sizes().size(),
          CudnnCalls.ints(arena, tensor.sizes()),
          CudnnCalls.ints(arena, tensor.strides()));
    }
    return made;
  }

  private long filter(List<Integer> sizes, CudnnType type) {
    long made = calls.create("cudnnCreateFilterDescriptor");
    try (Arena arena = Arena.ofConfined()) {
      calls.call(
          "cudnnSetFilterNdDescriptor",
          made,
          type.data(),
          NCHW,
          sizes.size(),
          CudnnCalls.ints(arena, sizes));
    }
    return made;
  }

  private void describe(long convolution, Described d, CudnnType type, boolean tf32) {
    try (Arena arena = Arena.ofConfined()) {
      calls.call(
          "cudnnSetConvolutionNdDescriptor",
          convolution,
          d.padding().size(),
          CudnnCalls.ints(arena, d.padding()),
          CudnnCalls.ints(arena, d.stride()),
          CudnnCalls.ints(arena, d.dilation()),
          CROSS_CORRELATION,
          type.compute());
    }
    calls.call("cudnnSetConvolutionGroupCount", convolution, d.groups());
    calls.call("cudnnSetConvolutionMathType", convolution, type.math(tf32));
  }

  /** Takes the quickest algorithm that may be taken. */
  private Prepared chosen(Prepared p, Choice choice) {
    for (CudnnCalls.Algorithm a :
        calls.algorithms(p.direction, handle, p.first, p.second, p.convolution, p.result)) {
      boolean may = a.deterministic() || choice.anyOrder;
      if (a.status() != 0 || !may || a.bytes() > MOST_WORKSPACE) {
        continue;
      }
      if (p.type.takesMathOfAlgorithm(choice.tf32)) {
        calls.call("cudnnSetConvolutionMathType", p.convolution, a.math());
      }
      long bytes =
          calls.workspace(
              p.direction, handle, p.first, p.second, p.convolution, p.result, a.number());
      if (bytes <= MOST_WORKSPACE) {
        return new Prepared(
            p.direction, p.type, p.first, p.second, p.result, p.convolution, a.number(), bytes);
      }
    }
    throw new CudnnStatus(p.direction.algorithms(), "none of the algorithms may be taken", 0);
  }

  private void destroy(Prepared p) {
    destroy(p.direction.first, p.first);
    destroy(p.direction.second, p.second);
    destroy(p.direction.result, p.result);
    calls.call("cudnnDestroyConvolutionDescriptor", p.convolution);
  }

  private void destroy(Direction.Part part, long descriptor) {
    boolean isFilter = part == Direction.Part.W;
    calls.call(
        isFilter ? "cudnnDestroyFilterDescriptor" : "cudnnDestroyTensorDescriptor", descriptor);
  }

  /**
   * Queues a convolution.
   *
   * @param first the addresses, in the order of the descriptors
   * @throws CudnnStatus if cuDNN refuses it, or it fails
   */
  void run(Prepared p, long stream, long workspace, long first, long second, long result) {
    calls.call("cudnnSetStream", handle, stream);
    calls.run(
        p.direction,
        handle,
        Objects.requireNonNull(ones.get(p.type)),
        p.first,
        first,
        p.second,
        second,
        p.convolution,
        p.algorithm,
        workspace,
        p.workspaceBytes,
        Objects.requireNonNull(zeros.get(p.type)),
        p.result,
        result);
  }
}
