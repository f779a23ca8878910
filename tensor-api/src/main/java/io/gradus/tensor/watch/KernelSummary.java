package io.gradus.tensor.watch;

import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.ExprGraph;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.kernel.Program;
import io.gradus.tensor.kernel.ReduceOp;
import io.gradus.tensor.layout.Layout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A kernel for people who read tables: its name, and how much it worked on. */
public final class KernelSummary {
  /** More operations than these are counted, not named. */
  private static final int NAMED = 4;

  // Programs are never forgotten either.
  private static final Map<Program, String> NAMES = new ConcurrentHashMap<>();

  private KernelSummary() {}

  /**
   * What it does, such as {@code elementwise mul add}, {@code reduce sum of exp} or {@code
   * contract}.
   */
  public static String name(Kernel kernel) {
    return switch (kernel) {
      case Kernel.Elementwise k -> "elementwise " + name(k.program());
      case Kernel.Reduce k -> "reduce " + lower(k.op()) + of(k.prologue());
      case Kernel.Rows k -> rows(k);
      case Kernel.Scan k -> "scan " + lower(k.op());
      case Kernel.Sort k -> "sort";
      case Kernel.Contract k -> {
        Program p = k.epilogue();
        yield p == null ? "contract" : "contract then " + name(p);
      }
      case Kernel.Gather k -> "gather";
      case Kernel.Scatter k -> "scatter " + lower(k.mode());
      case Kernel.Convolve k -> "convolve";
      case Kernel.MaxPool k -> "max_pool";
      case Kernel.Factor k -> "factor " + lower(k.kind());
      case Kernel.Fft k -> "fft";
    };
  }

  /** The positions of its largest operand: what it has to look at. */
  public static long elements(Kernel kernel) {
    long most = 0;
    for (Operand o : operands(kernel)) {
      most = Math.max(most, o.layout().numel());
    }
    return most;
  }

  /** The bytes of all operands, those along dimensions that only repeat counted once. */
  public static long bytes(Kernel kernel) {
    long bytes = 0;
    for (Operand o : operands(kernel)) {
      bytes += distinct(o.layout()) * o.dtype().byteSize();
    }
    return bytes;
  }

  private static long distinct(Layout layout) {
    long n = 1;
    for (int d = 0; d < layout.rank(); d++) {
      n *= layout.stride(d) == 0 ? Math.min(layout.size(d), 1) : layout.size(d);
    }
    return n;
  }

  /** All operands, what is read first. */
  private static List<Operand> operands(Kernel kernel) {
    List<Operand> all =
        switch (kernel) {
          case Kernel.Elementwise k -> list(k.in());
          case Kernel.Reduce k -> list(k.in());
          case Kernel.Rows k -> list(k.in());
          case Kernel.Scan k -> list(k.in());
          case Kernel.Sort k -> list(k.in());
          case Kernel.Contract k -> list(k.a(), k.b());
          case Kernel.Gather k -> list(k.index());
          case Kernel.Scatter k -> list(k.index(), k.source());
          case Kernel.Convolve k ->
              k.bias() == null ? list(k.in(), k.weight()) : list(k.in(), k.weight(), k.bias());
          case Kernel.MaxPool k -> list(k.in());
          case Kernel.Factor k -> list(k.in());
          case Kernel.Fft k -> list(k.in());
        };
    if (kernel instanceof Kernel.Contract k) {
      all.addAll(Arrays.asList(k.operands()));
    }
    if (kernel instanceof Kernel.Gather k) {
      // It reads as many elements as it writes, however large the source is.
      all.add(k.out());
    }
    if (kernel instanceof Kernel.Scatter k) {
      all.add(k.source());
      return all;
    }
    all.addAll(Arrays.asList(kernel.outputs()));
    return all;
  }

  private static List<Operand> list(Operand... operands) {
    return new ArrayList<>(Arrays.asList(operands));
  }

  private static String rows(Kernel.Rows k) {
    StringBuilder name = new StringBuilder("rows");
    for (ReduceOp op : k.reductions()) {
      name.append(' ').append(lower(op));
    }
    return name.toString();
  }

  private static String of(Program prologue) {
    String name = name(prologue);
    return name.equals("copy") ? "" : " of " + name;
  }

  private static String name(Program program) {
    String known = NAMES.get(program);
    return known != null ? known : NAMES.computeIfAbsent(program, KernelSummary::operations);
  }

  private static String operations(Program program) {
    List<String> names = new ArrayList<>();
    for (Expr e : ExprGraph.postOrder(program.outputs())) {
      String name = operation(e);
      if (name != null) {
        names.add(name);
      }
    }
    int more = names.size() - NAMED;
    if (more > 1) {
      return String.join(" ", names.subList(0, NAMED)) + " and " + more + " more";
    }
    return names.isEmpty() ? copy(program) : String.join(" ", names);
  }

  private static String copy(Program program) {
    return program.inputs().isEmpty() ? "fill" : "copy";
  }

  private static @Nullable String operation(Expr e) {
    return switch (e) {
      case Expr.Apply x -> lower(x.op());
      case Expr.Cast x -> "to_" + lower(x.to());
      case Expr.Input x -> null;
      case Expr.Param x -> null;
      case Expr.Const x -> null;
      case Expr.Index x -> null;
      case Expr.Reduced x -> null;
    };
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
