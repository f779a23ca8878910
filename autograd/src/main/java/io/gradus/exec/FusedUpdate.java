package io.gradus.exec;

import io.gradus.Internals;
import io.gradus.Tensor;
import io.gradus.tensor.error.DeviceException;
import io.gradus.tensor.error.ShapeException;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.kernel.Program;

/** Several tensors written by one pass over memory, outside of autograd: an optimizer step. */
public final class FusedUpdate {
  private FusedUpdate() {}

  /**
   * Evaluates a program over tensors of one shape and writes its results in place.
   *
   * @param name for messages
   * @param in one a program input
   * @param out one a program output; usually some of {@code in}
   * @param params see {@link io.gradus.tensor.kernel.Params}
   */
  public static void run(String name, Program program, Tensor[] in, Tensor[] out, long... params) {
    Tensor first = out[0];
    for (Tensor t : in) {
      if (!t.shape().equals(first.shape())) {
        throw new ShapeException(
            "[%s] expected tensors of one shape, got %s and %s"
                .formatted(name, first.shape(), t.shape()));
      }
      if (t.device() != first.device()) {
        throw DeviceException.different(name, first.device().name(), t.device().name());
      }
    }
    for (Tensor t : out) {
      InPlace.checkOverlap(name, t);
    }
    for (Tensor t : out) {
      Internals.writable(t);
    }
    first.device().run(new Kernel.Elementwise(program, operands(in), operands(out), params));
    for (Tensor t : out) {
      Internals.version(t).bump();
    }
  }

  private static Operand[] operands(Tensor[] tensors) {
    Operand[] operands = new Operand[tensors.length];
    for (int i = 0; i < operands.length; i++) {
      operands[i] = Internals.operand(tensors[i]);
    }
    return operands;
  }
}
