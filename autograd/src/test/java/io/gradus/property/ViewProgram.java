package io.gradus.property;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gradus.Index;
import io.gradus.Tensor;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.TensorException;
import io.gradus.tensor.layout.Slice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.DoubleBinaryOperator;

/** Makes views and writes through them, beside a model that does the same the naive way. */
final class ViewProgram {
  private record Pair(Tensor ours, ModelTensor model) {}

  private final Random random;
  private final DType dtype;
  private final List<Pair> live = new ArrayList<>();
  private final List<String> history = new ArrayList<>();

  ViewProgram(Random random) {
    this.random = random;
    this.dtype =
        switch (random.nextInt(4)) {
          case 0 -> DType.F32;
          case 1 -> DType.I32;
          case 2 -> DType.I64;
          default -> DType.F64;
        };
    for (int i = 0; i < 2; i++) {
      long[] shape = new long[random.nextInt(1, 4)];
      for (int d = 0; d < shape.length; d++) {
        shape[d] = random.nextInt(1, 5);
      }
      // Small whole numbers: all dtypes and orders of operations agree on them exactly.
      double[] values = new double[(int) Arbitrary.numel(shape)];
      Arrays.setAll(values, k -> random.nextInt(-9, 10));
      Tensor t = Tensor.tensor(values).to(dtype).clone().view(shape);
      live.add(new Pair(t, ModelTensor.of(values, shape)));
    }
  }

  /** Steps, and a comparison of everything after each of them. */
  void run(int steps) {
    check();
    for (int i = 0; i < steps; i++) {
      Pair p = live.get(random.nextInt(live.size()));
      try {
        if (random.nextInt(5) < 3) {
          look(p);
        } else {
          write(p);
        }
        check();
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError(dtype + "\n" + String.join("\n", history) + "\n" + e, e);
      }
      if (live.size() > 12) {
        live.remove(random.nextInt(live.size()));
      }
    }
  }

  private void add(String what, Tensor ours, ModelTensor model) {
    history.add(what + " " + Arrays.toString(model.shape()));
    live.add(new Pair(ours, model));
  }

  private static long[] permuted(long[] shape, int[] order) {
    long[] to = new long[shape.length];
    Arrays.setAll(to, d -> shape[order[d]]);
    return to;
  }

  private int[] order(int rank) {
    List<Integer> all = new ArrayList<>();
    for (int d = 0; d < rank; d++) {
      all.add(d);
    }
    java.util.Collections.shuffle(all, random);
    return all.stream().mapToInt(Integer::intValue).toArray();
  }

