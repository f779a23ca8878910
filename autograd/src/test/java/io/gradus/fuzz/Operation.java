package io.gradus.fuzz;

import io.gradus.Out;
import io.gradus.OutPair;
import io.gradus.Tensor;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A public method that the fuzz test may call.
 *
 * @param method what is called
 * @param maker of the module that it is called on; null for methods of tensors and static ones
 */
record Operation(Method method, @Nullable Constructor<?> maker) implements Comparable<Operation> {
  /** Write into what they are called on although their names do not say so. */
  private static final Set<String> WRITERS = Set.of("set", "setData", "setGrad", "retainGrad");

  /** May answer with an operand or a view of it: documented, or PyTorch does. */
  private static final Set<String> SHARING =
      Set.of(
          "view",
          "reshape",
          "contiguous",
          "transpose",
          "t",
          "T",
          "mT",
          "adjoint",
          "H",
          "mH",
          "permute",
          "expand",
          "expandAs",
          "broadcastTo",
          "select",
          "narrow",
          "unsqueeze",
          "squeeze",
          "flatten",
          "unflatten",
          "movedim",
          "moveaxis",
          "swapaxes",
          "swapdims",
          "viewAs",
          "reshapeAs",
          "ravel",
          "slice",
          "diagonal",
          "unfold",
          "asStrided",
          "atleast1d",
          "atleast2d",
          "atleast3d",
          "get",
          "detach",
          "data",
          "to",
          "toFloat",
          "toDouble",
          "toHalf",
          "toBfloat16",
          "toByte",
          "toChar",
          "toShort",
          "toInt",
          "toLong",
          "toBool",
          "typeAs",
          "chunk",
          "split",
          "tensorSplit",
          "hsplit",
          "vsplit",
          "dsplit",
          "unbind",
          "unpad",
          "real",
          "imag",
          "conj",
          "conjPhysical",
          "resolveConj",
          "resolveNeg",
          "positive",
          "self",
          "wrap",
          "asTensor",
          "broadcastTensors",
          "meshgrid",
          "grad",
          "sumToSize",
          "diag",
          "einsum",
          "index",
          "out",
          "dropout",
          "dropout1d",
          "dropout2d",
          "dropout3d",
          "alphaDropout",
          "featureAlphaDropout",
          "channelShuffle",
          "cartesianProd",
          "histogramdd",
          "pixelShuffle",
          "pixelUnshuffle");

  /** Keep running statistics in some of their operands. */
  private static final Set<String> UPDATING =
      Set.of("batchNorm", "batchNormWithStatistics", "instanceNorm");

  Operation(Method method) {
    this(method, null);
  }

  String name() {
    return method.getName();
  }

  boolean isStatic() {
    return Modifier.isStatic(method.getModifiers());
  }

  /** Whether it is called on the target of its result. */
  boolean hasTarget() {
    return !isStatic()
        && maker == null
        && (method.getDeclaringClass() == Out.class
            || method.getDeclaringClass() == OutPair.class
            || method.getDeclaringClass().getSimpleName().equals("ComposedOut"));
  }

  /** Whether the first tensor may be written. */
  boolean writes() {
    return updates() || name().endsWith("_") || WRITERS.contains(name());
  }

  /** Whether it may write all of its operands when it succeeds. */
  boolean updates() {
    return hasTarget() || UPDATING.contains(name());
  }

  boolean mayShare() {
    return maker != null || SHARING.contains(name());
  }

  /** Whether it belongs to a tensor. */
  boolean isMethod() {
    return !isStatic() && method.getDeclaringClass().isAssignableFrom(Tensor.class);
  }

  static String signature(Executable e) {
    String owner = e.getDeclaringClass().getSimpleName();
    return (e instanceof Constructor ? "new " + owner : owner + "." + e.getName())
        + Arrays.stream(e.getParameterTypes())
            .map(Class::getSimpleName)
            .collect(Collectors.joining(", ", "(", ")"));
  }

  @Override
  public int compareTo(Operation other) {
    return toString().compareTo(other.toString());
  }

  @Override
  public String toString() {
    return maker == null ? signature(method) : signature(maker) + "." + signature(method);
  }
}
