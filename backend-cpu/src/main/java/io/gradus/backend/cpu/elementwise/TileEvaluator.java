package io.gradus.backend.cpu.elementwise;

import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.kernel.Program;
import io.gradus.tensor.layout.Shape;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates the program of another kernel, such as a prologue, over ranges of the row-major order
 * of its shape into compute arrays.
 *
 * <p>Bound to its operands once; thread-safe. Whoever uses it keeps the storages alive, which the
 * device does for the operands of the kernel at hand.
 */
public final class TileEvaluator {
  private final TileCode code;
  private final @Nullable TileInput[] in;
  private final Shape shape;

  private TileEvaluator(TileCode code, @Nullable TileInput[] in, Shape shape) {
    this.code = code;
    this.in = in;
    this.shape = shape;
  }

  /**
   * Binds a program to its inputs.
   *
   * @param in operands of that shape; null for an input that each call brings along
   */
  public static TileEvaluator of(Program program, @Nullable Operand[] in, Shape shape) {
    @Nullable TileInput[] bound = new TileInput[in.length];
    for (int i = 0; i < in.length; i++) {
      Operand o = in[i];
      bound[i] = o == null ? null : TileInput.of(o);
    }
    return new TileEvaluator(TileProgram.of(program).code, bound, shape);
  }

  /**
   * Evaluates elements {@code [from, from + n)} of the row-major order.
   *
   * @param out one array of the compute type an output, written from {@code at} on; no input
   */
  public void evaluate(long[] params, long from, int n, Object[] out, int at) {
    evaluate(params, from, n, new Object[0], 0, out, at);
  }

  /**
   * The same with some inputs given as compute arrays.
   *
   * @param given by the number of the input the array with the values of the range, from {@code
   *     givenAt} on; may be shorter than the inputs, null for those that are bound
   */
  public void evaluate(
      long[] params,
      long from,
      int n,
      @Nullable Object[] given,
      int givenAt,
      Object[] out,
      int at) {
    if (n == 0) {
      return;
    }
    int base = (int) from; // arrays of the CPU have at most 2^31-3 elements
    TileInput[] inputs = new TileInput[in.length];
    for (int i = 0; i < inputs.length; i++) {
      TileInput bound = in[i];
      Object array = i < given.length ? given[i] : null;
      if (array != null) {
        inputs[i] = new TileInput.Direct(array, givenAt - base);
      } else if (bound != null) {
        inputs[i] = bound;
      } else {
        throw new IllegalArgumentException("input " + i + " is neither bound nor given");
      }
    }
    TileOutput[] outputs = new TileOutput[out.length];
    for (int j = 0; j < outputs.length; j++) {
      outputs[j] =
          code.definedAt[j] >= 0
              ? new TileOutput.Direct(out[j], at - base)
              : new TileOutput.Dense(code.type[code.outputs[j]].dtype(), out[j], at - base);
    }
    new TileFrame(code, inputs, outputs, shape, params, n).run(from, from + n);
  }
}
