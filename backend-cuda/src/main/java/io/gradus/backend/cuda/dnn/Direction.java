package io.gradus.backend.cuda.dnn;

/**
 * What cuDNN computes of a convolution {@code y = x * w}. Its functions take two of the three, the
 * descriptor, and the third as the result, in this order.
 */
enum Direction {
  /** y from x and w. */
  FORWARD("Forward", Part.X, Part.W, Part.Y),
  /** The gradient at x from w and that at y. */
  DATA("BackwardData", Part.W, Part.Y, Part.X),
  /** The gradient at w from x and that at y. */
  FILTER("BackwardFilter", Part.X, Part.Y, Part.W);

  /** What a convolution is made of. */
  enum Part {
    X,
    W,
    Y
  }

  private final String name;
  final Part first;
  final Part second;
  final Part result;

  Direction(String name, Part first, Part second, Part result) {
    this.name = name;
    this.first = first;
    this.second = second;
    this.result = result;
  }

  /** The function that queues it. */
  String function() {
    return "cudnnConvolution" + name;
  }

  /** The function that lists algorithms, the quickest first. */
  String algorithms() {
    return "cudnnGetConvolution" + name + "Algorithm_v7";
  }

  /** The function that says how much memory one of them needs. */
  String workspace() {
    return "cudnnGetConvolution" + name + "WorkspaceSize";
  }
}
