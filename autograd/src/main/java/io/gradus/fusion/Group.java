package io.gradus.fusion;

import io.gradus.tensor.backend.Device;
import io.gradus.tensor.backend.Storage;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.kernel.Program;
import io.gradus.tensor.layout.Layout;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Pending results of one shape that are computed by one kernel, and the memory that it reads.
 *
 * <p>Found by walking from what is wanted to what is in memory. A result on the way is written too
 * if something outside of the group wants it.
 */
final class Group implements AutoCloseable {
  private static final int MAX_LINKS = 64;
  private static final int MAX_OPERANDS = 31;

  private Pending[] links = new Pending[8];
  private Pending.Work[] works = new Pending.Work[8];
  private long[] arguments = new long[8];
  private int[] uses = new int[8];
  private boolean[] written = new boolean[8];
  private int count;

  private Operand[] found = new Operand[8];
  private Operand[] operands = new Operand[8];
  private @Nullable Readers[] readers = new Readers[8];
  private int leaves;
  private boolean isStale;

  /**
   * Computes a pending result, together with what else is wanted on the way. Does nothing if a part
   * of it has been computed by another thread, and what that read has been written since.
   */
  static void compute(Pending root, Pending.Work work) {
    if (isAlone(work)) {
      alone(root, work);
      return;
    }
    try (Group g = new Group()) {
      g.want(root, work);
      g.run();
    }
  }

  /** Computes several pending results of one shape, in one pass where that is not too much. */
  static void computeAll(Pending[] roots) {
    Group g = new Group();
    try {
      for (Pending root : roots) {
        Pending.Work work = root.work();
        if (work == null) {
          continue;
        }
        boolean fits =
            g.count + root.instructions() <= MAX_LINKS && g.leaves + root.leaves() <= MAX_OPERANDS;
        if (g.count > 0 && !fits) {
          g.run();
          g.close();
          g = new Group();
        }
        g.want(root, work);
      }
      if (g.count > 0) {
        g.run();
      }
    } finally {
      g.close();
    }
    for (Pending root : roots) {
      root.resolve();
    }
  }

  /** Whether none of the operands is pending. */
  private static boolean isAlone(Pending.Work work) {
    for (Operand x : work.in()) {
      if (x.storage() instanceof Pending p && p.work() != null) {
        return false;
      }
    }
    return true;
  }

  private static void alone(Pending root, Pending.Work work) {
    Operand[] in = new Operand[work.in().length];
    Readers[] readers = work.readers();
    int entered = 0;
    boolean[] own = new boolean[in.length];
    try {
      for (; entered < in.length; entered++) {
        Operand x = Pending.resolved(work.in()[entered]);
        Readers r = readers[entered];
        if (r != null) {
          Storage s = r.enter(x.storage());
          if (s == null) {
            return;
          }
          own[entered] = s == x.storage();
          x = own[entered] ? x : new Operand(s, x.dtype(), x.layout());
        }
        in[entered] = x;
      }
      Operand out = place(root);
      Program program = work.step().program();
      Device device = root.device();
      if (work.params().length == 0 && in.length == 1) {
        device.run(program, in[0], out);
      } else if (work.params().length == 0 && in.length == 2) {
        device.run(program, in[0], in[1], out);
      } else {
        device.run(new Kernel.Elementwise(program, in, new Operand[] {out}, work.params()));
      }
      root.publish(work, out.storage());
    } finally {
      for (int i = 0; i < entered; i++) {
        Readers r = readers[i];
        if (own[i] && r != null) {
          r.leave();
        }
      }
    }
  }

  private static Operand place(Pending p) {
    Layout layout = p.layout();
    return new Operand(p.device().allocate(p.dtype(), layout.numel()), p.dtype(), layout);
  }

  private void want(Pending root, Pending.Work work) {
    int link = visit(root, work);
    written[link] = true;
  }

  /** Adds a pending result and what it needs; gives its number. */
  private int visit(Pending p, Pending.Work work) {
    int known = indexOf(p);
    if (known >= 0) {
      return known;
    }
    long code = 0;
    Operand[] in = work.in();
    for (int i = 0; i < in.length; i++) {
      code |= argument(i, in[i], work.readers()[i]);
    }
    if (count == links.length) {
      links = Arrays.copyOf(links, 2 * count);
      works = Arrays.copyOf(works, 2 * count);
      arguments = Arrays.copyOf(arguments, 2 * count);
      uses = Arrays.copyOf(uses, 2 * count);
      written = Arrays.copyOf(written, 2 * count);
    }
    links[count] = p;
    works[count] = work;
    arguments[count] = code;
    return count++;
  }

  /** The code of argument {@code i} of a step. */
  long argument(int i, Operand x, @Nullable Readers r) {
    if (x.storage() instanceof Pending p) {
      Pending.Work work = p.work();
      if (work != null && isWhole(x.layout(), p.layout()) && hasRoom(p)) {
        int link = visit(p, work);
        uses[link]++;
        return Chain.link(i, link);
      }
      return Chain.leaf(i, leaf(Pending.resolved(x), r));
    }
    return Chain.leaf(i, leaf(x, r));
  }

