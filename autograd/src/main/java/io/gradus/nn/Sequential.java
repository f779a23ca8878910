package io.gradus.nn;

import io.gradus.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Layers one after another; their names are 0, 1, 2, … unless given. */
public final class Sequential extends Layer {
  private final List<Layer> layers = new ArrayList<>();

  /** The layers in order. */
  public Sequential(Layer... layers) {
    for (Layer layer : layers) {
      add(layer);
    }
  }

  /** Named layers, in the order of the map. */
  public Sequential(Map<String, ? extends Layer> layers) {
    layers.forEach((name, layer) -> this.layers.add(register(name, layer)));
  }

  /** Adds a layer at the end, and returns this. */
  public Sequential add(Layer layer) {
    layers.add(register(String.valueOf(layers.size()), layer));
    return this;
  }

  /** Layer {@code i}. */
  public Layer get(int i) {
    return layers.get(i);
  }

  /** The number of layers. */
  public int size() {
    return layers.size();
  }

  @Override
  public Tensor forward(Tensor x) {
    Tensor y = x;
    for (Layer layer : layers) {
      y = layer.call(y);
    }
    return y;
  }
}
