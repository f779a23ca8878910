package io.gradus.exec;

import io.gradus.Tensor;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.ShapeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/**
 * Sums of products named by letters: operands are multiplied from left to right, each time as one
 * batched matrix product.
 */
public final class Einsum {
  private Einsum() {}

  /** A tensor whose dimensions have names; those of an ellipsis are negative. */
  private record Named(Tensor tensor, List<Integer> labels) {}

  /** See {@link Tensor#einsum}. */
  public static Tensor run(String equation, List<Tensor> operands) {
    String text = equation.replace(" ", "");
    int arrow = text.indexOf("->");
    String[] inputs = (arrow < 0 ? text : text.substring(0, arrow)).split(",", -1);
    if (inputs.length != operands.size()) {
      throw new InvalidArgumentException(
          "[einsum] einsum(): the number of subscripts in the equation (%d) does not match the number of operands (%d): %s"
              .formatted(inputs.length, operands.size(), equation));
    }
    List<Named> named = new ArrayList<>();
    TreeMap<Integer, Integer> uses = new TreeMap<>();
    int hidden = 0;
    for (int i = 0; i < inputs.length; i++) {
      Tensor operand = operands.get(i);
      List<Integer> labels = labels(inputs[i], operand.dim(), equation);
      if (labels.size() != operand.dim()) {
        throw new ShapeException(
            "[einsum] einsum(): the number of subscripts in '%s' does not match the number of dimensions (%d) of operand %d: shape %s in %s"
                .formatted(inputs[i], operand.dim(), i, operand.shape(), equation));
      }
      hidden = Math.max(hidden, (int) labels.stream().filter(l -> l < 0).count());
      labels.stream().filter(l -> l >= 0).forEach(l -> uses.merge(l, 1, Integer::sum));
      named.add(diagonals(new Named(operands.get(i), labels)));
    }
    List<Integer> output = new ArrayList<>();
    if (arrow < 0) {
      for (int l = -hidden; l < 0; l++) {
        output.add(l);
      }
      uses.forEach(
          (l, n) -> {
            if (n == 1) {
              output.add(l);
            }
          });
    } else {
      output.addAll(labels(text.substring(arrow + 2), -hidden, equation));
      for (int l : output) {
        if (l >= 0 && !uses.containsKey(l)) {
          throw new InvalidArgumentException(
              "[einsum] einsum(): output subscript %c does not appear in the equation for any input operand: %s"
                  .formatted((char) l, equation));
        }
      }
    }
    Named all = named.get(0);
    for (int i = 1; i < named.size(); i++) {
      all = multiply(all, named.get(i), keep(output, named.subList(i + 1, named.size())));
    }
    return arrange(reduce(all, output), output);
  }

  /**
   * The labels of one subscript.
   *
   * @param rank of the operand; if not positive, minus the dimensions of the ellipsis
   */
  private static List<Integer> labels(String subscript, int rank, String equation) {
    List<Integer> labels = new ArrayList<>();
    String letters = subscript.replace("...", "");
    int dots = subscript.indexOf("...");
    int rest = rank > 0 || dots < 0 ? rank - letters.length() : -rank;
    if (rank == 0 && letters.isEmpty()) {
      rest = 0;
    }
    for (int i = 0; i < letters.length(); i++) {
      if (!Character.isLetter(letters.charAt(i))) {
        throw new InvalidArgumentException(
            "[einsum] einsum(): invalid subscript given, subscripts must be in [a-zA-Z]: '%s' in %s"
                .formatted(subscript, equation));
      }
    }
    for (int i = 0; i <= letters.length(); i++) {
      if (i == dots) {
        for (int l = -rest; l < 0; l++) {
          labels.add(l);
        }
      }
      if (i < letters.length()) {
        labels.add((int) letters.charAt(i));
      }
    }
    return labels;
  }

  private static List<Integer> keep(List<Integer> output, List<Named> later) {
    List<Integer> all = new ArrayList<>(output);
    later.forEach(n -> all.addAll(n.labels()));
    return all;
  }

  /** A label that an operand has twice means its diagonal. */
  private static Named diagonals(Named n) {
    Tensor t = n.tensor();
    List<Integer> labels = new ArrayList<>(n.labels());
    for (int i = 0; i < labels.size(); i++) {
      int j = labels.lastIndexOf(labels.get(i));
      if (j > i) {
        if (t.size(i) != t.size(j)) {
          throw new ShapeException(
              "[einsum] einsum(): subscript %c is repeated but the sizes don't match: %d and %d of an operand of shape %s"
                  .formatted((char) (int) labels.get(i), t.size(i), t.size(j), n.tensor().shape()));
        }
        Integer label = labels.get(i);
        t = t.diagonal(0, i, j);
        labels.remove(j);
        labels.remove(i);
        labels.add(label);
        i = -1;
      }
    }
    return new Named(t, labels);
  }