  private boolean hasRoom(Pending p) {
    return count + p.instructions() <= MAX_LINKS
            && leaves + p.leaves() <= MAX_OPERANDS - Step.MAX_INPUTS
        || indexOf(p) >= 0;
  }

  private int indexOf(Pending p) {
    for (int i = 0; i < count; i++) {
      if (links[i] == p) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isWhole(Layout view, Layout whole) {
    return view == whole
        || view.isCanonical() && whole.isCanonical() && view.sameShape(whole)
        || view.offset() == whole.offset()
            && view.sameShape(whole)
            && Arrays.equals(view.strides(), whole.strides());
  }

  private int leaf(Operand x, @Nullable Readers r) {
    for (int i = 0; i < leaves; i++) {
      Operand y = found[i];
      if (y.storage() == x.storage() && readers[i] == r && isWhole(x.layout(), y.layout())) {
        return i;
      }
    }
    if (leaves == found.length) {
      found = Arrays.copyOf(found, 2 * leaves);
      operands = Arrays.copyOf(operands, 2 * leaves);
      readers = Arrays.copyOf(readers, 2 * leaves);
    }
    Storage s = r == null ? x.storage() : r.enter(x.storage());
    found[leaves] = x;
    operands[leaves] = s == null || s == x.storage() ? x : new Operand(s, x.dtype(), x.layout());
    readers[leaves] = s == null ? null : r;
    isStale |= s == null;
    return leaves++;
  }

  /** The chain of all links, those written that are wanted elsewhere. */
  Chain chain() {
    Chain c = Chain.EMPTY;
    for (int i = 0; i < count; i++) {
      written[i] |= links[i].isWanted(uses[i]);
      c = c.then(works[i].step(), arguments[i], links[i].dtype(), written[i]);
    }
    return c;
  }

  /** The links that would be written although nobody asked this group for them. */
  Pending[] wanted() {
    Pending[] wanted = new Pending[count];
    int n = 0;
    for (int i = 0; i < count; i++) {
      if (links[i].isWanted(uses[i])) {
        wanted[n++] = links[i];
      }
    }
    return Arrays.copyOf(wanted, n);
  }

  /**
   * What a kernel would compute on the way if all {@link #wanted} links were in memory, as {@link
   * Step#cost}; negative for nothing.
   *
   * @param code of the arguments of the kernel's program, so many
   */
  int costOnTheWay(long code, int inputs) {
    boolean[] needed = new boolean[count];
    mark(code, inputs, needed);
    int cost = -1;
    for (int i = count - 1; i >= 0; i--) {
      if (needed[i] && !links[i].isWanted(uses[i])) {
        cost = Math.max(cost, 0) + works[i].step().cost();
        mark(arguments[i], works[i].in().length, needed);
      }
    }
    return cost;
  }

  private static void mark(long code, int inputs, boolean[] needed) {
    for (int i = 0; i < inputs; i++) {
      int link = Chain.linkAt(code, i);
      if (link >= 0) {
        needed[link] = true;
      }
    }
  }

  /**
   * Whether what was pending when the walk came by has been computed by another thread, and what
   * that read has been written since: then the walk has to be made anew.
   */
  boolean isStale() {
    return isStale;
  }

  /** The memory that the chain reads. */
  Operand[] operands() {
    return Arrays.copyOf(operands, leaves);
  }

  /** The numbers of all links. */
  long[] params(int total, long[] last) {
    long[] params = new long[total];
    int n = 0;
    for (int i = 0; i < count; i++) {
      int own = works[i].step().program().paramCount();
      System.arraycopy(works[i].params(), 0, params, n, own);
      n += own;
    }
    System.arraycopy(last, 0, params, n, total - n);
    return params;
  }

  /** Places for the links that are written, followed by given ones. */
  Operand[] places(Operand... last) {
    int n = 0;
    for (int i = 0; i < count; i++) {
      n += written[i] ? 1 : 0;
    }
    Operand[] out = new Operand[n + last.length];
    n = 0;
    for (int i = 0; i < count; i++) {
      if (written[i]) {
        out[n++] = place(links[i]);
      }
    }
    System.arraycopy(last, 0, out, n, last.length);
    return out;
  }

  void publish(Operand[] places) {
    int n = 0;
    for (int i = 0; i < count; i++) {
      if (written[i]) {
        links[i].publish(works[i], places[n++].storage());
      }
    }
  }

  private void run() {
    if (isStale) {
      return;
    }
    Chain chain = chain();
    Operand[] out = places();
    long[] params = params(chain.params(), new long[0]);
    links[0].device().run(new Kernel.Elementwise(chain.program(), operands(), out, params));
    chain.ran();
    publish(out);
  }

  /** Lets go of the memory that was read. */
  @Override
  public void close() {
    for (int i = 0; i < leaves; i++) {
      Readers r = readers[i];
      if (r != null && operands[i] == found[i]) {
        r.leave();
      }
    }
    leaves = 0;
    count = 0;
  }
}
