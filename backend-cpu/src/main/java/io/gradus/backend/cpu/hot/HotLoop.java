package io.gradus.backend.cpu.hot;

import io.gradus.backend.cpu.CpuStorage;
import io.gradus.backend.cpu.Workers;
import io.gradus.backend.cpu.lanes.Lanes;
import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.ExprGraph;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.kernel.Params;
import io.gradus.tensor.kernel.Recipes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A program that becomes one loop once it has cost about as much as compiling it will: no
 * intermediate result goes through memory then.
 *
 * <p>For programs of several operations on contiguous {@code f32} operands of one shape; all others
 * stay with tiles, and so do all programs where {@code -Dgradus.hot=off}. The results have the same
 * bits.
 */
public final class HotLoop {
  private static final boolean ON =
      Lanes.isVector() && !"off".equalsIgnoreCase(System.getProperty("gradus.hot", "on"));

  /**
   * Instructions times elements; tiles do some 2 * 10^10 a second, and compiling a loop takes about
   * half of one.
   */
  private static final long WORTH = 1L << 33;

  private static final int MAX_NODES = 250;
  private static final int MAX_OPERANDS = 12;

  private final List<Expr> outputs;
  private final int inputs;
  private final int instructions;
  private long done; // races lose some counts
  private volatile @Nullable Loop loop;

  private HotLoop(List<Expr> outputs, int inputs, int instructions) {
    this.outputs = outputs;
    this.inputs = inputs;
    this.instructions = instructions;
  }

  /**
   * What a program may become; null if it never can, or would not gain.
   *
   * @param outputs of the program, as tiles compute them
   * @param instructions passes that tiles need
   */
  public static @Nullable HotLoop of(List<Expr> outputs, int inputs, int instructions) {
    return ON && instructions > 1 && inputs + outputs.size() <= MAX_OPERANDS
        ? new HotLoop(outputs, inputs, instructions)
        : null;
  }

  /** Runs the loop and returns true if it is ready and fits the operands. */
  public boolean run(Operand[] in, Operand[] out, long[] params, int grain) {
    long n = out[0].layout().numel();
    Loop ready = loop;
    if (ready == null) {
      count(n);
      return false;
    }
    if (!fits(in, out, n)) {
      return false;
    }
    float[][] from = arrays(in);
    int[] fromAt = offsets(in);
    float[][] to = arrays(out);
    int[] toAt = offsets(out);
    float[] numbers = new float[params.length];
    for (int k = 0; k < numbers.length; k++) {
      numbers[k] = (float) Params.toDouble(params[k]);
    }
    Workers.run(
        n,
        grain,
        (s, e) ->
            range(
                ready,
                from,
                moved(fromAt, (int) s),
                to,
                moved(toAt, (int) s),
                numbers,
                (int) (e - s)));
    return true;
  }

  private void count(long n) {
    long before = done;
    done = before + n * instructions;
    if (before < WORTH && done >= WORTH) {
      HotCompiler.SHARED.submit(this::compile);
    }
  }

  /**
   * Makes the loop and warms it up; it is used from the next run on, unless it stays slow or the
   * program holds what has no vector code.
   */
  void compile() {
    List<Expr> lowered = lowered();
    List<Expr> nodes = ExprGraph.postOrder(lowered);
    if (isExpressible(nodes)) {
      Loop made = LoopClass.of(lowered, inputs);
      if (HotCompiler.becomesFast(made, inputs, outputs.size(), nodes)) {
        loop = made;
      }
    }
  }

  /** Makes the loop now and says whether there is one, fast or not: for tests. */
  boolean compileNow() {
    List<Expr> lowered = lowered();
    boolean can = isExpressible(ExprGraph.postOrder(lowered));
    loop = can ? LoopClass.of(lowered, inputs) : null;
    return can;
  }

  private List<Expr> lowered() {
    return outputs.stream().map(Recipes::lower).toList();
  }

  private boolean isExpressible(List<Expr> nodes) {
    return nodes.size() <= MAX_NODES
        && nodes.stream().allMatch(VectorCode::supports)
        && outputs.stream().allMatch(e -> e.type() == ComputeType.F32);
  }

  private boolean fits(Operand[] in, Operand[] out, long n) {
    for (int j = 0; j < out.length; j++) {
      if (!isPlain(out[j], n)) {
        return false;
      }
      for (int k = 0; k < j; k++) {
        if (out[k].storage() == out[j].storage()) {
          return false;
        }
      }
    }
    for (Operand x : in) {
      if (!isPlain(x, n)) {
        return false;
      }
      for (Operand y : out) {
        // Written where it has been read already, or not at all.
        boolean apart = x.storage() != y.storage() && CpuStorage.array(x) != CpuStorage.array(y);
        if (!apart && x.layout().offset() != y.layout().offset()) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean isPlain(Operand x, long n) {
    return x.dtype() == DType.F32 && x.layout().numel() == n && x.layout().isContiguous();
  }

  private static float[][] arrays(Operand[] operands) {
    float[][] arrays = new float[operands.length][];
    for (int k = 0; k < arrays.length; k++) {
      arrays[k] = (float[]) CpuStorage.array(operands[k]);
    }
    return arrays;
  }

  private static int[] offsets(Operand[] operands) {
    int[] offsets = new int[operands.length];
    for (int k = 0; k < offsets.length; k++) {
      offsets[k] = (int) operands[k].layout().offset();
    }
    return offsets;
  }

  private static int[] moved(int[] offsets, int by) {
    int[] moved = offsets.clone();
    for (int k = 0; k < moved.length; k++) {
      moved[k] += by;
    }
    return moved;
  }

  private static void range(
      Loop loop, float[][] in, int[] inAt, float[][] out, int[] outAt, float[] params, int n) {
    int whole = n - n % LoopClass.LANES;
    if (whole > 0) {
      loop.run(in, inAt, out, outAt, params, whole);
    }
    if (whole < n) {
      rest(loop, in, moved(inAt, whole), out, moved(outAt, whole), params, n - whole);
    }
  }

  /** What does not fill a vector, in arrays that do. */
  private static void rest(
      Loop loop, float[][] in, int[] inAt, float[][] out, int[] outAt, float[] params, int n) {
    float[][] from = new float[in.length][LoopClass.LANES];
    for (int k = 0; k < in.length; k++) {
      System.arraycopy(in[k], inAt[k], from[k], 0, n);
    }
    float[][] to = new float[out.length][LoopClass.LANES];
    loop.run(from, new int[in.length], to, new int[out.length], params, LoopClass.LANES);
    for (int k = 0; k < out.length; k++) {
      System.arraycopy(to[k], 0, out[k], outAt[k], n);
    }
  }
}
