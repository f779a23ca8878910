package io.gradus.nn.activation;

import io.gradus.Options;
import io.gradus.Parameter;
import io.gradus.Tensor;
import io.gradus.nn.Gates;
import io.gradus.nn.Layer;

/**
 * {@code x} where positive, else a learnt slope times x.
 *
 * <p>{@code weight} is [1], or [channels] with a slope for each channel (dimension 1).
 *
 * <p>K. He et al., "Delving Deep into Rectifiers", 2015.
 */
public final class PReLU extends Layer {
  private final Parameter weight;

  /** One slope, which starts at 0.25. */
  public PReLU() {
    this(1);
  }

  /** A slope for each channel; all start at 0.25. */
  public PReLU(long channels) {
    this(channels, 0.25, Options.DEFAULT);
  }

  /** With the slope to start from, a dtype and a device. */
  public PReLU(long channels, double init, Options tensors) {
    this.weight =
        register("weight", new Parameter(Tensor.full(tensors, new long[] {channels}, init)));
  }

  /** The slopes, [1] or [channels]. */
  public Parameter weight() {
    return weight;
  }

  @Override
  public Tensor forward(Tensor x) {
    return Gates.prelu(x, weight);
  }

  @Override
  protected String extraRepr() {
    return "num_parameters=" + weight.numel();
  }
}
