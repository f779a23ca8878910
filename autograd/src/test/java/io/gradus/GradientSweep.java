package io.gradus;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.gradus.GradCheck.Checked;
import io.gradus.tensor.error.TensorException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Checks first and second derivatives of operations over the ways in which their operands may lie
 * in memory.
 *
 * <p>A case is named by the method that it checks, then a blank and what is special about it. Forms
 * that change an operand's shape are checked where the operation accepts them: first for the first
 * operand alone, then for all of them.
 */
final class GradientSweep {
  private record Case(String name, Checked f, long[][] shapes, Set<LayoutForm> without) {}

  private final List<Case> cases = new ArrayList<>();

  /** A function of one tensor. */
  GradientSweep one(String name, UnaryOperator<Tensor> f, long... shape) {
    return list(name, in -> List.of(f.apply(in.get(0))), shape);
  }

  /** A function of two tensors. */
  GradientSweep two(String name, BinaryOperator<Tensor> f, long[] a, long[] b) {
    return list(name, in -> List.of(f.apply(in.get(0), in.get(1))), a, b);
  }

  /** A function of several tensors with several results. */
  GradientSweep list(String name, Checked f, long[]... shapes) {
    cases.add(new Case(name, f, shapes, EnumSet.noneOf(LayoutForm.class)));
    return this;
  }

  /** Leaves a form of the last case out, for a reason. */
  GradientSweep except(LayoutForm form, String reason) {
    assertTrue(!reason.isBlank());
    cases.getLast().without().add(form);
    return this;
  }

  /** The methods that are checked. */
  Stream<String> methods() {
    return cases.stream().map(c -> c.name().split(" ")[0]);
  }

  /** A test for each case and form. */
  Stream<DynamicTest> tests() {
    List<DynamicTest> all = new ArrayList<>();
    for (Case c : cases) {
      for (LayoutForm form : LayoutForm.values()) {
        if (!c.without().contains(form) && fits(c, form)) {
          all.add(dynamicTest(c.name() + ", " + form, () -> check(c, form)));
        }
      }
    }
    return all.stream();
  }

  private static boolean fits(Case c, LayoutForm form) {
    if (form == LayoutForm.BROADCAST && c.shapes().length == 1) {
      return false;
    }
    for (long[] shape : c.shapes()) {
      if (form.fits(shape.length)) {
        return true;
      }
    }
    return false;
  }

  private static void check(Case c, LayoutForm form) {
    if (form.keepsShape()) {
      check(c, form, c.shapes().length);
      return;
    }
    checkIfAccepted(c, form, 1);
    if (c.shapes().length > 1 && form != LayoutForm.BROADCAST) {
      checkIfAccepted(c, form, c.shapes().length);
    }
  }

  private static void checkIfAccepted(Case c, LayoutForm form, int count) {
    try {
      var unused = bind(c, form, count).apply(List.of(leaves(c, form, count)));
    } catch (TensorException notLegal) {
      return;
    }
    check(c, form, count);
  }

  private static void check(Case c, LayoutForm form, int count) {
    Checked f = bind(c, form, count);
    assertTrue(GradCheck.gradcheck(f, leaves(c, form, count)));
    assertTrue(GradCheck.gradgradcheck(f, leaves(c, form, count)));
  }

  private static LayoutForm of(Case c, LayoutForm form, int k, int count) {
    return k < count && form.fits(c.shapes()[k].length) ? form : LayoutForm.CONTIGUOUS;
  }

  private static Checked bind(Case c, LayoutForm form, int count) {
    return in -> {
      List<Tensor> operands = new ArrayList<>();
      for (int k = 0; k < in.size(); k++) {
        operands.add(of(c, form, k, count).view(in.get(k), c.shapes()[k]));
      }
      return c.f().apply(operands);
    };
  }

  private static Tensor[] leaves(Case c, LayoutForm form, int count) {
    Tensor[] leaves = new Tensor[c.shapes().length];
    for (int k = 0; k < leaves.length; k++) {
      leaves[k] = sample(k, of(c, form, k, count).leaf(c.shapes()[k]));
    }
    return leaves;
  }

  /** Distinct numbers of both signs, with 0.15 to 1.35 as magnitude. */
  static Tensor sample(int k, long... shape) {
    int n = 1;
    for (long size : shape) {
      n *= (int) size;
    }
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      // Multiples of unrelated irrational numbers spread evenly and never meet, nor do their
      // differences.
      double unit = ((i + 1) * (i + 2) * 0.6180339887498949 + k * 0.4142135623730951) % 1;
      double magnitude = 0.15 + 1.2 * unit;
      values[i] = (i + k) % 3 == 1 ? -magnitude : magnitude;
    }
    return Tensor.tensor(values).view(shape).detach().requiresGrad_();
  }

  /** A shape. */
  static long[] of(long... shape) {
    return shape;
  }
}
