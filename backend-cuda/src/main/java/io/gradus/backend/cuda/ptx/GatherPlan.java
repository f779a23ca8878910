package io.gradus.backend.cuda.ptx;

import io.gradus.backend.cuda.plan.Argument;
import io.gradus.backend.cuda.plan.DeviceTraits;
import io.gradus.backend.cuda.plan.Plan;
import io.gradus.backend.cuda.plan.PtxSource;
import io.gradus.backend.cuda.plan.Step;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.layout.Layout;
import java.util.ArrayList;
import java.util.List;

/**
 * Launches for {@link Kernel.Gather}: a check of the indices, then the copies.
 *
 * <p>After a bad index a result in new memory is zeros: work that is queued already reads it before
 * anybody hears of the index, and must not see what other tensors left there. A result that has
 * been written before, even if only in part, keeps its contents.
 */
final class GatherPlan {
  private static final String NAME = "gather";
  private static final int BLOCK = 256;

  private GatherPlan() {}

  static Plan of(Kernel.Gather k, DeviceTraits traits, Sources sources) {
    Layout out = k.out().layout();
    if (out.numel() == 0) {
      return Plan.of();
    }
    Layout in = k.in().layout();
    boolean scalar = in.rank() == 0;
    long size = scalar ? 1 : in.size(k.axis());
    long axisStride = scalar ? 0 : in.stride(k.axis());
    long[] inStrides = in.strides();
    if (!scalar) {
      inStrides[k.axis()] = 0;
    }
    Walk walk =
        Walk.merge(
            out.shape().toArray(),
            new long[][] {out.strides(), k.index().layout().strides(), inStrides},
            new int[out.rank()]);
    int bytes = k.in().dtype().byteSize();
    int together = together(walk, out.offset() | in.offset() | axisStride, bytes);
    walk = shortened(walk, together);
    boolean wide = sources.wide(walk.isWide() || in.end() - in.offset() > Integer.MAX_VALUE);

    Argument flag = new Argument.Temporary(0, 0);
    List<Argument> arguments = new ArrayList<>();
    arguments.add(flag);
    arguments.add(IndexMath.argument(wide, walk.count()));
    WalkCode.arguments(arguments, walk, wide);
    arguments.add(new Argument.IsNew(k.out().storage(), out));
    arguments.add(Addresses.of(k.out()));
    arguments.add(Addresses.of(k.index()));
    arguments.add(Addresses.of(k.in()));
    arguments.add(IndexMath.argument(wide, axisStride / together));
    PtxSource source =
        sources.get(
            new Source(bytes * together, k.index().dtype(), walk.rank(), wide), Source::write);
    List<Step> steps =
        new ArrayList<>(IndexCheck.steps(k.index(), k.axis(), size, flag, NAME, traits, sources));
    steps.add(
        Step.Launch.of(source, Grids.blocks(walk.count(), BLOCK, traits), BLOCK, arguments, NAME));
    return new Plan(List.of(IndexCheck.FLAG_BYTES), steps);
  }

  /** How many neighbours move as one, where whole rows are meant and all of them are aligned. */
  private static int together(Walk walk, long steps, int bytes) {
    int last = walk.rank() - 1;
    if (walk.innerStride(0) != 1 || walk.innerStride(1) != 0 || walk.innerStride(2) != 1) {
      return 1;
    }
    long all = steps | walk.innerSize();
    for (int d = 0; d < last; d++) {
      all |= walk.strides()[0][d] | walk.strides()[2][d];
    }
    return (int) Math.min(16 / bytes, Long.lowestOneBit(all | 16));
  }

  /** The walk in units of several elements of the copied operands. */
  private static Walk shortened(Walk walk, int together) {
    if (together == 1) {
      return walk;
    }
    int last = walk.rank() - 1;
    long[] sizes = walk.sizes().clone();
    sizes[last] /= together;
    long[][] strides = walk.strides().clone();
    for (int k = 0; k <= 2; k += 2) {
      strides[k] = strides[k].clone();
      for (int d = 0; d < last; d++) {
        strides[k][d] /= together;
      }
    }
    return new Walk(sizes, strides, walk.groups());
  }

  /**
   * The text of the copies.
   *
   * @param bytes of what is copied at once
   */
  private record Source(int bytes, DType index, int rank, boolean wide) {
    PtxSource write() {
      PtxCode code = new PtxCode("gradus_gather");
      IndexMath math = new IndexMath(code, wide);
      PtxCode.Label end = code.label();
      PtxCode.Label refused = code.label();
      Value flag = code.address();
      Value count = math.parameter();
      WalkCode walk = new WalkCode(math, rank, 3);
      Value isNew = code.parameter(RegisterType.B32);
      Value out = code.address();
      Value indices = code.address();
      Value in = code.address();
      Value axisStride = math.parameter();
      Value position = code.copy(math.globalThread());
      Value all = math.allThreads();
      IndexCheck.stopIfBad(code, flag, refused);
      PtxCode.Label loop = code.label();
      code.place(loop);
      code.jumpIf(math.atLeast(position, count), end);
      Value[] at = walk.coordinates(position);
      Value place = math.element(indices, walk.offset(1, at), index.byteSize());
      Value loaded = new MemoryCode(code).load(index, place);
      Value number = IndexCheck.position(code, index, loaded, wide);
      Value from = math.element(in, math.mulAdd(number, axisStride, walk.offset(2, at)), bytes);
      RawMemory.copy(code, bytes, from, math.element(out, walk.offset(0, at), bytes));
      math.addTo(position, all);
      code.jump(loop);
      code.place(refused);
      code.jumpIf(code.pred("setp.eq.s32", isNew, Value.of(0)), end);
      PtxCode.Label clearing = code.label();
      code.place(clearing);
      code.jumpIf(math.atLeast(position, count), end);
      Value cleared = walk.offset(0, walk.coordinates(position));
      RawMemory.clear(code, bytes, math.element(out, cleared, bytes));
      math.addTo(position, all);
      code.jump(clearing);
      code.place(end);
      return code.finish();
    }
  }
}
