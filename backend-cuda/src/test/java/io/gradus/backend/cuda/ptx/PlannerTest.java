package io.gradus.backend.cuda.ptx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.backend.cuda.Imagined;
import io.gradus.backend.cuda.plan.Argument;
import io.gradus.backend.cuda.plan.Plan;
import io.gradus.backend.cuda.plan.Step;
import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.BackendException;
import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.kernel.Params;
import io.gradus.tensor.kernel.Program;
import io.gradus.tensor.kernel.ReduceOp;
import io.gradus.tensor.kernel.ScalarOp;
import io.gradus.tensor.layout.Layout;
import io.gradus.tensor.layout.Shape;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PlannerTest {
  private static final ComputeType F32 = ComputeType.F32;

  private final Planner planner = new Planner(false);

  private static Operand operand(DType dtype, Layout layout) {
    return Imagined.operand(dtype, layout);
  }

  private static Operand dense(long... sizes) {
    return operand(DType.F32, Layout.of(Shape.of(sizes)));
  }

  private static Expr scaled() {
    return Expr.of(ScalarOp.MUL, Expr.input(0, F32), Expr.param(0, F32));
  }

  private Step.Launch scale(Operand in, Operand out, double by) {
    Program program = Program.of(List.of(F32), scaled());
    Plan plan =
        planner.plan(
            new Kernel.Elementwise(
                program, new Operand[] {in}, new Operand[] {out}, new long[] {Params.of(by)}),
            PlanningDevice.TRAITS);
    assertEquals(1, plan.steps().size());
    return (Step.Launch) plan.steps().getFirst();
  }

  @Test
  @DisplayName("calls that differ in params and sizes share one text")
  void sharedText() {
    Step.Launch first = scale(dense(8, 16), dense(8, 16), 0.1);
    Step.Launch second = scale(dense(4, 4), dense(4, 4), 7);
    assertSame(first.source(), second.source());
    assertTrue(first.arguments().contains(new Argument.F32(0.1f)));
    assertTrue(second.arguments().contains(new Argument.F32(7)));
    Step.Launch strided = scale(dense(5, 16), transposed(16, 5), 1);
    Step.Launch other = scale(dense(3, 7), transposed(7, 3), 2);
    assertSame(strided.source(), other.source());
    assertEquals(2, planner.sourceCount());
  }

  private static Operand transposed(long columns, long rows) {
    return operand(DType.F32, Layout.of(Shape.of(rows, columns), new long[] {1, rows}, 0));
  }

  @Test
  @DisplayName("neighbours are moved together where they are aligned")
  void alignment() {
    assertTrue(scale(dense(64), dense(64), 1).source().text().contains("ld.global.v4.f32"));
    Operand shifted = operand(DType.F32, Layout.of(Shape.of(64), new long[] {1}, 4));
    assertTrue(scale(shifted, dense(64), 1).source().text().contains("ld.global.v4.f32"));
    Operand odd = operand(DType.F32, Layout.of(Shape.of(64), new long[] {1}, 3));
    assertFalse(scale(odd, dense(64), 1).source().text().contains(".v4"));
    Operand padded = operand(DType.F32, Layout.of(Shape.of(8, 8), new long[] {11, 1}, 0));
    assertFalse(scale(padded, dense(8, 8), 1).source().text().contains(".v4"));
    Operand wider = operand(DType.F32, Layout.of(Shape.of(8, 8), new long[] {12, 1}, 0));
    assertTrue(scale(wider, dense(8, 8), 1).source().text().contains("ld.global.v4.f32"));
  }

  @Test
  @DisplayName("positions take 64 bits only beyond 2^31 elements")
  void positionWidth() {
    Step.Launch small = scale(dense(Integer.MAX_VALUE - 2L), dense(Integer.MAX_VALUE - 2L), 1);
    assertTrue(small.arguments().getFirst() instanceof Argument.I32);
    Step.Launch large = scale(dense(1L << 31), dense(1L << 31), 1);
    assertTrue(large.arguments().getFirst() instanceof Argument.I64);
    assertNotEquals(small.source(), large.source());
    Operand farApart = operand(DType.F32, Layout.of(Shape.of(3, 5), new long[] {1L << 30, 1}, 0));
    Step.Launch far = scale(farApart, dense(3, 5), 1);
    assertTrue(far.arguments().getFirst() instanceof Argument.I64);
  }

  @Test
  @DisplayName("how a sum is cut up depends on its size and not on the device")
  void fixedBlocks() {
    Kernel sum =
        new Kernel.Reduce(
            ReduceOp.SUM,
            Program.of(List.of(F32), Expr.input(0, F32)),
            new Operand[] {dense(1 << 20)},
            new boolean[] {true},
            dense(1),
            Params.NONE);
    Plan small = planner.plan(sum, PlanningDevice.TRAITS);
    Plan large =
        planner.plan(sum, new io.gradus.backend.cuda.plan.DeviceTraits(90, 132, 48 << 10, 32));
    assertEquals(small, large);
    assertEquals(2, small.steps().size());
  }

  @Test
  @DisplayName("nothing is launched for tensors without elements")
  void empty() {
    Program program = Program.of(List.of(F32), Expr.of(ScalarOp.NEG, Expr.input(0, F32)));
    Plan plan =
        planner.plan(
            new Kernel.Elementwise(
                program, new Operand[] {dense(0, 3)}, new Operand[] {dense(0, 3)}, Params.NONE),
            PlanningDevice.TRAITS);
    assertEquals(List.of(), plan.steps());
  }

  private List<String> sort(DType dtype, long length) {
    Operand in = operand(dtype, Layout.of(Shape.of(length)));
    Kernel sort = new Kernel.Sort(in, 0, false, in, null);
    return planner.plan(sort, PlanningDevice.TRAITS).steps().stream()
        .map(step -> ((Step.Launch) step).source().entry())
        .toList();
  }

  @Test
  @DisplayName("lines are sorted by digits when merging would pass over them more often")
  void sorts() {
    assertEquals(List.of("gradus_sort_tiles", "gradus_sort_pick"), sort(DType.F32, 1024));
    assertEquals(2 + 4, sort(DType.F32, 16 * 1024).size());
    assertFalse(sort(DType.F32, 16 * 1024).contains("gradus_sort_move"));
    assertEquals(3 * 4 + 1, sort(DType.F32, 16 * 1024 + 1).size());
    assertEquals(2 + 8, sort(DType.F64, 256 * 1024).size());
    assertEquals(3 * 8 + 1, sort(DType.I64, 256 * 1024 + 1).size());
    assertEquals(3 * 3 + 1, sort(DType.F16, 1 << 20).size());
    assertEquals(3 * 2 + 1, sort(DType.BF16, 1 << 20).size());
    assertEquals(
        List.of("gradus_sort_count", "gradus_sort_offsets", "gradus_sort_move", "gradus_sort_pick"),
        sort(DType.U8, 2049));
  }

  @Test
  @DisplayName("what has no kernel is refused by name")
  void refusal() {
    Kernel factor =
        new Kernel.Factor(Kernel.Factor.Kind.CHOLESKY, dense(2, 2), new Operand[] {dense(2, 2)});
    assertFalse(planner.supports(factor));
    BackendException refused =
        assertThrows(BackendException.class, () -> planner.plan(factor, PlanningDevice.TRAITS));
    assertTrue(refused.getMessage().startsWith("[Factor]"));
  }
}
