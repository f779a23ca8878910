package io.gradus;

import io.gradus.exec.Outputs;
import java.util.function.Supplier;

/**
 * Operations with two results that go into two given tensors: {@code Tensor.out(values,
 * indices).sort(t, 0, false)}; under the terms of {@link Out}.
 */
public final class OutPair {
  private final Tensor first;
  private final Tensor second;

  OutPair(Tensor first, Tensor second) {
    this.first = first;
    this.second = second;
  }

  /**
   * The results of any operation, computed in memory of their own first.
   *
   * @return the two targets
   */
  public ValuesIndices of(Supplier<ValuesIndices> operation) {
    ValuesIndices r = operation.get();
    Outputs.assign(new Tensor[] {first, second}, new Tensor[] {r.values(), r.indices()});
    return new ValuesIndices(first, second);
  }

  /** {@link Tensor#sort(int, boolean)}. */
  public ValuesIndices sort(Tensor a, int dim, boolean descending) {
    return of(() -> a.sort(dim, descending));
  }

  /** {@link Tensor#topk(long, int, boolean)}. */
  public ValuesIndices topk(Tensor a, long k, int dim, boolean largest) {
    return of(() -> a.topk(k, dim, largest));
  }

  /** {@link Tensor#kthvalue(long, int, boolean)}. */
  public ValuesIndices kthvalue(Tensor a, long k, int dim, boolean keepdim) {
    return of(() -> a.kthvalue(k, dim, keepdim));
  }

  /** {@link Tensor#max(int, boolean)}. */
  public ValuesIndices max(Tensor a, int dim, boolean keepdim) {
    return of(() -> a.max(dim, keepdim));
  }

  /** {@link Tensor#min(int, boolean)}. */
  public ValuesIndices min(Tensor a, int dim, boolean keepdim) {
    return of(() -> a.min(dim, keepdim));
  }

  /** {@link Tensor#median(int, boolean)}. */
  public ValuesIndices median(Tensor a, int dim, boolean keepdim) {
    return of(() -> a.median(dim, keepdim));
  }

  /** {@link Tensor#nanmedian(int, boolean)}. */
  public ValuesIndices nanmedian(Tensor a, int dim, boolean keepdim) {
    return of(() -> a.nanmedian(dim, keepdim));
  }

  /** {@link Tensor#mode(int, boolean)}. */
  public ValuesIndices mode(Tensor a, int dim, boolean keepdim) {
    return of(() -> a.mode(dim, keepdim));
  }

  /** {@link Tensor#cummax(int)}. */
  public ValuesIndices cummax(Tensor a, int dim) {
    return of(() -> a.cummax(dim));
  }

  /** {@link Tensor#cummin(int)}. */
  public ValuesIndices cummin(Tensor a, int dim) {
    return of(() -> a.cummin(dim));
  }
}
