package io.gradus.fuzz;

import io.gradus.Autograd;
import io.gradus.Tensor;
import io.gradus.fusion.Fusion;
import io.gradus.graph.GradMode;
import io.gradus.nn.Module;
import io.gradus.tensor.backend.Device;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.DeviceException;
import io.gradus.tensor.error.TensorException;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** One call with arbitrary arguments, all of it following from a seed. */
final class FuzzCall {
  private final Random random;
  private final RandomTensors tensors;
  private final Operation operation;
  private final @Nullable Object receiver;
  private final @Nullable Tensor target;
  private final @Nullable Object[] arguments;
  private final @Nullable Object[] parts;
  private final String description;
  private final @Nullable Tensor written;
  private boolean refusedForDevices;

  FuzzCall(long seed, List<Operation> operations, List<Device> devices) {
    this.random = new Random(seed * 0x9E3779B97F4A7C15L);
    random.nextLong();
    this.operation = operations.get(random.nextInt(operations.size()));
    this.tensors = new RandomTensors(random, devices);
    this.target = operation.isStatic() || operation.maker() != null ? null : tensors.next();
    this.receiver =
        target == null || operation.isMethod()
            ? target
            : operation.method().getDeclaringClass().getSimpleName().equals("OutPair")
                ? Tensor.out(target, tensors.positions())
                : Tensor.out(target);
    RandomArguments made = new RandomArguments(random, tensors);
    this.arguments = made.of(operation.method());
    Constructor<?> maker = operation.maker();
    this.parts = maker == null ? new Object[0] : made.of(maker);
    this.written = operation.writes() ? target == null ? firstTensor() : target : null;
    this.description = describe();
  }

  private @Nullable Tensor firstTensor() {
    for (Object a : arguments) {
      if (a instanceof Tensor t) {
        return t;
      }
    }
    return null;
  }

  Operation operation() {
    return operation;
  }

  /** Whether it was refused since its operands are on two devices. */
  boolean wasRefusedForDevices() {
    return refusedForDevices;
  }

  /** The call with its arguments. */
  @Override
  public String toString() {
    return description;
  }

  /**
   * Makes the call, and what naturally follows it.
   *
   * @return whether it was accepted
   * @throws AssertionError where it broke a promise
   */
  boolean run() {
    List<String> before = contents();
    List<String> layouts = layouts();
    try (Fusion.Scope fusion =
        switch (random.nextInt(3)) {
          case 0 -> Fusion.off();
          case 1 -> Fusion.from(1);
          default -> Fusion.from(4096);
        }) {
      Object result = invoke();
      List<Tensor> results = new ArrayList<>();
      collect(result, results);
      for (Tensor t : results) {
        read(t);
      }
      checkContents(before, written, "a success");
      if (!operation.writes()) {
        require(layouts.equals(layouts()), "changed the layout of an operand");
        if (!operation.mayShare()) {
          checkOwnMemory(results);
        }
      }
      backward(results);
      checkContents(before, written, "backward");
      return true;
    } catch (TensorException e) {
      require(e.getMessage() != null && !e.getMessage().isBlank(), "failed without a message");
      checkContents(before, null, "the error " + e.getMessage());
      require(layouts.equals(layouts()), "changed a layout or version, then failed: " + e);
      refusedForDevices = isOfDevices(e);
      return false;
    }
  }

