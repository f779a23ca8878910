package io.gradus.backend.cuda.emulator;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * 32 threads that run together.
 *
 * <p>Lanes that have branched differently form groups; the one that is furthest behind runs, until
 * it comes to where another waits. So lanes meet again as early as compiled code lets them.
 */
final class Warp {
  private static final int GARBAGE = 0xDEADBEEF;

  final Block block;
  final Kernel kernel;

  /** 32-bit registers, 32 lanes each. */
  final int[] r;

  /** 64-bit registers, 32 lanes each. */
  final long[] q;

  /** Predicates, a bit for each lane. */
  final int[] p;

  /** The carry flag of each lane. */
  int carry;

  /** Lanes that have not ended. */
  int live;

  /** What it waits at, or null. */
  Instruction.@Nullable Barrier barrier;

  /** Local memory of all lanes, one after the other. */
  final Region local;

  private int number;
  private int pc;
  private int groups;
  private final int[] pcs = new int[Instruction.LANES + 1];
  private final int[] masks = new int[Instruction.LANES + 1];
  private final boolean[] blocked = new boolean[Instruction.LANES + 1];

  Warp(Block block) {
    this.block = block;
    this.kernel = block.launch.kernel;
    Kernel.Files files = kernel.files;
    r = new int[files.ints() * Instruction.LANES];
    q = new long[files.longs() * Instruction.LANES];
    p = new int[files.predicates()];
    p[Kernel.TRUE] = -1;
    Arrays.fill(r, GARBAGE);
    Arrays.fill(q, (long) GARBAGE << 32 | GARBAGE & 0xffffffffL);
    for (Kernel.Constant c : files.intConstants()) {
      Arrays.fill(r, c.at(), c.at() + Instruction.LANES, (int) c.value());
    }
    for (Kernel.Constant c : files.longConstants()) {
      Arrays.fill(q, c.at(), c.at() + Instruction.LANES, c.value());
    }
    local =
        Region.onDevice(
            DeviceMemory.LOCAL_WINDOW,
            kernel.localBytes * Instruction.LANES,
            "local memory",
            block.launch.device);
  }

  /** Begins at the first instruction. */
  void start(int warp, int lanes) {
    number = warp;
    live = lanes == Instruction.LANES ? -1 : (1 << lanes) - 1;
    barrier = null;
    groups = 0;
    put(0, live, false);
    for (Kernel.Special s : kernel.files.specials()) {
      Specials.fill(this, s);
    }
  }

  /** The number of the first thread. */
  int firstThread() {
    return number * Instruction.LANES;
  }

  int number() {
    return number;
  }

  /** Runs until all lanes have ended or wait at a barrier. */
  void run() {
    try {
      while (groups > 0 && barrier == null) {
        int g = choose();
        int at = pcs[g];
        int mask = masks[g];
        groups--;
        pcs[g] = pcs[groups];
        masks[g] = masks[groups];
        blocked[g] = blocked[groups];
        int limit = Integer.MAX_VALUE;
        for (int i = 0; i < groups; i++) {
          limit = pcs[i] > at ? Math.min(limit, pcs[i]) : limit;
        }
        run(at, mask, limit);
      }
    } catch (IndexOutOfBoundsException | ArithmeticException e) {
      throw new IllegalStateException(where(0) + ": " + e, e);
    }
  }

  private int choose() {
    int best = -1;
    for (int i = 0; i < groups; i++) {
      if (!blocked[i] && (best < 0 || pcs[i] < pcs[best])) {
        best = i;
      }
    }
    if (best >= 0) {
      return best;
    }
    for (int i = 0; i < groups; i++) {
      Instruction.Together t = (Instruction.Together) kernel.code[pcs[i]];
      if ((missing(t, masks[i])) == 0) {
        return i;
      }
    }
    pc = pcs[0];
    Instruction.Together t = (Instruction.Together) kernel.code[pc];
    throw fault(
        KernelFault.Kind.ILLEGAL_INSTRUCTION,
        Findings.Kind.EXECUTION,
        Integer.numberOfTrailingZeros(masks[0]),
        "lanes 0x"
            + Integer.toHexString(masks[0])
            + " wait for lanes 0x"
            + Integer.toHexString(missing(t, masks[0]))
            + " that never come");
  }

  private int missing(Instruction.Together t, int mask) {
    return r[t.members + Integer.numberOfTrailingZeros(mask)] & live & ~mask;
  }

  private void put(int at, int mask, boolean isBlocked) {
    for (int i = 0; i < groups; i++) {
      if (pcs[i] == at) {
        masks[i] |= mask;
        blocked[i] = false;
        return;
      }
    }
    pcs[groups] = at;
    masks[groups] = mask;
    blocked[groups++] = isBlocked;
  }

  private void run(int from, int lanes, int limit) {
    Instruction[] code = kernel.code;
    int at = from;
    int mask = lanes;
    long count = 0;
    while (at < limit) {
      Instruction in = code[at];
      pc = at;
      count++;
      int m = mask;
      if (in.guard >= 0) {
        m &= in.negated ? ~p[in.guard] : p[in.guard];
        if (m == 0) {
          at++;
          continue;
        }
      }
      if (in instanceof Instruction.Branch b) {
        if (++block.launch.branches > Launch.MOST_BRANCHES) {
          throw fault(
              KernelFault.Kind.TIMEOUT, Findings.Kind.EXECUTION, 0, "the kernel does not end");
        }
        if (m != mask) {
          put(b.target, m, false);
          put(at + 1, mask & ~m, false);
          block.launch.count(count);
          return;
        }
        if (groups > 0) {
          put(b.target, mask, false);
          block.launch.count(count);
          return;
        }
        at = b.target;
        continue;
      }
      if (in instanceof Instruction.Exit) {
        live &= ~m;
        mask &= ~m;
        if (mask == 0) {
          block.launch.count(count);
          return;
        }
      } else if (in instanceof Instruction.Barrier b) {
        if (m != live) {
          throw fault(
              KernelFault.Kind.ILLEGAL_INSTRUCTION,
              Findings.Kind.EXECUTION,
              Integer.numberOfTrailingZeros(m),
              "only lanes 0x" + Integer.toHexString(m) + " of the warp come to a barrier");
        }
        barrier = b;
        put(at + 1, mask, false);
        block.launch.count(count);
        return;
      } else if (in instanceof Instruction.Together t && missing(t, m) != 0) {
        put(at, mask, true);
        block.launch.count(count);
        return;
      } else {
        in.execute(this, m);
      }
      at++;
    }
    put(at, mask, false);
    block.launch.count(count);
  }

  /** Reports what is wrong, and gives what to throw. */
  KernelFault fault(KernelFault.Kind kind, Findings.Kind finding, int lane, String what) {
    String text = what + ": " + where(lane);
    block.launch.findings.add(finding, text);
    return new KernelFault(kind, text);
  }

  /** Which kernel, line, block and thread. */
  String where(int lane) {
    Statement s = kernel.source.statements.get(Math.min(pc, kernel.source.statements.size() - 1));
    return "kernel %s, PTX line %d `%s`, block %s, thread %s"
        .formatted(
            kernel.name(),
            s.line(),
            s,
            block.position,
            block.launch.block.position(firstThread() + lane));
  }
}
