package io.gradus.fusion;

import io.gradus.tensor.backend.Device;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.kernel.Program;
import io.gradus.tensor.kernel.ReduceOp;
import io.gradus.tensor.layout.Layout;

/** Kernels that run now and compute what their operands still owe in the same pass. */
public final class Fused {
  /**
   * What a trip of a result through cache or memory costs, as {@link Step#cost}: a prologue dearer
   * than this is not worth computing again, should its result be wanted too.
   */
  private static final int CACHE_TRIP = 4;

  private static final int MEMORY_TRIP = 12;

  /** Elements that caches hold. */
  private static final int CACHED = 1 << 19;

  private Fused() {}

  /** Runs a program over operands of the shape of its result. */
  public static void elementwise(
      Device device, Program program, Operand[] in, Operand[] out, long[] params) {
    Step step = owing(in) ? Step.of(program) : null;
    if (step == null || !step.fits()) {
      resolve(in);
      device.run(new Kernel.Elementwise(program, in, out, params));
      return;
    }
    use(in);
    while (!elementwise(device, step, in, out, params)) {
      owing(in);
    }
  }

  private static boolean elementwise(
      Device device, Step step, Operand[] in, Operand[] out, long[] params) {
    try (Group g = new Group()) {
      long code = arguments(g, in);
      if (g.isStale()) {
        return false;
      }
      Chain chain = g.chain().end(step, code);
      Operand[] places = g.places(out);
      device.run(
          new Kernel.Elementwise(
              chain.program(), g.operands(), places, g.params(chain.params(), params)));
      chain.ran();
      g.publish(places);
      return true;
    }
  }

  /** Reduces what a program computes of operands of the full shape. */
  public static void reduce(
      Device device,
      ReduceOp op,
      Program prologue,
      Operand[] in,
      boolean[] axes,
      Operand out,
      long[] params) {
    if (!owing(in) || !isLong(in[0]) || !absorbed(device, op, prologue, in, axes, out, params)) {
      resolve(in);
      device.run(new Kernel.Reduce(op, prologue, in, axes, out, params));
    }
  }

  /** Short reductions of what is in memory are leaner than those of what must be computed. */
  private static boolean isLong(Operand x) {
    return x.layout().numel() >= 2 * Fusion.threshold();
  }

  private static int dearest(Operand x) {
    return x.layout().numel() > CACHED ? MEMORY_TRIP : CACHE_TRIP;
  }

  private static boolean absorbed(
      Device device,
      ReduceOp op,
      Program prologue,
      Operand[] in,
      boolean[] axes,
      Operand out,
      long[] params) {
    Step step = Step.of(prologue);
    if (!step.fits()) {
      return false;
    }
    use(in);
    while (owing(in)) {
      Pending[] wanted;
      try (Group g = new Group()) {
        long code = arguments(g, in);
        if (g.isStale()) {
          continue;
        }
        int cost = g.costOnTheWay(code, in.length);
        if (cost < 0 || cost > dearest(in[0])) {
          return false;
        }
        wanted = g.wanted();
        if (wanted.length == 0) {
          Operand[] operands = g.operands();
          if (!isWalkedAlike(in, operands)) {
            return false;
          }
          Chain chain = g.chain().end(step, code);
          long[] all = g.params(chain.params(), params);
          device.run(new Kernel.Reduce(op, chain.program(), operands, axes, out, all));
          chain.ran();
          return true;
        }
      }
      // Somebody else reads these too: they get memory, and the rest is a shorter prologue.
      Group.computeAll(wanted);
    }
    return false;
  }

  /**
   * Whether a reduction goes through the operands of a chain in the order in which it would go
   * through the results in memory: the order of a sum decides its last bits.
   */
  private static boolean isWalkedAlike(Operand[] results, Operand[] operands) {
    Operand before = fullest(results);
    Operand now = operands.length == 0 ? null : fullest(operands);
    if (now == null) {
      return false;
    }
    Layout a = before.layout();
    Layout b = now.layout();
    for (int d = 0; d < a.rank(); d++) {
      if (a.size(d) != 1 && a.stride(d) != b.stride(d)) {
        return false;
      }
    }
    return true;
  }

  /** The first of the operands that vary along the most dimensions: it decides the order. */
  private static Operand fullest(Operand[] operands) {
    Operand fullest = operands[0];
    for (Operand o : operands) {
      if (varying(o.layout()) > varying(fullest.layout())) {
        fullest = o;
      }
    }
    return fullest;
  }

  private static int varying(Layout layout) {
    int n = 0;
    for (int d = 0; d < layout.rank(); d++) {
      n += layout.stride(d) != 0 && layout.size(d) > 1 ? 1 : 0;
    }
    return n;
  }

  private static long arguments(Group g, Operand[] in) {
    long code = 0;
    for (int i = 0; i < in.length; i++) {
      code |= g.argument(i, in[i], null);
    }
    return code;
  }

  private static void use(Operand[] in) {
    for (Operand x : in) {
      if (x.storage() instanceof Pending p) {
        p.use();
      }
    }
  }

  /** Brings operands up to date; whether some are still pending. */
  private static boolean owing(Operand[] in) {
    boolean owing = false;
    for (int i = 0; i < in.length; i++) {
      in[i] = Pending.known(in[i]);
      owing |= in[i].storage() instanceof Pending;
    }
    return owing;
  }

  private static void resolve(Operand[] in) {
    for (int i = 0; i < in.length; i++) {
      in[i] = Pending.resolved(in[i]);
    }
  }
}
