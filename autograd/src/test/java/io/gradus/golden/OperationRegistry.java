package io.gradus.golden;

import io.gradus.Out;
import io.gradus.Tensor;
import io.gradus.golden.table.Tables;
import io.gradus.tensor.dtype.DType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Our operation for each name of PyTorch's.
 *
 * <p>A name that is not registered is looked for among the methods of {@link Tensor} and of the
 * classes for its prefix ({@code linalg.}, {@code nn.functional.} …), in camel case. So only two
 * things belong here: signatures of operations that golden files call with named arguments, and
 * operations whose Java form differs.
 */
public final class OperationRegistry {
  /** One operation. */
  @FunctionalInterface
  public interface Operation {
    /** The result: a tensor, a number, or a list. */
    @Nullable Object call(Arguments arguments);
  }

  /** Operations that PyTorch has for two numbers too, where the result is a tensor. */
  private static final Set<String> OF_NUMBERS =
      Set.of("add", "sub", "mul", "div", "true_divide", "floor_divide");

  private final Map<String, Operation> operations = new HashMap<>();
  private final Map<String, Signature> signatures = new HashMap<>();
  private final Map<String, String> names = new HashMap<>();
  private final Set<String> numbers = new HashSet<>();

  /** A registry without entries of its own. */
  public OperationRegistry() {}

  /** What is known of all operations. */
  public static OperationRegistry core() {
    OperationRegistry r = new OperationRegistry();
    CoreOperations.register(r);
    Tables.register(r);
    return r;
  }

  /** Adds or replaces an operation. */
  public OperationRegistry add(String name, Operation operation) {
    operations.put(name, operation);
    return this;
  }

  /** Names the parameters of an operation, see {@link Signature}. */
  public OperationRegistry signature(String name, String parameters) {
    signatures.put(name, Signature.parse(parameters));
    return this;
  }

  /** Gives several operations the same parameters. */
  public OperationRegistry signatures(String parameters, String... operations) {
    for (String name : operations) {
      signature(name, parameters);
    }
    return this;
  }

  /** Says that PyTorch's {@code name} is our method {@code ours}. */
  public OperationRegistry rename(String name, String ours) {
    names.put(name, ours);
    return this;
  }

  /** Operations of which either operand may be a plain number. */
  public OperationRegistry numbers(String... operations) {
    numbers.addAll(List.of(operations));
    return this;
  }

  /** Whether we have the operation at all, for whatever arguments. */
  public boolean exists(String name) {
    return operations.containsKey(name) || !ReflectiveCalls.named(name, ours(name)).isEmpty();
  }

  private String ours(String name) {
    String given = names.get(name);
    if (given != null) {
      return given;
    }
    String base = base(name);
    return names.containsKey(base) && !base.equals(name)
        ? names.get(base) + "_"
        : ReflectiveCalls.camelCase(name.substring(name.lastIndexOf('.') + 1));
  }

  /** The name of the form that is not in place. */
  static String base(String name) {
    return name.endsWith("_") && !name.endsWith("__") ? name.substring(0, name.length() - 1) : name;
  }

  /**
   * Calls an operation.
   *
   * @throws NoOverloadException if we have none for these arguments
   * @throws UnsupportedOperationException if we have none of this name
   */
  public @Nullable Object call(String name, Arguments arguments) {
    return Scopes.call(() -> called(name, arguments));
  }

  private @Nullable Object called(String name, Arguments arguments) {
    if (arguments.named().get("out") instanceof Tensor target) {
      Map<String, @Nullable Object> rest = new HashMap<>(arguments.named());
      rest.remove("out");
      return callInto(name, new Arguments(arguments.positional(), rest), target);
    }
    Signature signature = signatures.getOrDefault(name, signatures.get(base(name)));
    Operation known = operations.get(name);
    if (known != null) {
      Arguments all = signature == null ? arguments : signature.named(arguments);
      if (signature != null) {
        signature.checkNames(name, arguments);
      }
      return ReflectiveCalls.normal(known.call(all));
    }
    String ours = ours(name);
    if (ReflectiveCalls.named(name, ours).isEmpty()) {
      throw new UnsupportedOperationException("no operation " + name);
    }
    List<List<@Nullable Object>> spellings = new ArrayList<>();
    if (signature != null) {
      spellings = signature.spellings(name, arguments);
    } else if (arguments.named().isEmpty()) {
      spellings.add(arguments.positional());
    } else {
      throw new NoOverloadException(name + ": no signature for " + arguments.named().keySet());
    }
    try {
      return ReflectiveCalls.call(name, ours, spellings);
    } catch (NoOverloadException e) {
      Arguments converted = signature == null ? null : signature.converted(arguments);
      if (converted == null && numbers.contains(name)) {
        converted = NumberOperands.wrapped(arguments, OF_NUMBERS.contains(name));
      }
      if (converted == null) {
        throw e;
      }
      return call(name, converted);
    }
  }

  /** Whether our {@link Out} has a method for the operation. */
  boolean writesTo(String name) {
    return !ReflectiveCalls.methods(Out.class, ours(name)).isEmpty();
  }

  /**
   * Calls an operation so that its result goes into a tensor: by the method of {@link Out} for it,
   * or by {@link Out#of}.
   */
  @Nullable Object callInto(String name, Arguments arguments, Tensor target) {
    Signature signature = signatures.get(name);
    // Where the order of the arguments is another one, only the entry itself knows it.
    if (writesTo(name)
        && !operations.containsKey(name)
        && (signature != null || arguments.named().isEmpty())) {
      try {
        return ReflectiveCalls.on(
            Tensor.out(target),
            ours(name),
            signature == null
                ? List.of(arguments.positional())
                : signature.spellings(name, arguments));
      } catch (NoOverloadException e) {
        // Some forms, with a dtype for example, have no method of their own.
      }
    }
    return Tensor.out(target).of(() -> (Tensor) Objects.requireNonNull(call(name, arguments)));
  }

  /** The conversion to a dtype, under its PyTorch name. */
  public static Operation to(DType dtype) {
    return a -> a.tensor(0, "self").to(dtype);
  }
}
