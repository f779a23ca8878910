package io.gradus.tck;

import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.ExprGraph;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.kernel.Params;
import io.gradus.tensor.kernel.Program;
import io.gradus.tensor.kernel.ScalarOp;
import io.gradus.tensor.layout.Layout;
import io.gradus.tensor.layout.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Random programs of many operations: equal to the reference, and to one operation at a time. */
final class ProgramCases {
  private ProgramCases() {}

  static Stream<Case> cases() {
    return LongStream.range(0, 60)
        .boxed()
        .flatMap(
            i ->
                Stream.of(
                    new Case("program/random-" + i, t -> random(t, Shape.of(11, 23))),
                    new Case("program/unfused-" + i, t -> unfused(t, Shape.of(9, 5)))));
  }

  static Stream<Case> concurrent() {
    return Stream.of(new Case("concurrent/programs", ProgramCases::concurrently));
  }

  private record Plan(Program program, List<Part> in, List<Part> out) {
    Kernel kernel(java.util.function.Function<Part, Operand> place) {
      return PointwiseCases.kernel(program, in, out, place);
    }
  }

  private static void random(Trial t, Shape shape) {
    Plan plan = plan(t, t.random, shape);
    t.agree(Tolerance.EXACT, plan.out, plan::kernel);
  }

  private static Plan plan(Trial t, Random random, Shape shape) {
    LayoutKind[] kinds = LayoutKind.values();
    List<ComputeType> types = new ArrayList<>();
    List<Expr> pool = new ArrayList<>();
    List<Part> in = new ArrayList<>();
    DType[] dtypes = DType.values();
    for (int i = 0; i < 3; i++) {
      DType dtype = dtypes[random.nextInt(dtypes.length)];
      types.add(dtype.compute());
      pool.add(Expr.input(i, dtype.compute()));
      in.add(t.mixed(dtype, shape, kinds[random.nextInt(kinds.length)]));
    }
    pool.add(Expr.index(random.nextInt(shape.rank())));
    pool.add(Expr.constant(ComputeType.F32, 0.75));
    int steps = 3 + random.nextInt(18);
    for (int i = 0; i < steps; i++) {
      pool.add(step(random, pool));
    }
    int count = 1 + random.nextInt(3);
    List<Expr> outputs = new ArrayList<>();
    List<Part> out = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Expr e = pool.get(pool.size() - 1 - random.nextInt(Math.min(6, steps)));
      outputs.add(e);
      out.add(t.tame(e.type().dtype(), shape, kinds[random.nextInt(5)]));
    }
    return new Plan(Program.of(types, outputs), in, out);
  }

  /** One more operation on what is there; the meaning of each is exact. */
  private static Expr step(Random random, List<Expr> pool) {
    while (true) {
      ScalarOp[] all = ScalarOp.values();
      ScalarOp op = all[random.nextInt(all.length)];
      Expr a = pool.get(random.nextInt(pool.size()));
      if (random.nextInt(5) == 0) {
        DType[] dtypes = DType.values();
        return Expr.cast(dtypes[random.nextInt(dtypes.length)], a);
      }
      boolean inexact =
          a.type() == ComputeType.F64 && (op.compareTo(ScalarOp.EXP) >= 0 || op == ScalarOp.POW);
      boolean special =
          switch (op) {
            // Partial functions of integers, and what shows the bits of a NaN.
            case FMOD, IDIV, COPYSIGN, TO_BITS, FROM_BITS, POLYGAMMA, PHILOX -> true;
            default -> false;
          };
      if (inexact || special) {
        continue;
      }
      Expr b = like(random, pool, a.type());
      Expr c = like(random, pool, a.type());
      boolean fits =
          switch (op.signature()) {
            case SAME, COMPARE -> true;
            case FLOAT -> a.type().isFloating();
            case INT -> !a.type().isFloating();
            case WHERE -> true;
            case TO_BITS, FROM_BITS, PHILOX -> false;
          };
      if (!fits) {
        continue;
      }
      if (op == ScalarOp.WHERE) {
        return Expr.where(Expr.of(ScalarOp.LT, a, b), c, a);
      }
      return switch (op.arity()) {
        case 1 -> Expr.of(op, a);
        case 2 -> Expr.of(op, a, b);
        default -> Expr.of(op, a, b, c);
      };
    }
  }

  private static Expr like(Random random, List<Expr> pool, ComputeType type) {
    List<Expr> same = pool.stream().filter(e -> e.type() == type).toList();
    return same.get(random.nextInt(same.size()));
  }

  /** The device's result of the whole program against its own results of single operations. */
  private static void unfused(Trial t, Shape shape) {
    Plan plan = plan(t, t.random, shape);
    Map<Expr, Part> done = new HashMap<>();
    for (Expr e : ExprGraph.postOrder(plan.program.outputs())) {
      if (e instanceof Expr.Input i) {
        done.put(e, plan.in.get(i.index()));
        continue;
      }
      List<Part> args = new ArrayList<>();
      List<ComputeType> types = new ArrayList<>();
      Expr alone = alone(e, done, args, types);
      Part out = t.tame(e.type().dtype(), shape, LayoutKind.DENSE);
      Map<Block, long[]> after =
          Trial.results(
              t.device,
              place -> PointwiseCases.kernel(Program.of(types, alone), args, List.of(out), place),
              (on, k) -> on.run(k));
      long[] values = after.getOrDefault(out.block(), new long[0]);
      done.put(e, new Part(new Block(out.dtype(), values), out.layout()));
    }
    Map<Block, long[]> fused = Trial.results(t.device, plan::kernel, (on, k) -> on.run(k));
    for (int o = 0; o < plan.out.size(); o++) {
      Part whole = plan.out.get(o);
      Part single = done.getOrDefault(plan.program.outputs().get(o), whole);
      long[] got = fused.getOrDefault(whole.block(), new long[0]);
      for (long i = 0; i < shape.numel(); i++) {
        long x = got[(int) whole.layout().at(i)];
        long y = single.block().values[(int) single.layout().at(i)];
        if (!Tolerance.EXACT.accepts(whole.dtype(), y, x)) {
          t.fail(
              "output %d at %d is %s in one program but %s one operation at a time: %s"
                  .formatted(
                      o,
                      i,
                      Trial.show(whole.dtype(), x),
                      Trial.show(whole.dtype(), y),
                      plan.program.outputs().get(o)));
        }
      }
    }
  }

  private static Expr alone(
      Expr e, Map<Expr, Part> done, List<Part> args, List<ComputeType> types) {
    return switch (e) {
      case Expr.Cast x -> Expr.cast(x.to(), argument(x.arg(), done, args, types));
      case Expr.Apply x -> {
        Expr a = argument(x.arg(0), done, args, types);
        yield switch (x.op().arity()) {
          case 1 -> Expr.of(x.op(), a);
          case 2 -> Expr.of(x.op(), a, argument(x.arg(1), done, args, types));
          default ->
              Expr.of(
                  x.op(),
                  a,
                  argument(x.arg(1), done, args, types),
                  argument(x.arg(2), done, args, types));
        };
      }
      case Expr.Input x -> x;
      case Expr.Param x -> x;
      case Expr.Const x -> x;
      case Expr.Index x -> x;
      case Expr.Reduced x -> x;
    };
  }

  private static Expr argument(
      Expr e, Map<Expr, Part> done, List<Part> args, List<ComputeType> types) {
    Part part = done.get(e);
    if (part == null) {
      throw new IllegalStateException("no value yet for " + e);
    }
    args.add(part);
    types.add(e.type());
    return Expr.input(args.size() - 1, e.type());
  }

  /** Several threads at once, each with its own operands, all with the same few programs. */
  private static void concurrently(Trial t) {
    List<Thread> threads = new ArrayList<>();
    List<Throwable> failures = new java.util.concurrent.CopyOnWriteArrayList<>();
    for (int i = 0; i < 4; i++) {
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      for (int round = 0; round < 12; round++) {
                        Plan plan = plan(t, new Random(round % 4), Shape.of(64, 80));
                        t.agree(Tolerance.EXACT, plan.out, plan::kernel);
                      }
                    } catch (Throwable e) {
                      failures.add(e);
                    }
                  }));
    }
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", e);
      }
    }
    t.check(failures.isEmpty(), "in one of four threads: " + failures);
  }

  /** The lean entries mean the same as the record. */
  static Stream<Case> lean() {
    return PointwiseCases.operations()
        .filter(PointwiseCases.Signature::isFull)
        .filter(s -> s.op().arity() <= 2)
        .filter(s -> s.op().compareTo(ScalarOp.EXP) < 0 || s.dtype() == DType.F32)
        .flatMap(
            s ->
                Arrangement.ALL.stream()
                    .filter(a -> a.isBasic() || a.name().equals("single-right"))
                    .filter(a -> a.inPlace() < 0 || s.canRunInPlace(a.inPlace()))
                    .map(a -> new Case("lean/" + s + "/" + a.name(), t -> lean(t, s, a))));
  }

  private static void lean(Trial t, PointwiseCases.Signature s, Arrangement a) {
    List<Part> in = new ArrayList<>();
    for (int k = 0; k < s.op().arity(); k++) {
      int arg = k;
      in.add(t.part(s.argument(k), a.shape(), a.inputs().get(k), (d, n, r) -> s.draw(arg, n, r)));
    }
    Part out = a.inPlace() >= 0 ? in.get(a.inPlace()) : t.tame(s.result(), a.shape(), a.output());
    Trial.Build build = place -> PointwiseCases.kernel(s.program(), in, List.of(out), place);
    t.agree(
        s.tolerance(),
        List.of(out),
        build,
        (on, kernel) -> {
          if (kernel instanceof Kernel.Elementwise k) {
            if (k.in().length == 1) {
              on.run(k.program(), k.in()[0], k.out()[0]);
            } else {
              on.run(k.program(), k.in()[0], k.in()[1], k.out()[0]);
            }
          }
        });
  }

  /** Known answers of Philox 4x32-10: the vectors that come with Random123. */
  static Stream<Case> philox() {
    return Stream.of(
        new Case(
            "philox/zeros", t -> known(t, 0, 0, 0, 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8)),
        new Case(
            "philox/digits-of-pi",
            t ->
                known(
                    t,
                    0x85a308d3243f6a88L,
                    0x299f31d0a4093822L,
                    0x0370734413198a2eL,
                    0xd16cfe09,
                    0x94fdcceb,
                    0x5001e420,
                    0x24126ea1)));
  }

  private static void known(Trial t, long counter, long seed, long stream, int... want) {
    ComputeType i64 = ComputeType.I64;
    // The index is a counter and two bits for the word, so counters above 2^62 cannot be named.
    long base = counter << 2;
    if (base >>> 2 != counter) {
      int[] block = new int[4];
      io.gradus.tensor.kernel.Philox.block(counter, seed, stream, block, 0);
      t.check(java.util.Arrays.equals(block, want), "the block is not the published one");
      return;
    }
    Expr index = Expr.of(ScalarOp.ADD, Expr.index(0), Expr.param(0, i64));
    Program program =
        Program.of(
            List.of(), Expr.of(ScalarOp.PHILOX, index, Expr.param(1, i64), Expr.param(2, i64)));
    Part out = new Part(new Block(DType.I32, new long[4]), Layout.of(Shape.of(4)));
    Map<Block, long[]> after =
        Trial.results(
            t.device,
            place ->
                new Kernel.Elementwise(
                    program,
                    new Operand[0],
                    new Operand[] {place.apply(out)},
                    new long[] {base, seed, stream}),
            (on, k) -> on.run(k));
    long[] got = after.getOrDefault(out.block(), Params.NONE);
    for (int i = 0; i < 4; i++) {
      t.check(got[i] == want[i], "word " + i + " is " + got[i] + ", published is " + want[i]);
    }
  }
}
