package io.gradus.nn;

import io.gradus.Tensor;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.ShapeException;
import org.jspecify.annotations.Nullable;

/** Attention without state. */
public final class Attention {
  private Attention() {}

  /**
   * {@code softmax(q kᵀ / sqrt(d)) v}; {@link #scaledDotProductAttention(Tensor, Tensor, Tensor,
   * Tensor, double, boolean, Double, boolean)} without mask and dropout.
   */
  public static Tensor scaledDotProductAttention(Tensor query, Tensor key, Tensor value) {
    return scaledDotProductAttention(query, key, value, null, 0, false, null, false);
  }

  /** {@link #scaledDotProductAttention(Tensor, Tensor, Tensor)} with a mask. */
  public static Tensor scaledDotProductAttention(
      Tensor query, Tensor key, Tensor value, @Nullable Tensor mask) {
    return scaledDotProductAttention(query, key, value, mask, 0, false, null, false);
  }

  /**
   * {@code softmax(q kᵀ scale + mask) v}; f16 and bf16 are computed in f32.
   *
   * @param query [*, l, d]
   * @param key [*, s, d]
   * @param value [*, s, e]
   * @param mask broadcast to [*, l, s]: booleans, false for what is not looked at, or numbers to
   *     add; null for none; a row that looks at nothing gives 0
   * @param dropout probability with which a weight is dropped
   * @param causal whether row i looks at the columns up to i only; excludes a mask
   * @param scale null for {@code 1 / sqrt(d)}
   * @param grouped whether several heads of the query (dimension -3) share one of key and value
   */
  public static Tensor scaledDotProductAttention(
      Tensor query,
      Tensor key,
      Tensor value,
      @Nullable Tensor mask,
      double dropout,
      boolean causal,
      @Nullable Double scale,
      boolean grouped) {
    String name = "scaled_dot_product_attention";
    if (query.dim() < 2 || key.dim() < 2 || value.dim() < 2) {
      throw new ShapeException(
          "[%s] Expected query, key, and value to all be at least 2 dimensional, but got %s, %s and %s"
              .formatted(name, query.shape(), key.shape(), value.shape()));
    }
    if (query.dtype() != key.dtype() || query.dtype() != value.dtype()) {
      throw new InvalidArgumentException(
          "[%s] Expected query, key, and value to have the same dtype, but got %s, %s and %s"
              .formatted(name, query.dtype(), key.dtype(), value.dtype()));
    }
    if (mask != null && causal) {
      throw new InvalidArgumentException(
          "[%s] Explicit attn_mask should not be set when is_causal=True".formatted(name));
    }
    Functional.checkProbability(name, dropout);
    Tensor q = Precision.wide(query);
    Tensor k = Precision.wide(key);
    Tensor v = Precision.wide(value);
    if (grouped) {
      k = k.repeatInterleave(q.size(-3) / k.size(-3), -3);
      v = v.repeatInterleave(q.size(-3) / v.size(-3), -3);
    }
    double factor = scale != null ? scale : 1 / Math.sqrt(query.size(-1));
    Tensor scores = q.mul(factor).matmul(k.transpose(-2, -1));
    if (causal) {
      Tensor rows = Tensor.arange(q.size(-2)).to(q.device()).unsqueeze(1);
      Tensor late = Tensor.arange(k.size(-2)).to(q.device()).gt(rows);
      scores = scores.maskedFill(late, Double.NEGATIVE_INFINITY);
    } else if (mask != null) {
      scores =
          mask.dtype() == DType.BOOL
              ? scores.maskedFill(mask.logicalNot(), Double.NEGATIVE_INFINITY)
              : scores.add(mask.to(scores.dtype()));
    }
    Tensor weights = mask == null ? scores.softmax(-1) : safeSoftmax(scores, -1);
    if (dropout > 0) {
      weights = Functional.dropout(weights, dropout, true, null);
    }
    return weights.matmul(v).to(query.dtype());
  }

  /**
   * Softmax along a dimension; 0 where all is minus infinity, that is, nothing may be looked at.
   *
   * @param x of a floating dtype
   */
  public static Tensor safeSoftmax(Tensor x, int dim) {
    Tensor nothing = x.detach().eq(Double.NEGATIVE_INFINITY).all(dim, true);
    return x.maskedFill(nothing, 0).softmax(dim).maskedFill(nothing, 0);
  }
}