  private void look(Pair p) {
    Tensor t = p.ours;
    ModelTensor m = p.model;
    int rank = m.rank();
    if (rank == 0 || rank > 4) {
      add("reshape", t.reshape(-1), sharedOrNot(t, t.reshape(-1), m).reshaped(m.places().length));
      return;
    }
    int d = random.nextInt(rank);
    long n = m.shape()[d];
    switch (random.nextInt(15)) {
      case 0 -> {
        int[] order = order(rank);
        add(
            "permute" + Arrays.toString(order),
            t.permute(order),
            m.view(
                permuted(m.shape(), order),
                (v, s) -> {
                  for (int k = 0; k < order.length; k++) {
                    s[order[k]] = v[k];
                  }
                }));
      }
      case 1, 2 -> {
        if (n > 0) {
          long at = random.nextLong(n);
          long[] to = without(m.shape(), d);
          add(
              "select %d %d".formatted(d, at),
              t.select(d, random.nextBoolean() ? at : at - n),
              m.view(
                  to,
                  (v, s) -> {
                    insert(v, s, d);
                    s[d] = at;
                  }));
        }
      }
      case 3, 4, 5 -> {
        long from = random.nextLong(n + 1);
        long stop = from + random.nextLong(n - from + 1);
        long step = random.nextInt(1, 4);
        long[] to = m.shape().clone();
        to[d] = (stop - from + step - 1) / step;
        add(
            "slice %d %d:%d:%d".formatted(d, from, stop, step),
            t.slice(d, new Slice(from, stop, step)),
            m.view(
                to,
                (v, s) -> {
                  System.arraycopy(v, 0, s, 0, v.length);
                  s[d] = from + v[d] * step;
                }));
      }
      case 6 -> {
        long[] to = inserted(m.shape(), d, 1);
        add("unsqueeze " + d, t.unsqueeze(d), m.reshaped(to));
      }
      case 7 -> {
        long[] to = inserted(m.shape(), d, 3);
        add(
            "expand " + d,
            t.unsqueeze(d).expand(to),
            m.view(
                to,
                (v, s) -> {
                  System.arraycopy(v, 0, s, 0, d);
                  System.arraycopy(v, d + 1, s, d, s.length - d);
                }));
      }
      case 8 -> {
        Tensor flat = t.reshape(-1);
        add("reshape", flat, sharedOrNot(t, flat, m).reshaped(m.places().length));
      }
      case 9 -> {
        if (n % 2 == 0) {
          long[] to = inserted(m.shape(), d, 2);
          to[d + 1] = n / 2;
          add("unflatten " + d, t.unflatten(d, 2, n / 2), m.reshaped(to));
        }
      }
      case 10 -> {
        if (rank > 1) {
          int e = (d + 1) % rank;
          long[] to = without(m.shape(), Math.max(d, e));
          to = without(to, Math.min(d, e));
          long[] all = Arrays.copyOf(to, to.length + 1);
          all[to.length] = Math.min(n, m.shape()[e]);
          add(
              "diagonal %d %d".formatted(d, e),
              t.diagonal(0, d, e),
              m.view(
                  all,
                  (v, s) -> {
                    int k = 0;
                    for (int i = 0; i < s.length; i++) {
                      s[i] = i == d || i == e ? v[v.length - 1] : v[k++];
                    }
                  }));
        }
      }
      case 11 -> {
        if (n > 0) {
          long size = random.nextLong(1, n + 1);
          long step = random.nextInt(1, 3);
          long[] to = Arrays.copyOf(m.shape(), rank + 1);
          to[d] = (n - size) / step + 1;
          to[rank] = size;
          add(
              "unfold %d %d %d".formatted(d, size, step),
              t.unfold(d, size, step),
              m.view(
                  to,
                  (v, s) -> {
                    System.arraycopy(v, 0, s, 0, s.length);
                    s[d] = v[d] * step + v[v.length - 1];
                  }));
        }
      }
      case 12 -> strided(t, m);
      case 13 -> {
        if (random.nextBoolean()) {
          add("detach", t.detach(), m);
        } else {
          add("data", t.data(), m.uncounted());
        }
      }
      default -> {
        Tensor c = random.nextBoolean() ? t.contiguous() : t.clone();
        add("contiguous", c, sharedOrNot(t, c, m));
      }
    }
  }

  /** A view of the memory by explicit strides, that stays inside of it. */
  private void strided(Tensor t, ModelTensor m) {
    long[] shape = {random.nextInt(1, 4), random.nextInt(1, 4)};
    long[] strides = {random.nextInt(3), random.nextInt(3)};
    long offset = random.nextInt(3);
    if (offset + (shape[0] - 1) * strides[0] + (shape[1] - 1) * strides[1] >= m.memory().length) {
      return;
    }
    int[] places = Positions.of(shape, strides, offset);
    add(
        "asStrided %s %s %d".formatted(Arrays.toString(shape), Arrays.toString(strides), offset),
        t.asStrided(shape, strides, offset),
        new ModelTensor(m.memory(), places, shape, m.version()));
  }

  private static ModelTensor sharedOrNot(Tensor t, Tensor result, ModelTensor m) {
    return result.sameStorage(t)
        ? m
        : m.copy(Positions.of(result.shape().toArray(), result.stride(), result.storageOffset()));
  }

  private static long[] without(long[] shape, int d) {
    long[] to = new long[shape.length - 1];
    System.arraycopy(shape, 0, to, 0, d);
    System.arraycopy(shape, d + 1, to, d, to.length - d);
    return to;
  }

  private static long[] inserted(long[] shape, int d, long size) {
    long[] to = new long[shape.length + 1];
    System.arraycopy(shape, 0, to, 0, d);
    to[d] = size;
    System.arraycopy(shape, d, to, d + 1, shape.length - d);
    return to;
  }

  private static void insert(long[] v, long[] s, int d) {
    System.arraycopy(v, 0, s, 0, d);
    System.arraycopy(v, d, s, d + 1, v.length - d);
  }

  private void write(Pair p) {
    if (p.model.hasDuplicates()) {
      refused(p);
      return;
    }
    int number = random.nextInt(-2, 4);
    switch (random.nextInt(9)) {
      case 0 -> number("fill_", p, p.ours::fill_, number, (a, b) -> b);
      case 1 -> number("add_", p, p.ours::add_, number, Double::sum);
      case 2 -> number("mul_", p, p.ours::mul_, number, (a, b) -> a * b);
      case 3 -> number("clampMin_", p, p.ours::clampMin_, number, Math::max);
      case 4 -> {
        history.add("neg_ of " + Arrays.toString(p.model.shape()));
        p.ours.neg_();
        store(p.model, p.model.values(), (a, b) -> 0 - a);
      }
      case 5 -> {
        history.add("set ... of " + Arrays.toString(p.model.shape()));
        p.ours.set(number, Index.ELLIPSIS);
        store(p.model, p.model.values(), (a, b) -> number);
      }
      default -> tensor(p, live.get(random.nextInt(live.size())));
    }
  }

