package io.gradus.io;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Records of numbers, truth values, enums and such records, as texts by dotted name.
 *
 * <p>Which class is built is said by the caller's own object, never by the file.
 */
final class RecordText {
  private RecordText() {}

  /** Adds the components under a prefix. */
  static void save(String prefix, Object record, Map<String, String> to) {
    try {
      for (RecordComponent c : record.getClass().getRecordComponents()) {
        Object value = c.getAccessor().invoke(record);
        String key = prefix + "." + c.getName();
        if (value instanceof Record inner) {
          save(key, inner, to);
        } else {
          to.put(key, value instanceof Enum<?> e ? e.name() : String.valueOf(value));
        }
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("settings must be a public record: " + record.getClass(), e);
    }
  }

  /** A record of the class of {@code like} with the components under a prefix. */
  @SuppressWarnings("unchecked") // The class is that of like.
  static <R> R read(Where where, String prefix, R like, Map<String, String> from) {
    RecordComponent[] components = like.getClass().getRecordComponents();
    @Nullable Object[] values = new Object[components.length];
    Class<?>[] types = new Class<?>[components.length];
    try {
      for (int i = 0; i < components.length; i++) {
        types[i] = components[i].getType();
        String key = prefix + "." + components[i].getName();
        Object own = components[i].getAccessor().invoke(like);
        values[i] =
            own instanceof Record inner
                ? read(where, key, inner, from)
                : value(where.key(key), types[i], from.get(key));
      }
      Constructor<?> constructor = like.getClass().getConstructor(types);
      return (R) constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      throw where
          .key(prefix)
          .malformed(e, "settings that are refused: %s", Where.clip(e.getCause()));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("settings must be a public record: " + like.getClass(), e);
    }
  }

  private static Object value(Where where, Class<?> type, @Nullable String text) {
    try {
      if (text == null) {
        throw where.malformed("the setting is missing");
      } else if (type == double.class || type == Double.class) {
        return Double.valueOf(text);
      } else if (type == int.class || type == Integer.class) {
        return Integer.valueOf(text);
      } else if (type == long.class || type == Long.class) {
        return Long.valueOf(text);
      } else if (type == boolean.class && (text.equals("true") || text.equals("false"))) {
        return text.equals("true");
      } else if (type.isEnum()) {
        for (Object constant : type.getEnumConstants()) {
          if (((Enum<?>) constant).name().equals(text)) {
            return constant;
          }
        }
      }
    } catch (NumberFormatException e) {
      throw where.malformed(e, "'%s', expected a %s", Where.clip(text), type.getSimpleName());
    }
    throw where.malformed("'%s', expected a %s", Where.clip(text), type.getSimpleName());
  }
}
