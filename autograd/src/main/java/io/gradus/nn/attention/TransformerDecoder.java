package io.gradus.nn.attention;

import io.gradus.Tensor;
import io.gradus.nn.Module;
import io.gradus.nn.ModuleList;
import io.gradus.nn.norm.LayerNorm;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stack of decoder layers, {@code layers}, and a normalisation of the result, {@code norm}.
 *
 * <p>Input and output as those of {@link TransformerDecoderLayer}.
 */
public final class TransformerDecoder extends Module {
  private final ModuleList<TransformerDecoderLayer> layers;
  private final @Nullable LayerNorm norm;

  /** Layers one after another, without normalisation at the end. */
  public TransformerDecoder(List<TransformerDecoderLayer> layers) {
    this(layers, null);
  }

  /** Layers one after another; the normalisation may be null. */
  public TransformerDecoder(List<TransformerDecoderLayer> layers, @Nullable LayerNorm norm) {
    this.layers = register("layers", new ModuleList<>(layers));
    this.norm = norm == null ? null : register("norm", norm);
  }

  /** Nothing masked. */
  public Tensor call(Tensor target, Tensor memory) {
    return call(target, memory, TransformerMasks.NONE);
  }

  /** With the masks of target and memory. */
  public Tensor call(Tensor target, Tensor memory, TransformerMasks masks) {
    Tensor y = target;
    for (TransformerDecoderLayer layer : layers) {
      y = layer.call(y, memory, masks);
    }
    Tensor out = norm == null ? y : norm.call(y);
    ran(List.of(target, memory), out);
    return out;
  }
}
