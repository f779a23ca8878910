package io.gradus.tensor.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gradus.tensor.backend.Device;
import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.dtype.DType;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ExprTest {
  private static final Expr X = Expr.input(0, ComputeType.F32);
  private static final Expr Y = Expr.input(1, ComputeType.F32);

  @Test
  void equalExpressionsAreTheSameObject() {
    assertSame(Expr.of(ScalarOp.ADD, X, Y), Expr.of(ScalarOp.ADD, X, Y));
    assertNotSame(Expr.of(ScalarOp.ADD, X, Y), Expr.of(ScalarOp.ADD, Y, X));
    assertSame(Expr.cast(DType.F16, X), Expr.cast(DType.F16, X));
    assertSame(X, Expr.cast(DType.F32, X));
    assertNotSame(Expr.of(ScalarOp.MUL, X, zero(0.0)), Expr.of(ScalarOp.MUL, X, zero(-0.0)));
  }

  private static Expr zero(double value) {
    return Expr.constant(ComputeType.F32, value);
  }

  @Test
  void typesAreCheckedAndGiven() {
    Expr i = Expr.input(0, ComputeType.I64);
    assertEquals(ComputeType.I32, Expr.of(ScalarOp.LT, X, Y).type());
    assertEquals(ComputeType.F32, Expr.where(Expr.of(ScalarOp.LT, X, Y), X, Y).type());
    assertEquals(ComputeType.I32, Expr.of(ScalarOp.TO_BITS, X).type());
    assertEquals(ComputeType.I32, Expr.cast(DType.BOOL, X).type());
    assertThrows(IllegalArgumentException.class, () -> Expr.of(ScalarOp.ADD, X, i));
    assertThrows(IllegalArgumentException.class, () -> Expr.of(ScalarOp.EXP, i));
    assertThrows(IllegalArgumentException.class, () -> Expr.of(ScalarOp.AND, X, Y));
    assertThrows(IllegalArgumentException.class, () -> Expr.where(X, X, Y));
    assertThrows(IllegalArgumentException.class, () -> Expr.of(ScalarOp.ADD, X));
  }

  @Test
  void deepAndSharedGraphsAreWalkedOnceANode() {
    Expr e = X;
    for (int i = 0; i < 20_000; i++) {
      e = Expr.of(ScalarOp.ADD, e, e);
    }
    assertEquals(20_001, ExprGraph.postOrder(List.of(e)).size());
    Expr other = ExprGraph.substitute(List.of(e), leaf -> leaf == X ? Y : null).getFirst();
    assertNotSame(e, other);
    assertSame(e, ExprGraph.substitute(List.of(other), leaf -> leaf == Y ? X : null).getFirst());
  }

  @Test
  void programsAreInternedAndChecked() {
    List<ComputeType> one = List.of(ComputeType.F32);
    Program program = Program.of(one, Expr.of(ScalarOp.MUL, X, Expr.param(2, ComputeType.F32)));
    assertSame(program, Program.of(one, Expr.of(ScalarOp.MUL, X, Expr.param(2, ComputeType.F32))));
    assertEquals(3, program.paramCount());
    assertThrows(IllegalArgumentException.class, () -> Program.of(one, Y));
    int slot = Device.newSlot() + 5;
    program.compiled(slot, "mine");
    assertEquals("mine", program.compiled(slot));
  }
}
