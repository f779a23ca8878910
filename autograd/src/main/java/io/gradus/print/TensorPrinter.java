package io.gradus.print;

import io.gradus.Options;
import io.gradus.Parameter;
import io.gradus.Tensor;
import io.gradus.graph.GradMode;
import io.gradus.graph.Node;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.ReleasedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Writes tensors as PyTorch's {@code _tensor_str.py} does, character by character. */
public final class TensorPrinter {
  private static final String PREFIX = "tensor(";

  private final PrintOptions options;
  private final boolean summarize;
  private final long[] sizes;
  private final long[] shown;
  private final String[] elements;
  private final int width;

  private TensorPrinter(Tensor t, PrintOptions options) {
    this.options = options;
    this.summarize = t.numel() > options.threshold();
    this.sizes = t.shape().toArray();
    Tensor visible = t;
    for (int d = 0; summarize && d < sizes.length; d++) {
      visible = edges(visible, d, options.edgeitems());
    }
    this.shown = visible.shape().toArray();
    if (t.dtype().isFloating()) {
      double[] values = visible.doubleArray();
      NumberFormat format = new NumberFormat(values, options);
      this.elements = Arrays.stream(values).mapToObj(format::format).toArray(String[]::new);
      this.width = format.width();
    } else {
      long[] values = visible.longArray();
      String[] texts =
          Arrays.stream(values)
              .mapToObj(v -> t.dtype() != DType.BOOL ? Long.toString(v) : v != 0 ? "True" : "False")
              .toArray(String[]::new);
      NumberFormat format = new NumberFormat(texts);
      this.elements = Arrays.stream(texts).map(format::pad).toArray(String[]::new);
      this.width = format.width();
    }
  }

  /** The text of a tensor with the options in force; of a released one that it is that. */
  public static String print(Tensor t) {
    try {
      return print(t, PrintOptions.get());
    } catch (ReleasedException e) {
      return "tensor(released, size=%s, dtype=torch.%s)".formatted(size(t), t.dtype().longName());
    }
  }

  /** The text of a tensor. */
  public static String print(Tensor t, PrintOptions options) {
    List<String> suffixes = new ArrayList<>();
    if (!t.device().type().equals("cpu")) {
      suffixes.add("device='" + t.device().name() + "'");
    }
    DType usual = Tensor.defaultDtype();
    String dtype = "dtype=torch." + t.dtype().longName();
    String contents;
    try (GradMode.Scope _ = GradMode.noGrad()) {
      if (t.numel() == 0) {
        // Without elements the dtype cannot be seen, so it is always told.
        if (t.dim() != 1) {
          suffixes.add("size=" + size(t));
        }
        if (t.dtype() != usual) {
          suffixes.add(dtype);
        }
        contents = "[]";
      } else {
        if (options.edgeitems() == 0) {
          suffixes.add("size=" + size(t));
        }
        if (t.dtype() != usual && t.dtype() != DType.I64 && t.dtype() != DType.BOOL) {
          suffixes.add(dtype);
        }
        contents = new TensorPrinter(t.detach(), options).nested(0, 0, PREFIX.length());
      }
    }
    Node node = t.gradFn();
    if (node != null) {
      suffixes.add("grad_fn=" + node);
    } else if (t.requiresGrad()) {
      suffixes.add("requires_grad=True");
    }
    String text = withSuffixes(PREFIX + contents, suffixes, options.linewidth());
    return t instanceof Parameter ? "Parameter containing:\n" + text : text;
  }

  private static String size(Tensor t) {
    long[] sizes = t.shape().toArray();
    return sizes.length == 1
        ? "(" + sizes[0] + ",)"
        : Arrays.stream(sizes).mapToObj(Long::toString).collect(Collectors.joining(", ", "(", ")"));
  }

  /** The first and the last elements along a dimension, where there are more than those. */
  private static Tensor edges(Tensor t, int dim, int items) {
    long size = t.size(dim);
    if (size <= 2L * items) {
      return t;
    }
    Tensor both =
        Tensor.empty(
            new Options(t.dtype(), t.device(), false), t.shape().with(dim, 2L * items).toArray());
    both.narrow(dim, 0, items).copy_(t.narrow(dim, 0, items));
    both.narrow(dim, items, items).copy_(t.narrow(dim, size - items, items));
    return both;
  }

  private boolean cut(int dim) {
    return summarize && sizes[dim] > 2L * options.edgeitems();
  }

  /** The elements of dimension {@code dim} and below, from an index of the shown elements on. */
  private String nested(int dim, int at, int indent) {
    int rank = shown.length;
    if (rank == 0) {
      return elements[0];
    }
    if (dim == rank - 1) {
      return vector(at, indent);
    }
    int step = 1;
    for (int d = dim + 1; d < rank; d++) {
      step *= (int) shown[d];
    }
    List<String> slices = new ArrayList<>();
    for (int i = 0; i < shown[dim]; i++) {
      if (cut(dim) && i == options.edgeitems()) {
        slices.add("...");
      }
      slices.add(nested(dim + 1, at + i * step, indent + 1));
    }
    if (cut(dim) && options.edgeitems() == 0) {
      slices.add("...");
    }
    String between = "," + "\n".repeat(rank - dim - 1) + " ".repeat(indent + 1);
    return "[" + String.join(between, slices) + "]";
  }

  private String vector(int at, int indent) {
    List<String> data = new ArrayList<>();
    if (summarize && options.edgeitems() == 0) {
      data.add("...");
    } else {
      for (int i = 0; i < shown[shown.length - 1]; i++) {
        if (cut(shown.length - 1) && i == options.edgeitems()) {
          data.add(" ...");
        }
        data.add(elements[at + i]);
      }
    }
    int perLine = Math.max(1, Math.floorDiv(options.linewidth() - indent, width + 2));
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < data.size(); i += perLine) {
      lines.add(String.join(", ", data.subList(i, Math.min(i + perLine, data.size()))));
    }
    return "[" + String.join(",\n" + " ".repeat(indent + 1), lines) + "]";
  }

  private static String withSuffixes(String text, List<String> suffixes, int linewidth) {
    StringBuilder all = new StringBuilder(text);
    int column = text.length() - text.lastIndexOf('\n') + 1;
    int indent = PREFIX.length();
    for (String suffix : suffixes) {
      if (column + suffix.length() + 2 > linewidth) {
        all.append(",\n").append(" ".repeat(indent)).append(suffix);
        column = indent + suffix.length();
      } else {
        all.append(", ").append(suffix);
        column += suffix.length() + 2;
      }
    }
    return all.append(')').toString();
  }
}