  private void number(
      String what, Pair p, Consumer<Number> ours, int number, DoubleBinaryOperator model) {
    history.add("%s %d of %s".formatted(what, number, Arrays.toString(p.model.shape())));
    ours.accept(number);
    double[] numbers = new double[p.model.places().length];
    Arrays.fill(numbers, number);
    store(p.model, numbers, model);
  }

  private void tensor(Pair p, Pair q) {
    long[] to = p.model.shape();
    long[] from = q.model.shape();
    boolean fits = from.length <= to.length;
    for (int d = 1; fits && d <= from.length; d++) {
      fits = from[from.length - d] == 1 || from[from.length - d] == to[to.length - d];
    }
    if (!fits) {
      return;
    }
    int[] at = Positions.broadcast(from, to);
    int[] operand = new int[at.length];
    Arrays.setAll(operand, i -> q.model.places()[at[i]]);
    boolean same = Arrays.equals(p.ours.stride(), q.ours.stride());
    if (p.model.entangledWith(q.model, operand, same)) {
      // Refused where it is noticed, else undefined; in no case is it defined what happens.
      return;
    }
    double[] values = new double[at.length];
    Arrays.setAll(values, i -> q.model.memory()[operand[i]]);
    String shapes = Arrays.toString(to) + " and " + Arrays.toString(from);
    switch (random.nextInt(3)) {
      case 0 -> {
        history.add("copy_ " + shapes);
        p.ours.copy_(q.ours);
        store(p.model, values, (a, b) -> b);
      }
      case 1 -> {
        history.add("sub_ " + shapes);
        p.ours.sub_(q.ours);
        store(p.model, values, (a, b) -> a - b);
      }
      default -> {
        history.add("maximum into " + shapes);
        p.ours.clampMin_(q.ours);
        store(p.model, values, Math::max);
      }
    }
  }

  /** What shows one element twice cannot be written. */
  private void refused(Pair p) {
    long[] strides = p.ours.stride();
    boolean visible = false;
    for (int d = 0; d < strides.length; d++) {
      visible |= strides[d] == 0 && p.model.shape()[d] > 1;
    }
    if (visible) {
      history.add("add_ to an expanded tensor");
      assertThrows(TensorException.class, () -> p.ours.add_(1));
    }
  }

  private void store(ModelTensor m, double[] operands, DoubleBinaryOperator f) {
    m.version()[0]++;
    for (int i = 0; i < operands.length; i++) {
      double exact = f.applyAsDouble(m.memory()[m.places()[i]], operands[i]);
      // Keep numbers small enough to be exact in every dtype.
      m.memory()[m.places()[i]] = exact + 0.0;
    }
  }

  /** Everything that is alive: values, layout, version, who shares memory with whom. */
  private void check() {
    boolean large = false;
    for (Pair p : live) {
      assertArrayEquals(p.model.shape(), p.ours.shape().toArray(), "shape");
      double[] ours = p.ours.to(DType.F64).doubleArray();
      assertArrayEquals(p.model.values(), plain(ours), "values");
      assertArrayEquals(
          p.model.places(),
          Positions.of(p.model.shape(), p.ours.stride(), p.ours.storageOffset()),
          "strides and offset");
      assertEquals(p.model.version()[0], p.ours.version(), "version");
      large |= Arrays.stream(ours).anyMatch(v -> Math.abs(v) > 1e5);
      for (Pair q : live) {
        assertEquals(p.model.memory() == q.model.memory(), p.ours.sameStorage(q.ours), "sharing");
      }
    }
    if (large) {
      live.removeIf(p -> Arrays.stream(p.model.values()).anyMatch(v -> Math.abs(v) > 1e5));
      while (live.isEmpty()) {
        live.add(
            new Pair(
                Tensor.zeros(io.gradus.Options.dtype(dtype), 2, 3),
                ModelTensor.of(new double[6], new long[] {2, 3})));
      }
    }
  }

  private static double[] plain(double[] values) {
    return Arrays.stream(values).map(v -> v + 0.0).toArray();
  }
}
