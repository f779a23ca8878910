package io.gradus.backend.cuda.ptx;

import io.gradus.backend.cuda.plan.Argument;
import io.gradus.backend.cuda.plan.DeviceTraits;
import io.gradus.backend.cuda.plan.Plan;
import io.gradus.backend.cuda.plan.PtxSource;
import io.gradus.backend.cuda.plan.Step;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.kernel.ReduceOp;
import io.gradus.tensor.layout.Layout;
import java.util.ArrayList;
import java.util.List;

/** The launch for {@link Kernel.MaxPool}: a thread for each window. */
final class MaxPoolPlan {
  private static final int BLOCK = 256;

  private MaxPoolPlan() {}

  static Plan of(Kernel.MaxPool k, DeviceTraits traits, Sources sources) {
    Layout in = k.in().layout();
    Layout out = k.values().layout();
    if (out.numel() == 0) {
      return Plan.of();
    }
    int spatial = k.window().length;
    long[] planes = new long[out.rank()];
    planes[0] = in.stride(0);
    planes[1] = in.stride(1);
    long[][] strides = {out.strides(), k.indices().layout().strides(), planes};
    Walk results = new Walk(out.shape().toArray(), strides, new int[out.rank()]);
    long[] windowSizes = new long[spatial];
    long taps = 1;
    for (int d = 0; d < spatial; d++) {
      windowSizes[d] = k.window()[d];
      taps *= k.window()[d];
    }
    Walk window = new Walk(windowSizes, new long[0][], new int[spatial]);
    boolean wide = sources.wide(results.isWide() || in.end() - in.offset() > Integer.MAX_VALUE);
    wide |= Walk.isReversed(in) || Walk.isReversed(out) || Walk.isReversed(k.indices().layout());
    List<Argument> arguments = new ArrayList<>();
    arguments.add(IndexMath.argument(wide, results.count()));
    arguments.add(IndexMath.argument(wide, taps));
    WalkCode.arguments(arguments, results, wide);
    WalkCode.arguments(arguments, window, wide);
    for (int d = 0; d < spatial; d++) {
      WindowCode.arguments(
          arguments,
          wide,
          k.stride()[d],
          k.padding()[d],
          k.dilation()[d],
          in.size(2 + d),
          in.stride(2 + d),
          0);
    }
    arguments.add(Addresses.of(k.values()));
    arguments.add(Addresses.of(k.indices()));
    arguments.add(Addresses.of(k.in()));
    PtxSource source =
        sources.get(new Source(k.in().dtype(), k.values().dtype(), spatial, wide), Source::write);
    return Plan.of(
        Step.Launch.of(
            source, Grids.blocks(results.count(), BLOCK, traits), BLOCK, arguments, "max_pool"));
  }

  private record Source(DType in, DType out, int spatial, boolean wide) {
    PtxSource write() {
      PtxCode code = new PtxCode("gradus_max_pool");
      IndexMath math = new IndexMath(code, wide);
      MemoryCode memory = new MemoryCode(code);
      Value count = math.parameter();
      Value taps = math.parameter();
      WalkCode results = new WalkCode(math, spatial + 2, 3);
      WalkCode window = new WalkCode(math, spatial, 0);
      WindowCode windows = new WindowCode(code, math, spatial, false);
      Value values = code.address();
      Value indices = code.address();
      Value input = code.address();
      FoldCode fold = new FoldCode(code, ReduceOp.ARGMAX, in.compute());
      Value position = code.copy(math.globalThread());
      Value all = math.allThreads();
      PtxCode.Label loop = code.label();
      PtxCode.Label end = code.label();
      code.place(loop);
      code.jumpIf(math.atLeast(position, count), end);
      Value[] at = results.coordinates(position);
      Value[] starts = windows.starts(at);
      Value plane = math.element(input, results.offset(2, at), in.byteSize());
      Value[] state = fold.start();
      Value tap = code.copy(math.number(0));
      PtxCode.Label inner = code.label();
      PtxCode.Label next = code.label();
      PtxCode.Label done = code.label();
      code.place(inner);
      code.jumpIf(math.atLeast(tap, taps), done);
      WindowCode.Tap here = windows.tap(starts, window.coordinates(tap));
      code.jumpUnless(here.inside(), next);
      Value element = memory.load(in, math.element(plane, here.offset(), in.byteSize()));
      fold.takeLastNaN(state, element, math.toI64(here.place()));
      code.place(next);
      math.addTo(tap, math.number(1));
      code.jump(inner);
      code.place(done);
      memory.store(out, math.element(values, results.offset(0, at), out.byteSize()), state[0]);
      memory.store(DType.I64, math.element(indices, results.offset(1, at), 8), state[1]);
      math.addTo(position, all);
      code.jump(loop);
      code.place(end);
      return code.finish();
    }
  }
}
