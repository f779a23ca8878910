package io.gradus.exec;

import io.gradus.Internals;
import io.gradus.Options;
import io.gradus.Tensor;
import io.gradus.graph.Record;
import io.gradus.op.Draws;
import io.gradus.op.TypeNames;
import io.gradus.random.Generator;
import io.gradus.tensor.backend.Device;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.dtype.Promotion;
import io.gradus.tensor.error.DTypeException;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.kernel.Params;
import io.gradus.tensor.layout.Broadcasting;
import io.gradus.tensor.layout.Layout;
import io.gradus.tensor.layout.Shape;
import org.jspecify.annotations.Nullable;

/** Fills tensors with random numbers. */
public final class RandomDraws {
  private RandomDraws() {}

  /** A new tensor of floating dtype. */
  public static Tensor floating(
      String name, Draws draws, double a, double b, Layout like, Options options) {
    DType dtype = Creation.dtype(name, options, Promotion.defaultDType());
    if (!dtype.isFloating()) {
      throw notFloating(name, dtype);
    }
    Tensor t = Creation.empty(name, like, options.requiresGrad(false), dtype);
    fill(draws, Params.of(a), Params.of(b), Internals.operand(t), null, options.generator());
    return Creation.finish(t, options);
  }

  /** A new tensor of whole numbers in [low, high). */
  public static Tensor whole(String name, long low, long high, Layout like, Options options) {
    DType dtype = Creation.dtype(name, options, DType.I64);
    checkRange(low, high);
    Tensor t = Creation.empty(name, like, options.requiresGrad(false), dtype);
    fill(Draws.RANDOM, low, high - low, Internals.operand(t), null, options.generator());
    return Creation.finish(t, options);
  }

  /** Overwrites a tensor. */
  public static Tensor overwrite(
      String name, Draws draws, double a, double b, Tensor self, @Nullable Generator generator) {
    if (!self.dtype().isFloating() && draws != Draws.BERNOULLI && draws != Draws.GEOMETRIC) {
      throw notFloating(name, self.dtype());
    }
    return overwrite(name, draws, Params.of(a), Params.of(b), self, null, generator);
  }

  /** Overwrites a tensor with whole numbers in [low, high). */
  public static Tensor overwriteWhole(
      Tensor self, long low, long high, @Nullable Generator generator) {
    checkRange(low, high);
    return overwrite("random_", Draws.RANDOM, low, high - low, self, null, generator);
  }

  /** Overwrites a tensor with 1 where a number drawn is below the probability, else 0. */
  public static Tensor bernoulli(Tensor self, Tensor p, @Nullable Generator generator) {
    checkProbabilities(p);
    return overwrite("bernoulli_", Draws.BERNOULLI_OF, 0, 0, self, p, generator);
  }

  private static Tensor overwrite(
      String name,
      Draws draws,
      long a,
      long b,
      Tensor self,
      @Nullable Tensor p,
      @Nullable Generator generator) {
    InPlace.checkWritable(name, self, Record.wanted(self));
    InPlace.checkOverlap(name, self);
    fill(draws, a, b, Internals.writable(self), p, generator);
    InPlace.written(self, Record.wanted(self) ? ForgetNode.of(name, Internals.edge(self)) : null);
    return self;
  }

  private static void fill(
      Draws draws, long a, long b, Operand out, @Nullable Tensor p, @Nullable Generator from) {
    Layout layout = out.layout();
    // One axis is enough, and one program, where the order in memory is the row-major one.
    boolean flat = layout.isContiguous() && p == null;
    Shape shape = flat ? Shape.of(layout.numel()) : layout.shape();
    Operand to = flat ? out.with(Layout.of(shape, new long[] {1}, layout.offset())) : out;
    Generator.State state = (from == null ? Generator.defaultGenerator() : from).take();
    long[] strides = Layout.rowMajor(shape);
    long[] params = new long[Draws.FIRST_STRIDE + strides.length];
    params[0] = state.seed();
    params[1] = state.stream();
    params[2] = a;
    params[3] = b;
    System.arraycopy(strides, 0, params, Draws.FIRST_STRIDE, strides.length);
    Operand[] in = {};
    if (p != null) {
      Operand x = Internals.operand(p.detach().to(DType.F64));
      in = new Operand[] {x.with(Broadcasting.expand("bernoulli", x.layout(), shape))};
    }
    Device device = out.storage().device();
    device.run(
        new Kernel.Elementwise(
            draws.program(out.dtype(), shape.rank()), in, new Operand[] {to}, params));
  }

  /** Refuses what is no probability. */
  public static void checkProbabilities(Tensor p) {
    Tensor x = p.detach();
    if (x.ge(0).logicalAnd(x.le(1)).logicalNot().any().item().longValue() != 0) {
      throw new InvalidArgumentException(
          "[bernoulli] Expected p_in >= 0 && p_in <= 1: an element of the probabilities, shape "
              + p.shape()
              + ", is not; pass them through sigmoid or clamp");
    }
  }

  private static void checkRange(long low, long high) {
    if (low >= high) {
      throw new InvalidArgumentException(
          "[random_] random_ expects 'from' to be less than 'to', but got from=%d >= to=%d"
              .formatted(low, high));
    }
    if (high - low < 0) {
      throw new InvalidArgumentException(
          "[random_] the range from %d to %d has more than 2^63 numbers".formatted(low, high));
    }
  }

  /** The error for distributions that whole numbers cannot show. */
  public static DTypeException notFloating(String name, DType dtype) {
    return new DTypeException(
        "[%s] \"%s\" not implemented for '%s'; ask for a floating dtype"
            .formatted(name, name, TypeNames.of(dtype)));
  }
}
