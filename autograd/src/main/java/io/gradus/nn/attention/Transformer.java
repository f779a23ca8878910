package io.gradus.nn.attention;

import io.gradus.Options;
import io.gradus.Tensor;
import io.gradus.nn.Init;
import io.gradus.nn.Module;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.ShapeException;
import java.util.ArrayList;
import java.util.List;

/**
 * An encoder and a decoder, {@code encoder} and {@code decoder}, with normalised results.
 *
 * <p>Source [s, batch, size] and target [t, batch, size], with the batch first, or without one;
 * output of the form of the target. Matrices start uniform as by Glorot and Bengio.
 *
 * <p>A. Vaswani et al., "Attention Is All You Need", 2017.
 */
public final class Transformer extends Module {
  /** More would only fill the memory before anything is computed. */
  private static final int MOST_LAYERS = 4096;

  private final long size;
  private final boolean batchFirst;
  private final TransformerEncoder encoder;
  private final TransformerDecoder decoder;

  /** Six layers each, with {@link TransformerOptions#DEFAULT}. */
  public Transformer(long size, int heads) {
    this(size, heads, 6, 6, TransformerOptions.DEFAULT);
  }

  /** With options. */
  public Transformer(
      long size, int heads, int encoderLayers, int decoderLayers, TransformerOptions options) {
    this(size, heads, encoderLayers, decoderLayers, options, Options.DEFAULT);
  }

  /** With a dtype and a device. */
  public Transformer(
      long size,
      int heads,
      int encoderLayers,
      int decoderLayers,
      TransformerOptions options,
      Options tensors) {
    if (Math.max(encoderLayers, decoderLayers) > MOST_LAYERS
        || Math.min(encoderLayers, decoderLayers) < 0) {
      throw new InvalidArgumentException(
          "[transformer] the numbers of layers must be between 0 and %d, but got %d and %d"
              .formatted(MOST_LAYERS, encoderLayers, decoderLayers));
    }
    this.size = size;
    this.batchFirst = options.batchFirst();
    Block block = new Block(size, heads, options, tensors);
    List<TransformerEncoderLayer> encoding = new ArrayList<>();
    for (int i = 0; i < encoderLayers; i++) {
      encoding.add(new TransformerEncoderLayer(size, heads, options, tensors));
    }
    encoder = register("encoder", new TransformerEncoder(encoding, block.norm()));
    List<TransformerDecoderLayer> decoding = new ArrayList<>();
    for (int i = 0; i < decoderLayers; i++) {
      decoding.add(new TransformerDecoderLayer(size, heads, options, tensors));
    }
    decoder = register("decoder", new TransformerDecoder(decoding, block.norm()));
    resetParameters();
  }

  /** Draws the matrices anew. */
  public void resetParameters() {
    parameters().stream().filter(p -> p.dim() > 1).forEach(p -> Init.xavierUniform_(p, 1));
  }

  /** The encoder. */
  public TransformerEncoder encoder() {
    return encoder;
  }

  /** The decoder. */
  public TransformerDecoder decoder() {
    return decoder;
  }

  /** Nothing masked. */
  public Tensor call(Tensor source, Tensor target) {
    return call(source, target, TransformerMasks.NONE);
  }

  /** With masks. */
  public Tensor call(Tensor source, Tensor target, TransformerMasks masks) {
    boolean batched = source.dim() == 3;
    int batch = batchFirst ? 0 : 1;
    if (source.dim() != target.dim()
        || batched && source.size(batch) != target.size(batch)
        || source.size(-1) != size
        || target.size(-1) != size) {
      throw new ShapeException(
          "[Transformer] the batch number of src and tgt must be equal, and their feature number equal to d_model %d: %s and %s"
              .formatted(size, source.shape(), target.shape()));
    }
    Tensor memory = encoder.call(source, masks.source(), masks.sourcePadding());
    Tensor out = decoder.call(target, memory, masks);
    ran(List.of(source, target), out);
    return out;
  }

  /** A mask [length, length] with which no element looks at later ones: true above the diagonal. */
  public static Tensor causalMask(long length) {
    Tensor at = Tensor.arange(length);
    return at.gt(at.unsqueeze(1)).to(DType.BOOL);
  }
}
