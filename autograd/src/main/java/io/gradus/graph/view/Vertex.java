package io.gradus.graph.view;

import io.gradus.tensor.layout.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One box of the picture.
 *
 * @param kind what it stands for
 * @param label the name of the leaf, the operation such as {@code Mm}, or the name of the result
 * @param node the node of the graph in full, such as {@code MmBackward0}
 * @param shape of its result; null where nobody knows
 * @param operands the indices in {@link GraphView#vertices} of what it was computed of
 */
public record Vertex(
    Kind kind, String label, String node, @Nullable Shape shape, List<Integer> operands) {
  /** What a box stands for. */
  public enum Kind {
    /** A tensor that gradients are accumulated in. */
    LEAF,
    /** A recorded operation. */
    OPERATION,
    /** A tensor that the graph was asked of. */
    RESULT
  }

  /** The shape as text; empty where nobody knows. */
  String shapeText() {
    return shape == null ? "" : shape.toString();
  }
}