  /** Sums over labels that nobody needs any more. */
  private static Named reduce(Named n, List<Integer> needed) {
    List<Integer> labels = new ArrayList<>();
    List<Integer> gone = new ArrayList<>();
    for (int i = 0; i < n.labels().size(); i++) {
      if (needed.contains(n.labels().get(i))) {
        labels.add(n.labels().get(i));
      } else {
        gone.add(i);
      }
    }
    return gone.isEmpty()
        ? n
        : new Named(n.tensor().sum(gone.stream().mapToInt(i -> i).toArray(), false), labels);
  }

  private static Named multiply(Named left, Named right, List<Integer> needed) {
    List<Integer> keepLeft = new ArrayList<>(needed);
    keepLeft.addAll(right.labels());
    List<Integer> keepRight = new ArrayList<>(needed);
    keepRight.addAll(left.labels());
    Named a = reduce(left, keepLeft);
    Named b = reduce(right, keepRight);
    List<Integer> batch = new ArrayList<>();
    List<Integer> summed = new ArrayList<>();
    List<Integer> rows = new ArrayList<>();
    List<Integer> columns = new ArrayList<>();
    for (int l : a.labels()) {
      (!b.labels().contains(l) ? rows : needed.contains(l) ? batch : summed).add(l);
    }
    for (int l : b.labels()) {
      if (!a.labels().contains(l)) {
        columns.add(l);
      }
    }
    TreeMap<Integer, Long> sizes = sizes(a, b);
    Tensor x = flat(a, List.of(batch, rows, summed), sizes);
    Tensor y = flat(b, List.of(batch, summed, columns), sizes);
    List<Integer> labels = new ArrayList<>(batch);
    labels.addAll(rows);
    labels.addAll(columns);
    long[] shape = labels.stream().mapToLong(sizes::get).toArray();
    // A product without a sum promotes, as between a sum of u8, which is i64, and a u8.
    Tensor product = summed.isEmpty() ? x.mul(y) : x.bmm(y);
    return new Named(product.reshape(shape), labels);
  }

  private static String text(int label) {
    return label < 0 ? "a dimension of the ellipsis" : "subscript " + (char) label;
  }

  private static TreeMap<Integer, Long> sizes(Named a, Named b) {
    TreeMap<Integer, Long> sizes = new TreeMap<>();
    for (Named n : List.of(a, b)) {
      for (int i = 0; i < n.labels().size(); i++) {
        long size = n.tensor().size(i);
        Long other = sizes.get(n.labels().get(i));
        if (other != null && other != size && other != 1 && size != 1) {
          throw new ShapeException(
              "[einsum] einsum(): operands do not broadcast with remapped shapes: sizes %d and %d for %s, of an operand of shape %s and those before it"
                  .formatted(other, size, text(n.labels().get(i)), b.tensor().shape()));
        }
        sizes.merge(n.labels().get(i), size, (p, q) -> p == 1 ? q : p);
      }
    }
    return sizes;
  }

  /** The groups of labels as one dimension each. */
  private static Tensor flat(Named n, List<List<Integer>> groups, TreeMap<Integer, Long> sizes) {
    List<Integer> order = new ArrayList<>();
    long[] shape = new long[groups.size()];
    for (int i = 0; i < shape.length; i++) {
      order.addAll(groups.get(i));
      shape[i] = groups.get(i).stream().mapToLong(sizes::get).reduce(1, (p, q) -> p * q);
    }
    int[] dims = order.stream().mapToInt(n.labels()::indexOf).toArray();
    long[] full = order.stream().mapToLong(sizes::get).toArray();
    return n.tensor().permute(dims).expand(full).reshape(shape);
  }

  private static Tensor arrange(Named n, List<Integer> output) {
    int[] dims = output.stream().mapToInt(n.labels()::indexOf).toArray();
    if (Arrays.stream(dims).anyMatch(d -> d < 0)) {
      throw new InvalidArgumentException("[einsum] einsum(): an output subscript has no operand");
    }
    return n.tensor().permute(dims);
  }
}
