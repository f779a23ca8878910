package io.gradus;

import io.gradus.tensor.error.InvalidArgumentException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The tensors in a value that a user's function returned. */
final class Contained {
  /** What reads the parts of a record, or of a data class of Kotlin; nothing for other classes. */
  private static final ClassValue<List<Method>> PARTS =
      new ClassValue<>() {
        @Override
        protected List<Method> computeValue(Class<?> type) {
          return type.isRecord() ? ofRecord(type) : ofDataClass(type);
        }
      };

  private Contained() {}

  /**
   * Calls a function with the tensors in a value: itself, and those in arrays, iterables, maps,
   * optionals, records and data classes, however deep.
   */
  static void tensors(@Nullable Object value, Consumer<Tensor> found) {
    switch (value) {
      case null -> {}
      case Tensor t -> found.accept(t);
      case Object[] array -> {
        for (Object element : array) {
          tensors(element, found);
        }
      }
      case Map<?, ?> map ->
          map.forEach(
              (k, v) -> {
                tensors(k, found);
                tensors(v, found);
              });
      case Optional<?> optional -> tensors(optional.orElse(null), found);
      case Path _ -> {} // contains itself
      case Iterable<?> all -> all.forEach(element -> tensors(element, found));
      default -> PARTS.get(value.getClass()).forEach(part -> tensors(read(value, part), found));
    }
  }

  private static List<Method> ofRecord(Class<?> type) {
    List<Method> parts = new ArrayList<>();
    for (RecordComponent c : type.getRecordComponents()) {
      parts.add(c.getAccessor());
    }
    return parts;
  }

  /** Kotlin names them {@code component1}, {@code component2} and so on. */
  private static List<Method> ofDataClass(Class<?> type) {
    List<Method> parts = new ArrayList<>();
    try {
      while (true) {
        parts.add(type.getMethod("component" + (parts.size() + 1)));
      }
    } catch (NoSuchMethodException e) {
      return parts;
    }
  }

  private static @Nullable Object read(Object whole, Method part) {
    try {
      if (!part.trySetAccessible()) {
        throw new IllegalAccessException("its module is closed");
      }
      return part.invoke(whole);
    } catch (ReflectiveOperationException e) {
      throw new InvalidArgumentException(
          "[TensorScope] cannot look for tensors in %s of %s: %s; return them without it, or keep() them"
              .formatted(part.getName(), whole.getClass().getName(), e));
    }
  }
}
