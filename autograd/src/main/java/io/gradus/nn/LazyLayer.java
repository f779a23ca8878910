package io.gradus.nn;

import io.gradus.Options;
import io.gradus.Tensor;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.ShapeException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A layer that takes the size of its input from the first one it sees, or from the first state dict
 * it is given.
 *
 * <p>Until then it has no parameters: asking a model with such a layer for its parameters or its
 * state is an error, because an optimizer made of them would leave the layer out. Call the model
 * once before. Its parameters then have the dtype and the device of that input unless others were
 * asked for, and the names that those of the plain layer have.
 */
public abstract class LazyLayer extends Layer {
  /** Makes the layer for a size of its input. */
  @FunctionalInterface
  public interface Maker {
    /** The layer. */
    Layer make(long size, Options tensors);
  }

  private final Maker maker;
  private final @Nullable Options tensors;
  private @Nullable Layer made;

  /**
   * A layer to be made.
   *
   * @param tensors dtype and device of the parameters; null for those of the first input
   */
  protected LazyLayer(Maker maker, @Nullable Options tensors) {
    this.maker = maker;
    this.tensors = tensors;
  }

  /** The size that an input has where the layer needs to know it. */
  protected abstract long sizeOf(Tensor input);

  /** The size that a layer had whose entry of a state dict this is; -1 if it does not tell. */
  protected abstract long sizeOf(String name, Tensor entry);

  /** Whether the layer still waits for its first input. */
  public final boolean isLazy() {
    return made == null;
  }

  /**
   * The plain layer, which has the same parameters.
   *
   * @throws InvalidArgumentException before the first call
   */
  public final Layer plain() {
    Layer layer = made;
    if (layer == null) {
      throw new InvalidArgumentException(
          "[%s] has no parameters before its first call; call the model once with an input"
              .formatted(getClass().getSimpleName()));
    }
    return layer;
  }

  private Layer make(long size, Options of) {
    Layer layer = maker.make(size, of);
    adopt(layer);
    made = layer;
    return layer;
  }

  @Override
  public final Tensor forward(Tensor x) {
    Layer layer = made;
    if (layer == null) {
      Options of = Options.device(x.device());
      of = x.dtype().isFloating() ? of.withDtype(x.dtype()) : of;
      layer = make(sizeOf(x), tensors == null ? of : filled(tensors, of));
    }
    layer.train(isTraining());
    return layer.forward(x);
  }

  private static Options filled(Options asked, Options otherwise) {
    return new Options(
        asked.dtype() == null ? otherwise.dtype() : asked.dtype(),
        asked.device() == null ? otherwise.device() : asked.device(),
        asked.requiresGrad(),
        asked.generator());
  }

  /** The size of an input behind its last dimensions, as of channels. */
  protected final long before(Tensor x, int lastDims) {
    if (x.dim() <= lastDims) {
      throw new ShapeException(
          "[%s] expected an input of at least %d dimensions, but got shape %s"
              .formatted(getClass().getSimpleName(), lastDims + 1, x.shape()));
    }
    return x.size(x.dim() - lastDims - 1);
  }

  /** Makes the layers inside a module that wait, as a state dict says. */
  static void makeAll(Module module, Map<String, ? extends Tensor> state) {
    module
        .namedModules()
        .forEach(
            (prefix, m) -> {
              if (m instanceof LazyLayer lazy && lazy.isLazy()) {
                lazy.makeOf(prefix.isEmpty() ? "" : prefix + ".", state);
              }
            });
  }

  private void makeOf(String prefix, Map<String, ? extends Tensor> state) {
    for (Map.Entry<String, ? extends Tensor> entry : state.entrySet()) {
      if (isLazy() && entry.getKey().startsWith(prefix)) {
        long size = sizeOf(entry.getKey().substring(prefix.length()), entry.getValue());
        if (size >= 0) {
          make(size, tensors == null ? Options.DEFAULT : tensors);
        }
      }
    }
  }

  /** Refuses a module inside which a layer waits. */
  static void checkNone(Module module) {
    for (Module m : module.modules()) {
      if (m instanceof LazyLayer lazy) {
        lazy.plain();
      }
    }
  }

  @Override
  public final String typeName() {
    return made == null ? super.typeName() : made.typeName();
  }

  @Override
  protected final String extraRepr() {
    return made == null ? "" : made.extraRepr();
  }

  @Override
  protected final long multiplyAdds(Tensor input, Tensor output) {
    return plain().multiplyAdds(input, output);
  }
}
