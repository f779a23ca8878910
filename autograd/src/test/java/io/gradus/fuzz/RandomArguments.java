package io.gradus.fuzz;

import io.gradus.FftOptions;
import io.gradus.Index;
import io.gradus.Options;
import io.gradus.StftOptions;
import io.gradus.Tensor;
import io.gradus.random.Generator;
import io.gradus.tensor.backend.Device;
import io.gradus.tensor.backend.Storage;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.TensorException;
import io.gradus.tensor.layout.Shape;
import io.gradus.tensor.layout.Slice;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Arguments by type. */
final class RandomArguments {
  private static final long[] EXTREME = {
    Long.MIN_VALUE,
    Long.MAX_VALUE,
    Integer.MIN_VALUE,
    Integer.MAX_VALUE,
    1L << 32,
    1L << 40,
    1L << 62,
    -(1L << 40),
    Integer.MAX_VALUE + 1L,
    (1L << 32) + 1
  };
  private static final double[] NUMBERS = {
    0, 1, -1, 0.5, 2, 1e-8, 0.1, -2.5, 1e300, Double.NaN, Double.POSITIVE_INFINITY, 1e-300
  };
  private static final String[] WORDS = {
    "mean", "sum", "none", "reflect", "constant", "replicate", "circular", "ij", "xy", "tanh",
    "amax", "amin", "prod", "ij,jk->ik", "ii->i", "ij->ji", "...i,...i->...", "i,j", "bogus", "",
    "->", "linear", "nearest", "fro", "nuc", "left", "right", "i...->...", "iij,", "batchmean"
  };

  private final Random random;
  private final RandomTensors tensors;

  RandomArguments(Random random, RandomTensors tensors) {
    this.random = random;
    this.tensors = tensors;
  }

  /** Whether there are arguments of this type. */
  static boolean knows(Type type) {
    if (type instanceof ParameterizedType p) {
      return p.getRawType() == List.class && knows(p.getActualTypeArguments()[0]);
    }
    if (!(type instanceof Class<?> c)) {
      return false;
    }
    if (c.isArray()) {
      return knows(c.getComponentType());
    }
    if (c.isRecord()) {
      return Arrays.stream(c.getRecordComponents())
          .map(RecordComponent::getGenericType)
          .allMatch(RandomArguments::knows);
    }
    return c.isPrimitive()
        || c.isEnum()
        || c == Tensor.class
        || Number.class.isAssignableFrom(c)
        || c == Boolean.class
        || c == String.class
        || c == Object.class
        || c == Generator.class
        || c == Device.class
        || c == Shape.class
        || c == Index.class;
  }

  /** All arguments of a call. */
  @Nullable Object[] of(Executable target) {
    Type[] types = target.getGenericParameterTypes();
    AnnotatedType[] annotated = target.getAnnotatedParameterTypes();
    @Nullable Object[] all = new Object[types.length];
    for (int i = 0; i < all.length; i++) {
      boolean nullable = annotated[i].isAnnotationPresent(Nullable.class);
      all[i] = nullable && random.nextBoolean() ? null : of(types[i]);
    }
    return all;
  }

  private Object of(Type type) {
    if (type instanceof ParameterizedType p) {
      return list(Operations.element(p));
    }
    Class<?> c = (Class<?>) type;
    if (c.isArray()) {
      return array(c.getComponentType());
    }
    if (c.isEnum()) {
      Object[] constants = c.getEnumConstants();
      return constants[random.nextInt(constants.length)];
    }
    if (c == Tensor.class) {
      return tensors.next();
    }
    if (c == Options.class) {
      return options();
    }
    if (c == Slice.class) {
      return new Slice(
          random.nextInt(4) == 0 ? null : whole(),
          random.nextInt(4) == 0 ? null : whole(),
          Math.max(1, whole()));
    }
    if (c == FftOptions.class && random.nextBoolean()) {
      return FftOptions.DEFAULT;
    }
    if (c == StftOptions.class) {
      return stft();
    }
    if (c.isRecord()) {
      return record(c);
    }
    return plain(c);
  }

  private Object plain(Class<?> c) {
    if (c == int.class || c == Integer.class) {
      return (int) whole();
    }
    if (c == long.class || c == Long.class) {
      return whole();
    }
    if (c == double.class || c == Double.class) {
      return number();
    }
    if (c == float.class || c == Float.class) {
      return (float) number();
    }
    if (c == boolean.class || c == Boolean.class) {
      return random.nextBoolean();
    }
    if (c == short.class || c == Short.class) {
      return (short) whole();
    }
    if (c == byte.class || c == Byte.class) {
      return (byte) whole();
    }
    if (c == char.class) {
      return 'x';
    }
    if (c == Number.class) {
      return anyNumber();
    }
    if (c == String.class) {
      return WORDS[random.nextInt(WORDS.length)];
    }
    if (c == Generator.class) {
      return new Generator(random.nextLong());
    }
    if (c == Device.class) {
      return tensors.next().device();
    }
    if (c == Shape.class) {
      return Shape.of(tensors.theme);
    }
    if (c == Index.class) {
      return index();
    }
    return data(0);
  }

