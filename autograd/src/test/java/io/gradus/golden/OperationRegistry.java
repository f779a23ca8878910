package io.gradus.golden;

import io.gradus.Tensor;
import io.gradus.tensor.dtype.DType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Our operation for each name of PyTorch's.
 *
 * <p>A name that is not registered is looked for among the methods of {@link Tensor}, in camel
 * case. So only two things belong here: signatures of operations that golden files call with named
 * arguments, and operations whose Java form differs.
 */
public final class OperationRegistry {
  /** One operation. */
  @FunctionalInterface
  public interface Operation {
    /** The result: a tensor, a number, or a list. */
    @Nullable Object call(Arguments arguments);
  }

  private final Map<String, Operation> operations = new HashMap<>();
  private final Map<String, List<String>> signatures = new HashMap<>();

  /** A registry without entries of its own. */
  public OperationRegistry() {}

  /** What is known of the core operations. */
  public static OperationRegistry core() {
    OperationRegistry r = new OperationRegistry();
    CoreOperations.register(r);
    return r;
  }

  /** Adds or replaces an operation. */
  public OperationRegistry add(String name, Operation operation) {
    operations.put(name, operation);
    return this;
  }

  /** Says in which order the named arguments of an operation follow the tensor. */
  public OperationRegistry signature(String name, String... parameters) {
    signatures.put(name, List.of(parameters));
    return this;
  }

  /**
   * Calls an operation.
   *
   * @throws UnsupportedOperationException if we have none for these arguments
   */
  public @Nullable Object call(String name, Arguments arguments) {
    Operation known = operations.get(name);
    if (known != null) {
      return ReflectiveCalls.normal(known.call(arguments));
    }
    List<String> signature = signatures.get(name);
    Arguments all = signature == null ? arguments : arguments.ordered(signature);
    if (!all.named().isEmpty()) {
      throw new UnsupportedOperationException(
          "no signature of " + name + " with " + all.named().keySet());
    }
    return ReflectiveCalls.call(name, all.positional());
  }

  /** The conversion to a dtype, under its PyTorch name. */
  static Operation to(DType dtype) {
    return a -> a.tensor(0, "self").to(dtype);
  }
}
