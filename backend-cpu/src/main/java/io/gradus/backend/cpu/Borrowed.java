package io.gradus.backend.cpu;

import io.gradus.tensor.dtype.ComputeType;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A large array that a kernel needs only while it runs, lent by the pool that tensors get theirs
 * from.
 *
 * <p>Kernels take temporary arrays that may exceed a few hundred kilobytes from here, never with
 * {@code new}: the first touch of fresh memory can cost a hundred times what the kernel does with
 * it, and large arrays that die young are moved by the garbage collector. The array is dirty and
 * may be longer than asked for. Close it when the kernel is done, by try-with-resources, and let no
 * reference to the array survive.
 *
 * @param <A> the type of the array
 */
public final class Borrowed<A> implements AutoCloseable {
  private final ArrayKind kind;
  private @Nullable A array;

  private Borrowed(ArrayKind kind, A array) {
    this.kind = kind;
    this.array = array;
  }

  /** At least {@code n} floats. */
  public static Borrowed<float[]> floats(int n) {
    return new Borrowed<>(ArrayKind.FLOAT, (float[]) ArrayPool.SHARED.borrow(ArrayKind.FLOAT, n));
  }

  /** At least {@code n} doubles. */
  public static Borrowed<double[]> doubles(int n) {
    return new Borrowed<>(
        ArrayKind.DOUBLE, (double[]) ArrayPool.SHARED.borrow(ArrayKind.DOUBLE, n));
  }

  /** At least {@code n} ints. */
  public static Borrowed<int[]> ints(int n) {
    return new Borrowed<>(ArrayKind.INT, (int[]) ArrayPool.SHARED.borrow(ArrayKind.INT, n));
  }

  /** At least {@code n} longs. */
  public static Borrowed<long[]> longs(int n) {
    return new Borrowed<>(ArrayKind.LONG, (long[]) ArrayPool.SHARED.borrow(ArrayKind.LONG, n));
  }

  /** A float[], double[], int[] or long[] of at least {@code n} elements. */
  public static Borrowed<Object> of(ComputeType type, int n) {
    ArrayKind kind = ArrayKind.of(type.dtype());
    return new Borrowed<>(kind, ArrayPool.SHARED.borrow(kind, n));
  }

  /**
   * The array.
   *
   * @throws NullPointerException if it was given back
   */
  public A array() {
    return Objects.requireNonNull(array, "the array was given back");
  }

  /** Gives the array back; again does nothing. */
  @Override
  public void close() {
    A a = array;
    if (a != null) {
      array = null;
      ArrayPool.SHARED.giveBack(kind, a);
    }
  }
}