  private @Nullable Object invoke() {
    try {
      Constructor<?> maker = operation.maker();
      Object on = maker == null ? receiver : maker.newInstance(parts);
      if (maker != null && on instanceof Module m) {
        m.to(tensors.home());
      }
      return operation.method().invoke(on, arguments);
    } catch (InvocationTargetException e) {
      switch (e.getCause()) {
        case RuntimeException x -> throw x;
        case Error x -> throw x;
        case null, default -> throw new IllegalStateException(e);
      }
    } catch (IllegalAccessException | InstantiationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A refusal of backward is fine, but what it does to others is not. */
  private void backward(List<Tensor> results) {
    Tensor loss = null;
    for (Tensor t : results) {
      if (t.requiresGrad() && t.dtype().isFloating()) {
        Tensor sum = t.to(DType.F64).sum();
        loss = loss == null ? sum : loss.add(sum);
      }
    }
    if (loss == null) {
      return;
    }
    try {
      List<Tensor> inputs =
          tensors.made().stream().filter(t -> t.requiresGrad() && t.isLeaf()).toList();
      if (inputs.isEmpty()) {
        return;
      }
      for (Tensor g :
          Autograd.grad(List.of(loss), inputs, io.gradus.GradOptions.DEFAULT.allowUnused(true))) {
        if (g != null) {
          read(g);
        }
      }
    } catch (TensorException e) {
      require(e.getMessage() != null, "backward failed without a message");
      require(!isOfDevices(e), "accepted operands whose devices backward refuses: " + e);
    }
  }

  private static boolean isOfDevices(TensorException e) {
    return e instanceof DeviceException
        && String.valueOf(e.getMessage())
            .contains("Expected all tensors to be on the same device, but found at least two");
  }

  private void checkOwnMemory(List<Tensor> results) {
    for (Tensor r : results) {
      for (Tensor in : tensors.made()) {
        require(
            r.numel() == 0 || !RandomArguments.share(r, in),
            "answered with the memory of an operand " + layout(in));
      }
    }
  }

  private void checkContents(List<String> before, @Nullable Tensor target, String after) {
    List<String> now = contents();
    for (int i = 0; i < now.size() && i < before.size(); i++) {
      Tensor base = tensors.bases().get(i);
      if (!now.get(i).equals(before.get(i)) && (target == null || !mayWrite(base, target))) {
        throw new AssertionError(
            "overwrote an operand after " + after + ":\n" + before.get(i) + "\n" + now.get(i));
      }
    }
  }

  private boolean mayWrite(Tensor base, Tensor target) {
    // Indices of a pair of targets are written too.
    return operation.updates()
        || RandomArguments.share(base, target)
        || operation.name().startsWith("resize");
  }

  private List<String> contents() {
    List<String> all = new ArrayList<>();
    for (Tensor base : tensors.bases()) {
      all.add(read(base));
    }
    return all;
  }

  private List<String> layouts() {
    List<String> all = new ArrayList<>();
    for (Tensor t : tensors.made()) {
      all.add(layout(t) + " version " + t.version());
    }
    return all;
  }

  /** All bits as text. */
  private static String read(Tensor t) {
    if (t.numel() > 200_000) {
      return "large";
    }
    try (GradMode.Scope off = GradMode.noGrad()) {
      return t.dtype().isFloating()
          ? Arrays.toString(t.detach().to(DType.F64).doubleArray())
          : Arrays.toString(t.detach().to(DType.I64).longArray());
    }
  }

  private void require(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }

  private static void collect(@Nullable Object result, List<Tensor> into) {
    switch (result) {
      case Tensor t -> into.add(t);
      case Collection<?> c -> c.forEach(x -> collect(x, into));
      case Record r -> {
        for (RecordComponent part : r.getClass().getRecordComponents()) {
          try {
            collect(part.getAccessor().invoke(r), into);
          } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
          }
        }
      }
      case null, default -> {}
    }
  }

  private String describe() {
    StringBuilder text = new StringBuilder(operation.toString());
    if (target != null) {
      text.append("\n  on ").append(value(target));
    }
    for (Object a : parts) {
      text.append("\n  made of ").append(value(a));
    }
    for (Object a : arguments) {
      text.append("\n  ").append(value(a));
    }
    return text.toString();
  }

  private static String value(@Nullable Object a) {
    return switch (a) {
      case Tensor t -> {
        String values = read(t);
        yield layout(t)
            + (t.requiresGrad() ? " grad " : " ")
            + values.substring(0, Math.min(values.length(), 300));
      }
      case Collection<?> c -> c.stream().map(FuzzCall::value).toList().toString();
      case null -> "null";
      default -> {
        if (!a.getClass().isArray()) {
          yield a.getClass().getSimpleName() + " " + a;
        }
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < Array.getLength(a); i++) {
          parts.add(value(Array.get(a, i)));
        }
        yield a.getClass().getSimpleName() + " " + parts;
      }
    };
  }

  private static String layout(Tensor t) {
    return t.dtype()
        + " "
        + t.shape()
        + " strides "
        + Arrays.toString(t.stride())
        + " at "
        + t.storageOffset()
        + (t.device() == Device.cpu() ? "" : " on " + t.device().name());
  }
}
