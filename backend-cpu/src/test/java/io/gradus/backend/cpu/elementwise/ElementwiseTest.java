package io.gradus.backend.cpu.elementwise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.backend.cpu.CpuStorage;
import io.gradus.backend.cpu.Workers;
import io.gradus.backend.cpu.elementwise.Operands.Form;
import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.kernel.Params;
import io.gradus.tensor.kernel.Program;
import io.gradus.tensor.kernel.ScalarOp;
import io.gradus.tensor.layout.Layout;
import io.gradus.tensor.layout.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ElementwiseTest {
  private static final ScalarOp[] FLOAT_OPS = {
    ScalarOp.ADD,
    ScalarOp.SUB,
    ScalarOp.MUL,
    ScalarOp.DIV,
    ScalarOp.MAX,
    ScalarOp.NEG,
    ScalarOp.ABS,
    ScalarOp.SQRT,
    ScalarOp.FLOOR,
    ScalarOp.FMA,
    ScalarOp.MIN
  };
  private static final ScalarOp[] INT_OPS = {
    ScalarOp.ADD,
    ScalarOp.SUB,
    ScalarOp.MUL,
    ScalarOp.AND,
    ScalarOp.XOR,
    ScalarOp.NEG,
    ScalarOp.SHL,
    ScalarOp.USHR,
    ScalarOp.MAX
  };

  /** Runs a kernel and compares every output element with the interpreter. */
  private static void check(
      String what, Program program, Operand[] in, Operand[] out, long[] params) {
    DType[] types = new DType[out.length];
    for (int j = 0; j < out.length; j++) {
      types[j] = out[j].dtype();
    }
    Shape shape = out[0].layout().shape();
    long[][] expected = Interpreter.run(program, in, shape, types, params);
    Operands.CPU.run(new Kernel.Elementwise(program, in, out, params));
    for (int j = 0; j < out.length; j++) {
      ComputeType type = types[j].compute();
      for (int e = 0; e < shape.numel(); e++) {
        long got = Interpreter.read(out[j], e);
        long want = expected[j][e];
        if (!Interpreter.same(type, want, got)) {
          assertEquals(
              Long.toHexString(want),
              Long.toHexString(got),
              what + ": output " + j + ", element " + e + " of " + program);
        }
      }
    }
  }

  private static Expr random(Random random, List<Expr> pool) {
    Expr a = pool.get(random.nextInt(pool.size()));
    List<Expr> same = pool.stream().filter(e -> e.type() == a.type()).toList();
    Expr b = same.get(random.nextInt(same.size()));
    Expr c = same.get(random.nextInt(same.size()));
    switch (random.nextInt(7)) {
      case 6: // what a ReLU is
        Expr bound = same.get(random.nextInt(same.size()));
        return Expr.where(Expr.of(ScalarOp.LE, a, bound), bound, a);
      case 0:
        return Expr.cast(DType.values()[random.nextInt(10)], a);
      case 1:
        return Expr.of(random.nextBoolean() ? ScalarOp.LT : ScalarOp.NE, a, b);
      case 2:
        List<Expr> ints = pool.stream().filter(e -> e.type() == ComputeType.I32).toList();
        return ints.isEmpty()
            ? Expr.of(ScalarOp.NEG, a)
            : Expr.where(ints.get(random.nextInt(ints.size())), a, b);
      default:
        ScalarOp[] ops = a.type().isFloating() ? FLOAT_OPS : INT_OPS;
        ScalarOp op = ops[random.nextInt(ops.length)];
        return switch (op.arity()) {
          case 1 -> Expr.of(op, a);
          case 2 -> Expr.of(op, a, b);
          default -> Expr.of(op, a, b, c);
        };
    }
  }

  @Test
  @DisplayName("random programs over every dtype and layout give what the definition gives")
  void randomPrograms() {
    for (int seed = 0; seed < 400; seed++) {
      Random random = new Random(seed);
      boolean large = seed % 40 == 0;
      long rows = large ? 97 : 1 + random.nextInt(9);
      long columns = large ? 131 : 1 + random.nextInt(9);
      Operand[] in = new Operand[1 + random.nextInt(3)];
      List<ComputeType> types = new ArrayList<>();
      List<Expr> pool = new ArrayList<>();
      for (int i = 0; i < in.length; i++) {
        DType dtype = DType.values()[random.nextInt(10)];
        in[i] = Operands.of(dtype, Form.values()[random.nextInt(7)], rows, columns, random);
        types.add(dtype.compute());
        pool.add(Expr.input(i, dtype.compute()));
      }
      pool.add(Expr.index(random.nextInt(2)));
      double[] numbers = {1.5, 0, -0.0, Double.NaN};
      pool.add(Expr.constant(ComputeType.F32, numbers[random.nextInt(numbers.length)]));
      pool.add(Expr.constant(ComputeType.F64, numbers[random.nextInt(numbers.length)]));
      pool.add(Expr.param(0, ComputeType.F32));
      pool.add(Expr.param(1, ComputeType.I64));
      int length = 1 + random.nextInt(12);
      for (int i = 0; i < length; i++) {
        pool.add(random(random, pool));
      }
      List<Expr> outputs = new ArrayList<>();
      Operand[] out = new Operand[1 + random.nextInt(3)];
      for (int j = 0; j < out.length; j++) {
        Expr e = pool.get(Math.max(0, pool.size() - 1 - random.nextInt(4)));
        outputs.add(e);
        List<DType> fits = new ArrayList<>();
        for (DType d : DType.values()) {
          if (d.compute() == e.type()) {
            fits.add(d);
          }
        }
        out[j] =
            Operands.of(
                fits.get(random.nextInt(fits.size())),
                Form.values()[random.nextInt(4)],
                rows,
                columns,
                random);
      }
      long[] params = {Params.of(0.75), 3};
      check("seed " + seed, Program.of(types, outputs), in, out, params);
    }
  }

  @Test
  @DisplayName("large transposed operands: four dimensions, narrow dtypes, gaps, several outputs")
  void largeTransposed() {
    Shape shape = Shape.of(3, 70, 2, 131);
    Layout dense = Layout.of(shape);
    Layout swapped = Layout.of(shape, new long[] {2 * 70 * 131, 2, 1, 2 * 70}, 1);
    Layout other = Layout.of(shape, new long[] {1, 3, 3 * 70 * 131, 3 * 70}, 0);
    Layout repeated = Layout.of(shape, new long[] {0, 1, 0, 70}, 0);
    Random random = new Random(11);
    for (DType dtype : DType.values()) {
      ComputeType type = dtype.compute();
      Expr a = Expr.input(0, type);
      Expr b = Expr.input(1, type);
      Program p = Program.of(List.of(type, type), List.of(Expr.of(ScalarOp.SUB, a, b), b));
      Layout[][] layouts = {
        {dense, swapped, dense, dense},
        {swapped, other, dense, swapped},
        {repeated, dense, other, dense},
        {swapped, swapped, swapped, swapped},
        {dense, dense, other, swapped},
      };
      for (Layout[] l : layouts) {
        Operand[] o = new Operand[4];
        for (int i = 0; i < 4; i++) {
          o[i] = Operands.of(dtype, l[i], random);
        }
        check(dtype + "", p, new Operand[] {o[0], o[1]}, new Operand[] {o[2], o[3]}, Params.NONE);
      }
      Operand x = Operands.of(dtype, swapped, random);
      Operand y = Operands.of(dtype, other, random);
      check(dtype + " in place", p, new Operand[] {x, y}, new Operand[] {x, y}, Params.NONE);
    }
  }

  @Test
  @DisplayName(
      "one transposed operand, at sizes around those of blocks, and what only looks like it")
  void oneTransposed() {
    Random random = new Random(17);
    long[][] sizes = {{65, 513}, {16, 1100}, {530, 33}};
    for (DType dtype : List.of(DType.F32, DType.F64, DType.I64, DType.BF16)) {
      ComputeType type = dtype.compute();
      Expr a = Expr.input(0, type);
      Expr b = Expr.input(1, type);
      Expr difference = Expr.of(ScalarOp.SUB, a, b);
      Expr longer = Expr.of(ScalarOp.MUL, Expr.of(ScalarOp.MAX, difference, b), a);
      List<ComputeType> one = List.of(type);
      List<ComputeType> two = List.of(type, type);
      for (long[] size : sizes) {
        Operand[] o = new Operand[Form.values().length];
        for (Form form : Form.values()) {
          o[form.ordinal()] = Operands.of(dtype, form, size[0], size[1], random);
        }
        Operand x = o[Form.TRANSPOSED.ordinal()];
        for (Form form : List.of(Form.CONTIGUOUS, Form.OFFSET, Form.GAPS)) {
          String what = dtype + " " + form + " " + size[0] + " x " + size[1];
          Operand[] out = {Operands.of(dtype, form, size[0], size[1], random)};
          for (Expr e : List.of(a, Expr.of(ScalarOp.NEG, a), Expr.of(ScalarOp.ADD, a, a))) {
            check(what, Program.of(one, e), new Operand[] {x}, out, Params.NONE);
          }
        }
        Program p = Program.of(two, longer);
        Operand[] out = {Operands.of(dtype, Form.OFFSET, size[0], size[1], random)};
        for (Operand y : o) {
          check(dtype + "", p, new Operand[] {x, y}, out, Params.NONE);
          check(dtype + "", p, new Operand[] {y, x}, out, Params.NONE);
        }
        Operand[] dense = {o[0]};
        check(dtype + " in place", p, new Operand[] {x, o[0]}, dense, Params.NONE);
        check(dtype + " in place", p, new Operand[] {o[0], x}, dense, Params.NONE);
      }
    }
  }

  @Test
  @DisplayName("a transposed operand is compared, cast and taken with more outputs or numbers")
  void transposedOtherwise() {
    Random random = new Random(19);
    Operand x = Operands.of(DType.F32, Form.TRANSPOSED, 140, 530, random);
    Operand y = Operands.of(DType.F32, Form.OFFSET, 140, 530, random);
    Expr a = Expr.input(0, ComputeType.F32);
    Expr b = Expr.input(1, ComputeType.F32);
    Expr sum = Expr.of(ScalarOp.ADD, a, Expr.param(0, ComputeType.F32));
    Expr less = Expr.of(ScalarOp.LT, a, b);
    List<ComputeType> types = List.of(ComputeType.F32, ComputeType.F32);
    DType[][] results = {
      {DType.BOOL}, {DType.I32}, {DType.I64}, {DType.F16}, {DType.F32}, {DType.F32, DType.F32}
    };
    List<List<Expr>> outputs =
        List.of(
            List.of(less),
            List.of(less),
            List.of(Expr.cast(DType.I64, a)),
            List.of(a),
            List.of(Expr.where(less, sum, b)),
            List.of(sum, a));
    for (int k = 0; k < results.length; k++) {
      Operand[] out = new Operand[results[k].length];
      for (int j = 0; j < out.length; j++) {
        out[j] = Operands.of(results[k][j], Form.CONTIGUOUS, 140, 530, random);
      }
      long[] params = {Params.of(0.75)};
      check("" + k, Program.of(types, outputs.get(k)), new Operand[] {x, y}, out, params);
    }
  }

  @Test
  @DisplayName("S6.4 in place: every output sees the old value of every input")
  void inPlace() {
    Expr a = Expr.input(0, ComputeType.F32);
    Expr b = Expr.input(1, ComputeType.F32);
    Program swap = Program.of(List.of(ComputeType.F32, ComputeType.F32), List.of(b, a));
    Program butterfly =
        Program.of(
            List.of(ComputeType.F32, ComputeType.F32),
            List.of(Expr.of(ScalarOp.ADD, a, b), Expr.of(ScalarOp.SUB, a, b)));
    Program step =
        Program.of(
            List.of(ComputeType.F32, ComputeType.F32),
            List.of(
                Expr.of(ScalarOp.SUB, a, Expr.of(ScalarOp.MUL, b, b)),
                Expr.of(ScalarOp.FMA, a, b, b)));
    for (Form form : List.of(Form.CONTIGUOUS, Form.OFFSET, Form.TRANSPOSED, Form.GAPS)) {
      for (DType dtype : List.of(DType.F32, DType.BF16)) {
        for (Program p : List.of(swap, butterfly, step)) {
          Random random = new Random(7);
          Operand x = Operands.of(dtype, form, 130, 70, random);
          Operand y = Operands.of(dtype, form, 130, 70, random);
          check(form + " " + dtype, p, new Operand[] {x, y}, new Operand[] {x, y}, Params.NONE);
        }
      }
    }
  }

  @Test
  @DisplayName("S6.8 the same bits with one thread and with several, and through every entry")
  void threads() {
    int before = Workers.threads();
    int n = 300_001;
    Expr a = Expr.input(0, ComputeType.F32);
    Expr b = Expr.input(1, ComputeType.F32);
    Program chain =
        Program.of(
            List.of(ComputeType.F32, ComputeType.F32),
            Expr.of(ScalarOp.MUL, Expr.of(ScalarOp.EXP, a), Expr.of(ScalarOp.TANH, b)));
    Program add =
        Program.of(List.of(ComputeType.F32, ComputeType.F32), Expr.of(ScalarOp.ADD, a, b));
    Random random = new Random(3);
    Operand x = Operands.of(DType.F32, Form.CONTIGUOUS, 1, n, random);
    Operand y = Operands.of(DType.F32, Form.OFFSET, 1, n, random);
    try {
      for (Program p : List.of(chain, add)) {
        float[][] results = new float[4][];
        for (int k = 0; k < results.length; k++) {
          Workers.setThreads(k == 0 ? 1 : k + 1);
          Operand out = new Operand(Operands.CPU.allocate(DType.F32, n), DType.F32, x.layout());
          if (k == 3) {
            Operands.CPU.run(p, x, y, out);
          } else {
            Operands.CPU.run(
                new Kernel.Elementwise(p, new Operand[] {x, y}, new Operand[] {out}, Params.NONE));
          }
          results[k] = java.util.Arrays.copyOf((float[]) CpuStorage.array(out), n);
        }
        for (int k = 1; k < results.length; k++) {
          assertTrue(java.util.Arrays.equals(results[0], results[k]));
        }
      }
    } finally {
      Workers.setThreads(before);
    }
  }

  @Test
  @DisplayName("the lean entries take the operands in the program's order, and any layout")
  void lean() {
    Expr a = Expr.input(0, ComputeType.F32);
    Expr b = Expr.input(1, ComputeType.F32);
    List<ComputeType> types = List.of(ComputeType.F32, ComputeType.F32);
    Random random = new Random(5);
    for (Form form : Form.values()) {
      Operand x = Operands.of(DType.F32, form, 6, 9, random);
      Operand y = Operands.of(DType.F32, Form.CONTIGUOUS, 6, 9, random);
      Operand out = Operands.of(DType.F32, Form.CONTIGUOUS, 6, 9, random);
      for (Expr e :
          List.of(
              Expr.of(ScalarOp.SUB, a, b),
              Expr.of(ScalarOp.SUB, b, a),
              Expr.of(ScalarOp.SUB, b, b),
              Expr.of(ScalarOp.ABS, b),
              Expr.of(ScalarOp.ABS, a))) {
        Program p = Program.of(types, e);
        long[][] want =
            Interpreter.run(
                p,
                new Operand[] {x, y},
                out.layout().shape(),
                new DType[] {DType.F32},
                Params.NONE);
        Operands.CPU.run(p, x, y, out);
        for (int i = 0; i < 54; i++) {
          assertTrue(
              Interpreter.same(ComputeType.F32, want[0][i], Interpreter.read(out, i)),
              form + " " + e);
        }
      }
    }
  }

  @Test
  @DisplayName("nothing happens over an empty shape, and a 0-dim one has one element")
  void emptyAndZeroDim() {
    Program neg =
        Program.of(List.of(ComputeType.F32), Expr.of(ScalarOp.NEG, Expr.input(0, ComputeType.F32)));
    Operand empty =
        new Operand(Operands.CPU.allocate(DType.F32, 0), DType.F32, Layout.of(Shape.of(3, 0, 2)));
    Operands.CPU.run(neg, empty, empty);
    Operand one =
        new Operand(Operands.CPU.allocate(DType.F32, 1), DType.F32, Layout.of(Shape.SCALAR));
    ((float[]) CpuStorage.array(one))[0] = 4;
    Operands.CPU.run(neg, one, one);
    assertEquals(-4f, ((float[]) CpuStorage.array(one))[0]);
  }
}
