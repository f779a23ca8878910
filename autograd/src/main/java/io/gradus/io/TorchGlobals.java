package io.gradus.io;

import io.gradus.Internals;
import io.gradus.Tensor;
import io.gradus.io.PickleReader.Tuple;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.layout.Layout;
import io.gradus.tensor.layout.Shape;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The names that a state dict of PyTorch may ask for, and what they build. */
final class TorchGlobals implements PickleReader.Globals {
  /** The functions on the list. */
  private enum Function {
    ORDERED_DICT("collections.OrderedDict"),
    TENSOR("torch._utils._rebuild_tensor_v2"),
    PARAMETER("torch._utils._rebuild_parameter");

    private final String python;

    Function(String python) {
      this.python = python;
    }
  }

  /** A class of storages, known only by its dtype. */
  private record StorageClass(DType dtype) {}

  /** A storage that was read: a flat tensor. */
  private record Stored(Tensor elements) {}

  private final ZipReader zip;
  private final String root;
  private final ByteOrder order;
  private final Limits limits;
  private final Map<String, Stored> storages = new HashMap<>();
  private int tensors;

  TorchGlobals(ZipReader zip, String root, ByteOrder order, Limits limits) {
    this.zip = zip;
    this.root = root;
    this.order = order;
    this.limits = limits;
  }

  /** The class that PyTorch keeps elements of a dtype in. */
  static String storageClass(DType dtype) {
    return switch (dtype) {
      case F32 -> "FloatStorage";
      case F64 -> "DoubleStorage";
      case F16 -> "HalfStorage";
      case BF16 -> "BFloat16Storage";
      case U8 -> "ByteStorage";
      case I8 -> "CharStorage";
      case I16 -> "ShortStorage";
      case I32 -> "IntStorage";
      case I64 -> "LongStorage";
      case BOOL -> "BoolStorage";
    };
  }

  @Override
  public Object global(Where where, String name) {
    for (Function function : Function.values()) {
      if (function.python.equals(name)) {
        return function;
      }
    }
    for (DType dtype : DType.values()) {
      if (name.equals("torch." + storageClass(dtype))) {
        return new StorageClass(dtype);
      }
    }
    throw where.malformed(
        "the pickle asks for '%s', which may not be built; only tensors, dictionaries, lists,"
            + " tuples, numbers and strings may: save model.state_dict() in PyTorch",
        Where.clip(name));
  }

  @Override
  public @Nullable Object call(Where where, Object function, List<@Nullable Object> arguments) {
    if (!(function instanceof Function known)) {
      throw where.malformed("%s is called, expected a function", PickleReader.kind(function));
    }
    return switch (known) {
      case ORDERED_DICT -> {
        if (!arguments.isEmpty()) {
          throw where.malformed("OrderedDict with %d arguments, expected none", arguments.size());
        }
        yield new LinkedHashMap<>();
      }
      case TENSOR -> tensor(where, arguments);
      case PARAMETER -> {
        if (arguments.size() != 3 || !(arguments.get(0) instanceof Tensor data)) {
          throw where.malformed("_rebuild_parameter expects a tensor, a flag and hooks");
        }
        yield data;
      }
    };
  }

  private Tensor tensor(Where where, List<@Nullable Object> arguments) {
    if (arguments.size() < 6
        || arguments.size() > 7
        || !(arguments.get(0) instanceof Stored stored)
        || !(arguments.get(1) instanceof Long offset)
        || !(arguments.get(2) instanceof Tuple size)
        || !(arguments.get(3) instanceof Tuple stride)
        || size.items().size() != stride.items().size()) {
      throw where.malformed(
          "_rebuild_tensor_v2 expects a storage, an offset, sizes, as many strides, a flag, hooks");
    }
    limits.checkEntries(where, ++tensors);
    long[] sizes = numbers(where, size);
    long[] strides = numbers(where, stride);
    DType dtype = stored.elements.dtype();
    long bytes = limits.checkBytes(where, Elements.bytes(where, dtype, sizes));
    // The last element: sizes and strides are below 2^63, their products may not be.
    long last = offset;
    for (int d = 0; d < sizes.length && bytes > 0; d++) {
      long steps = Math.max(sizes[d] - 1, 0);
      if (Math.multiplyHigh(steps, strides[d]) != 0
          || steps * strides[d] < 0
          || last + steps * strides[d] < 0) {
        last = Long.MAX_VALUE;
        break;
      }
      last += steps * strides[d];
    }
    long there = stored.elements.numel();
    if (offset < 0 || offset > there || bytes > 0 && last >= there) {
      throw where.malformed(
          "a tensor with offset %d, sizes %s and strides %s in a storage of %d elements",
          offset, Where.clip(size.items()), Where.clip(stride.items()), there);
    }
    Operand whole = Internals.operand(stored.elements);
    Layout layout =
        bytes > 0 ? Layout.of(Shape.of(sizes), strides, offset) : Elements.layout(sizes);
    return Internals.alias(stored.elements, new Operand(whole.storage(), dtype, layout));
  }

  private static long[] numbers(Where where, Tuple tuple) {
    long[] numbers = new long[tuple.items().size()];
    for (int i = 0; i < numbers.length; i++) {
      if (!(tuple.items().get(i) instanceof Long n) || n < 0) {
        throw where.malformed(
            "%s among sizes or strides, expected numbers from 0 on", Where.clip(tuple.items()));
      }
      numbers[i] = n;
    }
    return numbers;
  }

  @Override
  public Object persistent(Where where, @Nullable Object id) {
    if (!(id instanceof Tuple tuple)
        || tuple.items().size() != 5
        || !"storage".equals(tuple.items().get(0))
        || !(tuple.items().get(1) instanceof StorageClass(DType dtype))
        || !(tuple.items().get(2) instanceof String key)
        || !(tuple.items().get(4) instanceof Long n)) {
      throw where.malformed("a reference outside of the pickle that is not to a typed storage");
    }
    Stored known = storages.get(key);
    if (known != null) {
      if (known.elements.dtype() != dtype || known.elements.numel() != n) {
        throw where.malformed("storage '%s' again with another type or size", Where.clip(key));
      }
      return known;
    }
    Stored stored = new Stored(load(key, dtype, n));
    storages.put(key, stored);
    return stored;
  }

  private Tensor load(String key, DType dtype, long n) {
    return zip.read(
        root + "data/" + key,
        (at, in, size) -> {
          if (n < 0 || n > Integer.MAX_VALUE - 8 || n * dtype.byteSize() != size) {
            throw at.malformed("%d bytes, expected %d elements of %s", size, n, dtype);
          }
          return Elements.read(at, in, dtype, Elements.layout(new long[] {n}), n, order);
        });
  }
}
