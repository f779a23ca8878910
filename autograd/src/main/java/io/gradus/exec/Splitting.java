package io.gradus.exec;

import io.gradus.Tensor;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.ShapeException;
import io.gradus.tensor.layout.Shape;
import io.gradus.tensor.layout.Slice;
import io.gradus.tensor.layout.ViewOp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Parts of a tensor as views. */
public final class Splitting {
  private Splitting() {}

  private static int dim(String name, Tensor t, int dim) {
    int d = Axes.dim(name, t, dim);
    if (t.dim() == 0) {
      throw new ShapeException(
          "[%s] %s expects at least a 1-dimensional tensor; reshape it".formatted(name, name));
    }
    return d;
  }

  /** See {@link Tensor#chunk(int, int)}. */
  public static List<Tensor> chunk(Tensor t, int n, int dim) {
    int d = dim("chunk", t, dim);
    if (n <= 0) {
      throw new InvalidArgumentException(
          "[chunk] chunk expects `chunks` to be greater than 0, got: " + n + "; 1 is the whole");
    }
    long size = t.size(d);
    if (size == 0) {
      return parts(t, d, new long[Counts.of("chunk", n)], "SplitWithSizesBackward0", true);
    }
    return split(t, (size + n - 1) / n, d);
  }

  /** See {@link Tensor#split(long, int)}. */
  public static List<Tensor> split(Tensor t, long size, int dim) {
    int d = dim("split", t, dim);
    long have = t.size(d);
    if (size < 0) {
      throw new InvalidArgumentException(
          "[split] split expects split_size be non-negative, but got split_size="
              + size
              + "; give the size of a part");
    }
    if (size == 0 && have != 0) {
      throw new InvalidArgumentException(
          "[split] split_size can only be 0 if dimension size is 0, but got dimension size of "
              + have
              + "; give the size of a part");
    }
    int n = size == 0 ? 1 : (int) Math.max((have + size - 1) / size, 1);
    long[] sizes = new long[n];
    Arrays.fill(sizes, size);
    sizes[n - 1] = have - size * (n - 1);
    return parts(t, d, sizes, "SplitBackward0", true);
  }

  /** See {@link Tensor#split(long[], int)}. */
  public static List<Tensor> split(Tensor t, long[] sizes, int dim) {
    int d = dim("split", t, dim);
    long sum = 0;
    for (long s : sizes) {
      if (s < 0) {
        throw new InvalidArgumentException(
            "[split] split_with_sizes expects split_sizes have only non-negative entries, but got"
                + " split_sizes="
                + Arrays.toString(sizes)
                + "; give the sizes of the parts");
      }
      sum += s;
    }
    if (sum != t.size(d)) {
      throw new ShapeException(
          "[split] split_with_sizes expects split_sizes to sum exactly to %d (input tensor's size at dimension %d), but got split_sizes=%s, which sum to %d; change one of them"
              .formatted(t.size(d), d, Arrays.toString(sizes), sum));
    }
    return parts(t, d, sizes, "SplitWithSizesBackward0", true);
  }

  private static List<Tensor> parts(
      Tensor t, int dim, long[] sizes, String gradName, boolean multiple) {
    List<Tensor> parts = new ArrayList<>();
    long at = 0;
    for (long size : sizes) {
      Tensor part = Views.view(t, new ViewOp.Narrow(dim, Slice.of(at, at + size)), gradName);
      if (multiple) {
        Views.markMultiOutput(part);
      }
      parts.add(part);
      at += size;
    }
    return parts;
  }

  /** See {@link Tensor#tensorSplit(int, int)}. */
  public static List<Tensor> tensorSplit(Tensor t, int sections, int dim) {
    int d = dim("tensor_split", t, dim);
    if (sections <= 0) {
      throw new InvalidArgumentException(
          "[tensor_split] number of sections must be larger than 0, got "
              + sections
              + "; 1 is the whole");
    }
    long[] sizes = new long[Counts.of("tensor_split", sections)];
    long size = t.size(d);
    for (int i = 0; i < sections; i++) {
      sizes[i] = size / sections + (i < size % sections ? 1 : 0);
    }
    return parts(t, d, sizes, "SliceBackward0", false);
  }

