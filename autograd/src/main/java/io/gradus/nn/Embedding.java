package io.gradus.nn;

import io.gradus.Options;
import io.gradus.Parameter;
import io.gradus.Tensor;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.ShapeException;
import org.jspecify.annotations.Nullable;

/**
 * A table of learnt vectors, looked up by number; see {@link Lookups#embedding(Tensor, Tensor,
 * Lookups.Reading)}.
 *
 * <p>Input [*] of row numbers (i64 or i32), output [*, d]. {@code weight} is [rows, d] and starts
 * normal with deviation 1; the row for padding with zeros.
 */
public final class Embedding extends Layer {
  private final Lookups.Reading reading;
  private final Parameter weight;

  /** A table of so many rows. */
  public Embedding(long rows, long d) {
    this(rows, d, Lookups.Reading.PLAIN);
  }

  /** With a row for padding, limits of norms, or weighted gradients. */
  public Embedding(long rows, long d, Lookups.Reading reading) {
    this(rows, d, reading, Options.DEFAULT);
  }

  /** With a dtype and a device. */
  public Embedding(long rows, long d, Lookups.Reading reading, Options tensors) {
    if (rows < 0 || d < 0) {
      throw new InvalidArgumentException(
          "[Embedding] sizes must not be negative: %d and %d".formatted(rows, d));
    }
    this.reading = checked("Embedding", reading, rows);
    this.weight = register("weight", new Parameter(Tensor.empty(tensors, rows, d)));
    resetParameters();
  }

  private Embedding(Tensor weight, boolean freeze, Lookups.Reading reading) {
    this.reading = checked("Embedding", reading, weight.size(0));
    this.weight = register("weight", new Parameter(weight, !freeze));
  }

  /** A table with given rows [rows, d], whose memory it shares; frozen ones are not trained. */
  public static Embedding fromPretrained(Tensor weight, boolean freeze) {
    if (weight.dim() != 2) {
      throw new ShapeException(
          "[Embedding] Embeddings parameter is expected to be 2-dimensional: shape "
              + weight.shape());
    }
    return new Embedding(weight, freeze, Lookups.Reading.PLAIN);
  }

  static Lookups.Reading checked(String name, Lookups.Reading reading, long rows) {
    Long padding = reading.paddingIdx();
    if (padding != null && (padding < -rows || padding >= rows)) {
      throw new InvalidArgumentException(
          "[%s] Padding_idx must be within num_embeddings: %d of %d rows"
              .formatted(name, padding, rows));
    }
    return reading;
  }

  static void draw(Parameter weight, @Nullable Long padding) {
    Init.normal_(weight, 0, 1);
    if (padding != null) {
      weight.detach().select(0, padding.intValue()).zero_();
    }
  }

  /** Draws the rows anew. */
  public void resetParameters() {
    draw(weight, reading.paddingIdx());
  }

  /** [rows, d]. */
  public Parameter weight() {
    return weight;
  }

  @Override
  public Tensor forward(Tensor x) {
    return Lookups.embedding(weight, x, reading);
  }

  @Override
  protected String extraRepr() {
    return "%d, %d".formatted(weight.size(0), weight.size(1))
        + (reading.paddingIdx() == null ? "" : ", padding_idx=" + reading.paddingIdx());
  }
}
