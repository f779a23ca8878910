package io.gradus;

import io.gradus.exec.Repeats;
import java.util.Arrays;

/** Copies with elements repeated or in another order. */
public sealed interface RepeatMethods permits Tensor {
  /** This tensor. */
  Tensor self();

  /** The whole tensor repeated along each dimension; missing dimensions are added in front. */
  default Tensor repeat(long... repeats) {
    return Repeats.repeat(self(), repeats);
  }

  /** {@link #repeat} where missing repeats in front are 1. */
  default Tensor tile(long... dims) {
    int lead = self().dim() - dims.length;
    if (lead <= 0) {
      return repeat(dims);
    }
    long[] all = new long[self().dim()];
    Arrays.fill(all, 0, lead, 1);
    System.arraycopy(dims, 0, all, lead, dims.length);
    return repeat(all);
  }

  /** Each element repeated, as a vector. */
  default Tensor repeatInterleave(long repeats) {
    return Repeats.interleave(self().flatten(), repeats, 0);
  }

  /** Each slice along a dimension repeated. */
  default Tensor repeatInterleave(long repeats, int dim) {
    return Repeats.interleave(self(), repeats, dim);
  }

  /** Each slice along a dimension repeated as often as {@code repeats} says for it. */
  default Tensor repeatInterleave(Tensor repeats, int dim) {
    return Repeats.interleave(self(), repeats, dim);
  }

  /** Each element repeated as often as {@code repeats} says for it, as a vector. */
  default Tensor repeatInterleave(Tensor repeats) {
    return Repeats.interleave(self().flatten(), repeats, 0);
  }

  /** A copy with the elements in reverse order along the given dimensions. */
  default Tensor flip(int... dims) {
    return Repeats.flip(self(), dims);
  }

  /** Columns in reverse order. */
  default Tensor fliplr() {
    Repeats.checkRank("fliplr", self(), 2);
    return flip(1);
  }

  /** Rows in reverse order. */
  default Tensor flipud() {
    Repeats.checkRank("flipud", self(), 1);
    return flip(0);
  }

  /** All elements moved on by a number of places in row-major order; the last come first. */
  default Tensor roll(long shift) {
    return self().flatten().roll(shift, 0).view(self().shape().toArray());
  }

  /** Slices moved on along a dimension; the last come first. */
  default Tensor roll(long shift, int dim) {
    return Repeats.roll(self(), new long[] {shift}, new int[] {dim});
  }

  /** Slices moved on along several dimensions; the last come first. */
  default Tensor roll(long[] shifts, int[] dims) {
    return Repeats.roll(self(), shifts, dims);
  }

  /** Rotated by {@code k} quarter turns from dimension {@code dim0} toward {@code dim1}. */
  default Tensor rot90(int k, int dim0, int dim1) {
    return Repeats.rot90(self(), k, dim0, dim1);
  }

  /** {@link #rot90(int, int, int)} of dimensions 0 and 1, once. */
  default Tensor rot90() {
    return Repeats.rot90(self(), 1, 0, 1);
  }
}
