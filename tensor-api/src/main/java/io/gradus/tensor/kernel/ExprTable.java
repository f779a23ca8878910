package io.gradus.tensor.kernel;

import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.dtype.DType;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Makes each expression exist once, and types it. */
final class ExprTable {
  // Written out, here and in Expr: the methods that records come with take milliseconds to be made.
  private record ApplyKey(ScalarOp op, Expr a, @Nullable Expr b, @Nullable Expr c) {
    @Override
    public boolean equals(@Nullable Object o) {
      return o instanceof ApplyKey k
          && op == k.op
          && a.equals(k.a)
          && Objects.equals(b, k.b)
          && Objects.equals(c, k.c);
    }

    @Override
    public int hashCode() {
      int h = 31 * op.hashCode() + a.hashCode();
      return 31 * (31 * h + Objects.hashCode(b)) + Objects.hashCode(c);
    }
  }

  private record CastKey(DType to, Expr arg) {
    @Override
    public boolean equals(@Nullable Object o) {
      return o instanceof CastKey k && to == k.to && arg.equals(k.arg);
    }

    @Override
    public int hashCode() {
      return 31 * to.hashCode() + arg.hashCode();
    }
  }

  private static final ConcurrentHashMap<ApplyKey, Expr> APPLIED = new ConcurrentHashMap<>();
  private static final ConcurrentHashMap<CastKey, Expr> CASTS = new ConcurrentHashMap<>();

  private ExprTable() {}

  static Expr apply(ScalarOp op, Expr a, @Nullable Expr b, @Nullable Expr c) {
    int given = b == null ? 1 : c == null ? 2 : 3;
    if (given != op.arity()) {
      throw new IllegalArgumentException(op + " takes " + op.arity() + " arguments, got " + given);
    }
    return APPLIED.computeIfAbsent(
        new ApplyKey(op, a, b, c), k -> new Expr.Apply(op, resultType(op, a, b, c), a, b, c));
  }

  static Expr cast(DType to, Expr arg) {
    if (!to.isNarrow() && to.compute() == arg.type()) {
      return arg;
    }
    return CASTS.computeIfAbsent(new CastKey(to, arg), k -> new Expr.Cast(to, arg));
  }

  private static ComputeType resultType(ScalarOp op, Expr a, @Nullable Expr b, @Nullable Expr c) {
    ComputeType type = a.type();
    boolean same = (b == null || b.type() == type) && (c == null || c.type() == type);
    boolean fits =
        switch (op.signature()) {
          case SAME, COMPARE -> same;
          case FLOAT -> same && type.isFloating();
          case INT -> same && !type.isFloating();
          case WHERE -> type == ComputeType.I32 && b != null && c != null && b.type() == c.type();
          case TO_BITS -> type.isFloating();
          case FROM_BITS -> !type.isFloating();
          case PHILOX -> same && type == ComputeType.I64;
        };
    if (!fits) {
      throw new IllegalArgumentException(
          "%s does not take (%s%s%s)"
              .formatted(
                  op, type, b == null ? "" : ", " + b.type(), c == null ? "" : ", " + c.type()));
    }
    return switch (op.signature()) {
      case SAME, FLOAT, INT -> type;
      case COMPARE, PHILOX -> ComputeType.I32;
      case WHERE -> b == null ? type : b.type();
      case TO_BITS -> type == ComputeType.F32 ? ComputeType.I32 : ComputeType.I64;
      case FROM_BITS -> type == ComputeType.I32 ? ComputeType.F32 : ComputeType.F64;
    };
  }

  /** For debugging and error messages; shared subexpressions are written out, up to a depth. */
  static String print(Expr e) {
    StringBuilder out = new StringBuilder();
    print(e, out, 0);
    return out.toString();
  }

  private static void print(Expr e, StringBuilder out, int depth) {
    if (depth > 8) {
      out.append('…');
      return;
    }
    switch (e) {
      case Expr.Input x -> out.append("in").append(x.index());
      case Expr.Param x -> out.append("param").append(x.index());
      case Expr.Const x -> out.append(x.type().isFloating() ? "" + x.toDouble() : "" + x.toLong());
      case Expr.Index x -> out.append("index").append(x.axis());
      case Expr.Reduced x -> out.append("reduced").append(x.stage());
      case Expr.Cast x -> {
        out.append(x.to()).append('(');
        print(x.arg(), out, depth + 1);
        out.append(')');
      }
      case Expr.Apply x -> {
        out.append(x.op().name().toLowerCase(Locale.ROOT)).append('(');
        for (int k = 0; k < x.op().arity(); k++) {
          if (k > 0) {
            out.append(", ");
          }
          print(x.arg(k), out, depth + 1);
        }
        out.append(')');
      }
    }
  }
}
