package io.gradus.data;

import io.gradus.Tensor;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.ShapeException;
import java.util.Arrays;
import java.util.List;

/** Sample {@code i} is row {@code i} of each of several tensors. */
public final class TensorDataset implements Dataset<List<Tensor>>, BatchSource<List<Tensor>> {
  private final List<Tensor> tensors;

  /**
   * Tensors with the same size of dimension 0.
   *
   * @throws ShapeException if the sizes differ, or a tensor has no dimension
   */
  public TensorDataset(Tensor... tensors) {
    if (tensors.length == 0) {
      throw new InvalidArgumentException("[TensorDataset] needs at least one tensor");
    }
    for (Tensor t : tensors) {
      if (t.dim() == 0 || t.size(0) != tensors[0].size(0)) {
        throw new ShapeException(
            "[TensorDataset] Size mismatch between tensors: shapes "
                + Arrays.stream(tensors).map(x -> x.shape().toString()).toList()
                + " must agree in dimension 0");
      }
    }
    this.tensors = List.of(tensors);
  }

  @Override
  public List<Tensor> get(long index) {
    return tensors.stream().map(t -> t.select(0, index)).toList();
  }

  @Override
  public long size() {
    return tensors.get(0).size(0);
  }

  /** The tensors. */
  public List<Tensor> tensors() {
    return tensors;
  }

  @Override
  public boolean canBatch() {
    return true;
  }

  @Override
  public List<Tensor> batch(long[] indices) {
    Tensor at = Tensor.tensor(indices);
    return tensors.stream().map(t -> t.indexSelect(0, at.to(t.device()))).toList();
  }

  /** The number of samples, and the dtypes and shapes of the tensors. */
  @Override
  public String toString() {
    List<String> parts = tensors.stream().map(t -> t.dtype() + " " + t.shape()).toList();
    return "TensorDataset(%d samples: %s)".formatted(size(), String.join(", ", parts));
  }
}
