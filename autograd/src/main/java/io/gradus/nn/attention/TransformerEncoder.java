package io.gradus.nn.attention;

import io.gradus.Tensor;
import io.gradus.nn.Layer;
import io.gradus.nn.ModuleList;
import io.gradus.nn.norm.LayerNorm;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stack of encoder layers, {@code layers}, and a normalisation of the result, {@code norm}.
 *
 * <p>Input and output as those of {@link TransformerEncoderLayer}.
 */
public final class TransformerEncoder extends Layer {
  private final ModuleList<TransformerEncoderLayer> layers;
  private final @Nullable LayerNorm norm;

  /** Layers one after another, without normalisation at the end. */
  public TransformerEncoder(List<TransformerEncoderLayer> layers) {
    this(layers, null);
  }

  /** Layers one after another; the normalisation may be null. */
  public TransformerEncoder(List<TransformerEncoderLayer> layers, @Nullable LayerNorm norm) {
    this.layers = register("layers", new ModuleList<>(layers));
    this.norm = norm == null ? null : register("norm", norm);
  }

  @Override
  public Tensor forward(Tensor x) {
    return masked(x, null, null);
  }

  /** With masks, see {@link TransformerEncoderLayer#call(Tensor, Tensor, Tensor)}. */
  public Tensor call(Tensor x, @Nullable Tensor mask, @Nullable Tensor padding) {
    Tensor y = masked(x, mask, padding);
    ran(x, y);
    return y;
  }

  private Tensor masked(Tensor x, @Nullable Tensor mask, @Nullable Tensor padding) {
    Tensor y = x;
    for (TransformerEncoderLayer layer : layers) {
      y = layer.call(y, mask, padding);
    }
    return norm == null ? y : norm.call(y);
  }
}
