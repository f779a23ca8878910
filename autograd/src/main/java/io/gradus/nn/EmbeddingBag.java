package io.gradus.nn;

import io.gradus.Options;
import io.gradus.Parameter;
import io.gradus.Tensor;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a table of learnt vectors, joined bag by bag; see {@link Lookups#embeddingBag}.
 *
 * <p>Input [bags, size] of row numbers, or [*] with offsets; output [bags, d]. {@code weight} is
 * [rows, d] and starts normal with deviation 1.
 */
public final class EmbeddingBag extends Layer {
  private final Lookups.Bag mode;
  private final Lookups.Reading reading;
  private final boolean includeLastOffset;
  private final Parameter weight;

  /** Means. */
  public EmbeddingBag(long rows, long d) {
    this(rows, d, Lookups.Bag.MEAN);
  }

  /** Means, sums or maxima. */
  public EmbeddingBag(long rows, long d, Lookups.Bag mode) {
    this(rows, d, mode, Lookups.Reading.PLAIN, false, Options.DEFAULT);
  }

  /**
   * With settings.
   *
   * @param includeLastOffset whether the last offset is the end of the last bag
   */
  public EmbeddingBag(
      long rows,
      long d,
      Lookups.Bag mode,
      Lookups.Reading reading,
      boolean includeLastOffset,
      Options tensors) {
    this.mode = mode;
    this.reading = Embedding.checked("EmbeddingBag", reading, rows);
    this.includeLastOffset = includeLastOffset;
    this.weight = register("weight", new Parameter(Tensor.empty(tensors, rows, d)));
    Embedding.draw(weight, reading.paddingIdx());
  }

  /** [rows, d]. */
  public Parameter weight() {
    return weight;
  }

  @Override
  public Tensor forward(Tensor x) {
    return bags(x, null, null);
  }

  /** Bags that start at offsets into the input. */
  public Tensor call(Tensor x, Tensor offsets) {
    Tensor y = bags(x, offsets, null);
    ran(List.of(x, offsets), y);
    return y;
  }

  /** With a factor for each row, for sums only; without offsets where each row is a bag. */
  public Tensor call(Tensor x, @Nullable Tensor offsets, Tensor perSampleWeights) {
    Tensor y = bags(x, offsets, perSampleWeights);
    ran(x, y);
    return y;
  }

  private Tensor bags(Tensor x, @Nullable Tensor offsets, @Nullable Tensor perSampleWeights) {
    return Lookups.embeddingBag(
        weight, x, offsets, mode, perSampleWeights, includeLastOffset, reading);
  }

  @Override
  protected String extraRepr() {
    return "%d, %d, mode='%s'"
        .formatted(weight.size(0), weight.size(1), mode.name().toLowerCase(Locale.ROOT));
  }
}
