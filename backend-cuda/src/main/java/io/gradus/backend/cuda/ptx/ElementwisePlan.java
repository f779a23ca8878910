package io.gradus.backend.cuda.ptx;

import io.gradus.backend.cuda.plan.Argument;
import io.gradus.backend.cuda.plan.DeviceTraits;
import io.gradus.backend.cuda.plan.Plan;
import io.gradus.backend.cuda.plan.Step;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.layout.Layout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Launches for {@link Kernel.Elementwise}. */
final class ElementwisePlan {
  /** Programs of more nodes have little to gain from wide accesses and much text to lose. */
  private static final int MAX_VECTOR_SIZE = 120;

  private ElementwisePlan() {}

  static Plan of(Kernel.Elementwise k, DeviceTraits traits, Sources sources) {
    Operand[] operands = Arrays.copyOf(k.out(), k.out().length + k.in().length);
    System.arraycopy(k.in(), 0, operands, k.out().length, k.in().length);
    Layout shape = k.out()[0].layout();
    if (shape.numel() == 0) {
      return Plan.of();
    }
    Lowered lowered = Lowered.of(k.program());
    List<Layout> layouts = Arrays.stream(operands).map(Operand::layout).toList();
    Walk walk =
        lowered.hasIndex() ? Walk.plain(shape.shape(), layouts) : Walk.over(shape.shape(), layouts);
    int vector = lowered.size() > MAX_VECTOR_SIZE ? 1 : vector(walk, operands, k.out().length);
    if (lowered.hasIndex()) {
      vector = 1;
    }
    boolean wide = sources.wide(walk.isWide());
    boolean tail = vector > 1 && walk.innerSize() % vector != 0;
    long repeated = 0;
    for (int i = 0; vector > 1 && i < operands.length; i++) {
      repeated |= walk.innerStride(i) == 0 ? 1L << i : 0;
    }
    ElementwiseSource source =
        new ElementwiseSource(
            k.program(),
            dtypes(k.out()),
            dtypes(k.in()),
            walk.rank(),
            repeated,
            vector,
            tail,
            wide);

    List<Argument> arguments = new ArrayList<>();
    long steps = walk.count() / vector;
    arguments.add(IndexMath.argument(wide, steps));
    if (tail) {
      arguments.add(IndexMath.argument(wide, walk.count()));
    }
    WalkCode.arguments(arguments, walk, wide, vector);
    for (Operand operand : operands) {
      arguments.add(Addresses.of(operand));
    }
    lowered.arguments(arguments, k.params());
    return Plan.of(
        Step.Launch.of(
            sources.get(source, ElementwiseSource::write),
            Grids.blocks(steps, ElementwiseSource.BLOCK, traits),
            ElementwiseSource.BLOCK,
            arguments,
            Lowered.name(k.program())));
  }

  private static List<DType> dtypes(Operand[] operands) {
    return Arrays.stream(operands).map(Operand::dtype).toList();
  }

  /**
   * How many neighbours to move at once: several where every operand runs or repeats along the
   * innermost axis, and everything that runs stays aligned.
   */
  private static int vector(Walk walk, Operand[] operands, int outputs) {
    if (operands.length > Long.SIZE) {
      return 1;
    }
    int vector =
        MemoryCode.vectorLength(Arrays.stream(operands).map(Operand::dtype).toArray(DType[]::new));
    boolean fits = walk.innerSize() % vector == 0 || walk.rank() == 1 && walk.innerSize() > vector;
    for (int i = 0; i < operands.length && fits; i++) {
      long step = walk.innerStride(i);
      fits = step == 1 || step == 0 && i >= outputs;
      if (fits && step == 1) {
        fits = operands[i].layout().offset() % vector == 0;
        for (int d = 0; d < walk.rank() - 1; d++) {
          fits &= walk.strides()[i][d] % vector == 0;
        }
      }
    }
    return fits ? vector : 1;
  }
}
