package io.gradus.fuzz;

import io.gradus.ComplexPairs;
import io.gradus.Fft;
import io.gradus.Internals;
import io.gradus.Masked;
import io.gradus.Out;
import io.gradus.OutPair;
import io.gradus.Special;
import io.gradus.Tensor;
import io.gradus.Windows;
import io.gradus.linalg.Linalg;
import io.gradus.nn.Module;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Every public operation, found by reflection. */
final class Operations {
  /** Global state, plain Java, and what takes functions or makes backward run on its own. */
  private static final Set<String> LEFT_OUT =
      Set.of(
          "setDefaultDtype",
          "defaultDtype",
          "setDefaultDevice",
          "defaultDevice",
          "manualSeed",
          "wait",
          "notify",
          "notifyAll",
          "getClass",
          "hashCode",
          "equals",
          "backward",
          "of",
          "memory",
          "setGrad",
          "setData",
          "requiresGrad_",
          "retainGrad",
          "registerHook",
          "registerPostAccumulateGradHook");

  private static final List<Class<?>> HOLDERS =
      List.of(
          Tensor.class,
          Out.class,
          OutPair.class,
          Special.class,
          Fft.class,
          Masked.class,
          Windows.class,
          ComplexPairs.class,
          Linalg.class);

  private Operations() {}

  /** Sorted by signature, so that a seed means the same call again. */
  static List<Operation> all() {
    Set<Operation> found = new TreeSet<>();
    List<Class<?>> holders = new ArrayList<>(HOLDERS);
    for (Class<?> c : network()) {
      if (!Module.class.isAssignableFrom(c)) {
        holders.add(c);
      } else if (!Modifier.isAbstract(c.getModifiers())) {
        modules(c, found);
      }
    }
    for (Class<?> holder : holders) {
      for (Method m : holder.getMethods()) {
        // Objects of other classes, as packed sequences, are made by what is tested.
        boolean reachable = HOLDERS.contains(holder) || Modifier.isStatic(m.getModifiers());
        if (reachable && isOperation(m)) {
          found.add(new Operation(m));
        }
      }
    }
    return List.copyOf(found);
  }

  private static boolean isOperation(Method m) {
    return m.getDeclaringClass() != Object.class
        && !m.isBridge()
        && !LEFT_OUT.contains(m.getName())
        && areKnown(m.getGenericParameterTypes());
  }

  /** Every way to make a module and to call it. */
  private static void modules(Class<?> c, Set<Operation> into) {
    for (Constructor<?> maker : c.getConstructors()) {
      for (Method m : c.getMethods()) {
        if (m.getName().equals("call")
            && !m.isBridge()
            && areKnown(maker.getGenericParameterTypes())
            && areKnown(m.getGenericParameterTypes())) {
          into.add(new Operation(m, maker));
        }
      }
    }
  }

  private static boolean areKnown(Type[] types) {
    return Arrays.stream(types).allMatch(RandomArguments::knows);
  }

  /** The public classes of {@code nn} and the packages in it. */
  private static List<Class<?>> network() {
    try {
      Path root =
          Path.of(Internals.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      List<Class<?>> found = new ArrayList<>();
      try (Stream<Path> files = Files.walk(root.resolve("io/gradus/nn"))) {
        for (Path file : files.sorted().toList()) {
          String name = file.getFileName().toString();
          if (name.endsWith(".class") && !name.contains("$") && !name.startsWith("package")) {
            String path = root.relativize(file).toString();
            String type = path.substring(0, path.length() - 6).replace(File.separatorChar, '.');
            Class<?> c = Class.forName(type);
            if (Modifier.isPublic(c.getModifiers()) && !c.isRecord() && !c.isEnum()) {
              found.add(c);
            }
          }
        }
      }
      return found;
    } catch (IOException | URISyntaxException | ClassNotFoundException e) {
      throw new IllegalStateException("the fuzz test needs the classes in a folder", e);
    }
  }

  /** What a list holds. */
  static Class<?> element(ParameterizedType type) {
    Type of = type.getActualTypeArguments()[0];
    return of instanceof Class<?> c ? c : Object.class;
  }
}
