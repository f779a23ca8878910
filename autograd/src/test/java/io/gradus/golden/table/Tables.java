package io.gradus.golden.table;

import io.gradus.golden.OperationRegistry;

/** All tables. */
public final class Tables {
  private Tables() {}

  /** Registers what the tables say. */
  public static void register(OperationRegistry r) {
    Pointwise.register(r);
    Reductions.register(r);
    Statistics.register(r);
    Shapes.register(r);
    Picking.register(r);
    Factories.register(r);
    Matrices.register(r);
    Activations.register(r);
    Layers.register(r);
    Convolving.register(r);
    Pools.register(r);
    Interpolating.register(r);
    Sampling.register(r);
    LayerParts.register(r);
    Losses.register(r);
    MaskedOperations.register(r);
    WindowOperations.register(r);
    Composites.register(r);
    FourierTransforms.register(r);
  }
}