  private long whole() {
    int n = tensors.theme.length;
    return switch (random.nextInt(24)) {
      case 0 -> EXTREME[random.nextInt(EXTREME.length)];
      case 1 -> random.nextInt(8, 70);
      case 2, 3, 4, 5 -> n == 0 ? 0 : tensors.theme[random.nextInt(n)];
      case 6, 7 -> random.nextInt(-6, 7);
      case 8, 9 -> -1;
      case 10 -> n == 0 ? 0 : tensors.theme[random.nextInt(n)] - 1;
      default -> random.nextInt(0, 4);
    };
  }

  private double number() {
    return random.nextInt(3) == 0
        ? NUMBERS[random.nextInt(NUMBERS.length)]
        : random.nextInt(3) == 0 ? random.nextInt(-2, 4) : random.nextDouble();
  }

  private Number anyNumber() {
    return switch (random.nextInt(8)) {
      case 0, 1 -> (int) whole();
      case 2 -> whole();
      case 3 -> (float) number();
      case 4 -> (short) whole();
      case 5 -> random.nextInt(6) == 0 ? java.math.BigInteger.TWO.pow(70) : 3;
      default -> number();
    };
  }

  private List<@Nullable Object> list(Class<?> element) {
    List<@Nullable Object> all = new ArrayList<>();
    int n = element == Tensor.class ? random.nextInt(4) : length();
    for (int i = 0; i < n; i++) {
      all.add(
          element == Tensor.class && random.nextInt(4) == 0 ? tensors.positions() : of(element));
    }
    return all;
  }

  private int length() {
    return switch (random.nextInt(6)) {
      case 0 -> 0;
      case 1, 2 -> tensors.theme.length;
      case 3 -> random.nextInt(7);
      default -> random.nextInt(1, 4);
    };
  }

  private Object array(Class<?> element) {
    if ((element == long.class || element == int.class) && random.nextInt(3) == 0) {
      return sensible(element);
    }
    int n = length();
    Object all = Array.newInstance(element, n);
    for (int i = 0; i < n; i++) {
      Array.set(all, i, of(element));
    }
    return all;
  }

  /** The theme's shape as sizes, or its dimensions in some order. */
  private Object sensible(Class<?> element) {
    int n = tensors.theme.length;
    Object all = Array.newInstance(element, n);
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      order.add(i);
    }
    java.util.Collections.shuffle(order, random);
    boolean dims = element == int.class || random.nextBoolean();
    for (int i = 0; i < n; i++) {
      int d = order.get(i);
      if (element == int.class) {
        Array.setInt(all, i, d);
      } else {
        Array.setLong(all, i, dims ? d : tensors.theme[i]);
      }
    }
    return all;
  }

  private Options options() {
    DType dtype = random.nextInt(3) == 0 ? null : DType.values()[random.nextInt(10)];
    boolean grad = random.nextInt(5) == 0;
    return new Options(
        dtype, null, grad, random.nextInt(3) == 0 ? null : new Generator(random.nextLong()));
  }

  private StftOptions stft() {
    StftOptions o = StftOptions.of(random.nextInt(3) == 0 ? whole() : random.nextInt(1, 8));
    if (random.nextBoolean()) {
      o = o.hopLength(whole());
    }
    if (random.nextBoolean()) {
      o = o.winLength(whole());
    }
    if (random.nextBoolean()) {
      o = o.window(tensors.next());
    }
    return o.center(random.nextBoolean()).normalized(random.nextBoolean());
  }

  private Index index() {
    return switch (random.nextInt(9)) {
      case 0 -> Index.ALL;
      case 1 -> Index.ELLIPSIS;
      case 2 -> Index.NEW_AXIS;
      case 3, 4 -> Index.at(whole());
      case 5 -> Index.of((Slice) of(Slice.class));
      case 6 -> Index.of(random.nextBoolean());
      case 7 -> Index.of(tensors.positions());
      default -> Index.of(tensors.next());
    };
  }

  private Object record(Class<?> type) {
    Constructor<?> canonical = canonical(type);
    for (int attempt = 0; ; attempt++) {
      try {
        return canonical.newInstance(of(canonical));
      } catch (InvocationTargetException e) {
        if (!(e.getCause() instanceof TensorException) || attempt == 50) {
          throw new IllegalStateException("cannot make a " + type, e.getCause());
        }
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("cannot make a " + type, e);
      }
    }
  }

  private static Constructor<?> canonical(Class<?> type) {
    try {
      return type.getConstructor(
          Arrays.stream(type.getRecordComponents())
              .map(RecordComponent::getType)
              .toArray(Class<?>[]::new));
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Nested arrays and lists, sometimes ragged; sometimes no numbers at all. */
  private Object data(int depth) {
    return switch (random.nextInt(depth > 2 ? 5 : 9)) {
      case 0 -> number();
      case 1 -> whole();
      case 2 -> new float[random.nextInt(4)];
      case 3 -> new long[] {1, 2, 3};
      case 4 -> random.nextInt(10) == 0 ? "text" : random.nextBoolean();
      case 5 -> List.of(data(depth + 1), data(depth + 1));
      case 6 -> new Object[] {data(depth + 1)};
      case 7 -> new double[][] {{1, 2}, new double[random.nextInt(1, 3)]};
      default -> List.of();
    };
  }

  /** Whether both are parts of one memory. */
  static boolean share(Tensor a, Tensor b) {
    Storage x = io.gradus.Internals.operand(a).storage();
    return x == io.gradus.Internals.operand(b).storage();
  }
}
