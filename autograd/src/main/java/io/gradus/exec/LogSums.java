package io.gradus.exec;

import io.gradus.Tensor;
import io.gradus.graph.Record;
import io.gradus.op.Formulas;
import io.gradus.op.MapOp;

/** Sums of two numbers that are given, and wanted, as logarithms. */
public final class LogSums {
  private LogSums() {}

  /** See {@link Tensor#logaddexp}. */
  public static Tensor logaddexp(Tensor a, Tensor b) {
    return sum("LogaddexpBackward0", Formulas.LOGADDEXP, Formulas.LOGADDEXP_SHARE, a, b);
  }

  /** See {@link Tensor#logaddexp2}. */
  public static Tensor logaddexp2(Tensor a, Tensor b) {
    return sum("Logaddexp2Backward0", Formulas.LOGADDEXP2, Formulas.LOGADDEXP2_SHARE, a, b);
  }

  /** The shares of infinite operands are NaN where both are equal, as in PyTorch. */
  private static Tensor sum(String gradName, MapOp op, MapOp share, Tensor a, Tensor b) {
    Tensor result = Executor.map(op, a.detach(), b.detach());
    return Record.rule(
        gradName,
        result,
        new Tensor[] {a, b},
        new Tensor[] {a, b},
        (g, s, needs) ->
            new Tensor[] {
              needs[0] ? part(share, g, s[0], s[1]) : null,
              needs[1] ? part(share, g, s[1], s[0]) : null
            });
  }

  private static Tensor part(MapOp share, Tensor g, Tensor a, Tensor b) {
    return Broadcasts.undone(Executor.map(share, new Tensor[] {g, a, b}), a);
  }
}
