package io.gradus;

import io.gradus.exec.Counting;
import io.gradus.exec.Slopes;
import io.gradus.tensor.error.ShapeException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Differences of neighbours, integrals and slopes along dimensions. */
public sealed interface DifferenceMethods permits Tensor {
  /** This tensor. */
  Tensor self();

  /** Differences of neighbours along the last dimension. */
  default Tensor diff() {
    return Counting.diff(self(), 1, -1);
  }

  /** Differences of neighbours along a dimension, taken {@code n} times. */
  default Tensor diff(int n, int dim) {
    return Counting.diff(self(), n, dim);
  }

  /** {@link #diff(int, int)} with more elements before and after. */
  default Tensor diff(int n, int dim, @Nullable Tensor prepend, @Nullable Tensor append) {
    return Counting.diff(self(), n, dim, prepend, append);
  }

  /** The integral along the last dimension by the trapezoid rule with steps of 1. */
  default Tensor trapezoid() {
    return Counting.trapezoid(self(), 1, -1);
  }

  /** The integral along a dimension by the trapezoid rule with equal steps. */
  default Tensor trapezoid(double dx, int dim) {
    return Counting.trapezoid(self(), dx, dim);
  }

  /** The integral along a dimension by the trapezoid rule at places {@code x}. */
  default Tensor trapezoid(Tensor x, int dim) {
    return Counting.trapezoid(self(), x, dim);
  }

  /** The running integral along a dimension by the trapezoid rule with equal steps. */
  default Tensor cumulativeTrapezoid(double dx, int dim) {
    return Counting.cumulativeTrapezoid(self(), dx, dim);
  }

  /** The running integral along a dimension by the trapezoid rule at places {@code x}. */
  default Tensor cumulativeTrapezoid(Tensor x, int dim) {
    return Counting.cumulativeTrapezoid(self(), x, dim);
  }

  /** {@link #gradient(double[], int[], int)} with steps of 1 along every dimension. */
  default List<Tensor> gradient() {
    return Slopes.gradient(self(), 1, new int[0], 1);
  }

  /** {@link #gradient(double[], int[], int)} with the same steps along all of the dimensions. */
  default List<Tensor> gradient(double spacing, int[] dims, int edgeOrder) {
    return Slopes.gradient(self(), spacing, dims, edgeOrder);
  }

  /**
   * The derivatives of the function that these are values of, one tensor a dimension: central
   * differences inside, one-sided ones at the ends.
   *
   * @param spacing the step along each of the dimensions
   * @param dims along which; all if none is named
   * @param edgeOrder 1 or 2: how the error at the ends falls with the step
   * @throws ShapeException if a dimension has not at least {@code edgeOrder + 1} places
   */
  default List<Tensor> gradient(double[] spacing, int[] dims, int edgeOrder) {
    return Slopes.gradient(self(), spacing, dims, edgeOrder);
  }

  /** {@link #gradient(double[], int[], int)} for places given by a vector a dimension. */
  default List<Tensor> gradient(List<Tensor> coordinates, int[] dims, int edgeOrder) {
    return Slopes.gradient(self(), coordinates, dims, edgeOrder);
  }
}