  /** See {@link Tensor#tensorSplit(long[], int)}. */
  public static List<Tensor> tensorSplit(Tensor t, long[] indices, int dim) {
    int d = dim("tensor_split", t, dim);
    List<Tensor> parts = new ArrayList<>();
    long from = 0;
    for (int i = 0; i <= indices.length; i++) {
      Slice range = i < indices.length ? Slice.of(from, indices[i]) : Slice.from(from);
      parts.add(Views.view(t, new ViewOp.Narrow(d, range)));
      from = i < indices.length ? indices[i] : from;
    }
    return parts;
  }

  /** Refuses tensors of too few dimensions. */
  public static void checkRank(String name, Tensor t, int least) {
    if (t.dim() < least) {
      throw new ShapeException(
          "[%s] torch.%s requires a tensor with at least %d dimension%s, but got a tensor with %d dimensions!; unsqueeze it"
              .formatted(name, name, least, least == 1 ? "" : "s", t.dim()));
    }
  }

  /** Refuses to split a dimension into parts of different size. */
  public static void checkSections(String name, Tensor t, int least, int dim, int sections) {
    checkRank(name, t, least);
    if (sections <= 0 || t.size(dim) % sections != 0) {
      throw new ShapeException(
          "[%s] torch.%s attempted to split along dimension %d, but the size of the dimension %d is not divisible by the split_size %d!; tensorSplit takes parts of different sizes"
              .formatted(name, name, dim, t.size(dim), sections));
    }
  }

  /** See {@link Tensor#unbind(int)}. */
  public static List<Tensor> unbind(Tensor t, int dim) {
    int d = dim("unbind", t, dim);
    List<Tensor> parts = new ArrayList<>();
    for (long i = 0; i < t.size(d); i++) {
      Tensor part = Views.view(t, new ViewOp.Select(d, i), "UnbindBackward0");
      Views.markMultiOutput(part);
      parts.add(part);
    }
    return parts;
  }

  /** See {@link Tensor#chunkCat}. */
  public static Tensor chunkCat(List<Tensor> tensors, int dim, int chunks) {
    if (chunks <= 0) {
      throw new InvalidArgumentException(
          "[chunk_cat] _chunk_cat expects positive num_chunks: got " + chunks + "; 1 is the whole");
    }
    if (tensors.isEmpty()) {
      throw new InvalidArgumentException(
          "[chunk_cat] _chunk_cat expects a non-empty input tensor list; give at least one tensor");
    }
    Tensor first = tensors.get(0);
    int d = dim;
    if (dim < 0) {
      if (tensors.stream().anyMatch(t -> t.dim() != first.dim())) {
        throw new ShapeException(
            "[chunk_cat] _chunk_cat expects non-negative dim when input tensors have different ndims: got %d; count it from the front"
                .formatted(dim));
      }
      d = Shape.wrapDim(dim, first.dim());
    }
    for (Tensor t : tensors) {
      if (t.numel() == 0) {
        throw new ShapeException(
            "[chunk_cat] _chunk_cat expects non-empty tensor: got shape "
                + t.shape()
                + "; leave it out");
      }
      if (d >= t.dim()) {
        throw new ShapeException(
            "[chunk_cat] _chunk_cat expects dim < ndim for all input tensors: %d and shape %s"
                .formatted(d, t.shape()));
      }
      for (int i = 0; i < d; i++) {
        if (t.size(i) != first.size(i)) {
          throw new ShapeException(
              "[chunk_cat] _chunk_cat expects same sizes of 0,...,dim-1 dimensions for all tensors: %s and %s"
                  .formatted(first.shape(), t.shape()));
        }
      }
    }
    List<Tensor> rows = new ArrayList<>();
    for (Tensor t : tensors) {
      long size = t.size(d);
      long full = (size + chunks - 1) / chunks * chunks;
      Tensor padded = t;
      if (full > size) {
        long[] missing = t.shape().with(d, full - size).toArray();
        padded = Tensor.cat(List.of(t, t.newZeros(missing)), d);
      }
      long[] sizes = Arrays.copyOf(t.shape().toArray(), d + 2);
      sizes[d] = chunks;
      sizes[d + 1] = padded.numel() / (Shape.of(Arrays.copyOf(sizes, d)).numel() * chunks);
      rows.add(padded.reshape(sizes));
    }
    return Tensor.cat(rows, d + 1);
  }
}
