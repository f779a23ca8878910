package io.gradus.tck;

import io.gradus.tck.reference.ReferenceDevice;
import io.gradus.tensor.backend.Device;
import io.gradus.tensor.backend.Storage;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.layout.Layout;
import io.gradus.tensor.layout.Shape;
import java.lang.foreign.MemorySegment;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * One case on one device: builds operands, runs a kernel there and on the reference, compares
 * everything in memory, guards around the operands included.
 */
public final class Trial {
  private static final Device REFERENCE = new ReferenceDevice();

  final String id;
  final Device device;
  final Random random;

  Trial(String id, Device device) {
    this.id = id;
    this.device = device;
    this.random = new Random(new Case(id, t -> {}).seed());
  }

  /** Makes a kernel from operands that lie on some device. */
  interface Build {
    Kernel of(Function<Part, Operand> place);
  }

  Part part(DType dtype, Shape shape, LayoutKind kind, Contents contents) {
    Layout layout = kind.of(shape);
    int size = (int) layout.end() + 4;
    return new Part(new Block(dtype, contents.of(dtype, size, random)), layout);
  }

  Part mixed(DType dtype, Shape shape, LayoutKind kind) {
    return part(dtype, shape, kind, Values::mixed);
  }

  Part tame(DType dtype, Shape shape, LayoutKind kind) {
    return part(dtype, shape, kind, Values::tame);
  }

  /** The given numbers as a one-dimensional operand. */
  Part listed(DType dtype, long[] values) {
    return new Part(new Block(dtype, values), Layout.of(Shape.of(values.length)));
  }

  /** Draws the contents of a storage. */
  interface Contents {
    long[] of(DType dtype, int n, Random random);
  }

  /** Runs on the device and on the reference and compares all storages. */
  void agree(Tolerance tolerance, List<Part> outputs, Build build) {
    agree(tolerance, outputs, build, (on, k) -> on.run(k));
  }

  void agree(Tolerance tolerance, List<Part> outputs, Build build, BiConsumer<Device, Kernel> how) {
    Map<Block, long[]> want = results(REFERENCE, build, (on, k) -> on.run(k));
    Map<Block, long[]> got = results(device, build, how);
    compare(tolerance, outputs, want, got);
  }

  void compare(
      Tolerance tolerance, List<Part> outputs, Map<Block, long[]> want, Map<Block, long[]> got) {
    int n = 0;
    for (Map.Entry<Block, long[]> e : got.entrySet()) {
      Block block = e.getKey();
      Part output = outputs.stream().filter(p -> p.block() == block).findFirst().orElse(null);
      long[] expected = want.get(block);
      if (expected == null) {
        throw new AssertionError(message(id, "operand " + n + " is not in both runs"));
      }
      compare(
          "operand " + n++,
          block.dtype,
          output == null ? Tolerance.EXACT : tolerance,
          output,
          expected,
          e.getValue());
    }
  }

  private void compare(
      String what,
      DType dtype,
      Tolerance tolerance,
      @org.jspecify.annotations.Nullable Part output,
      long[] want,
      long[] got) {
    boolean[] written = new boolean[want.length];
    if (output != null) {
      for (long i = 0; i < output.layout().numel(); i++) {
        written[(int) output.layout().at(i)] = true;
      }
    }
    for (int i = 0; i < want.length; i++) {
      Tolerance allowed = written[i] ? tolerance : Tolerance.EXACT;
      if (!allowed.accepts(dtype, want[i], got[i])) {
        String role = written[i] ? "result" : "memory that is not to be written";
        fail(
            "%s (%s, %s%s) at storage element %d: expected %s, got %s"
                .formatted(
                    what,
                    dtype,
                    role,
                    output == null ? "" : ", " + output.layout(),
                    i,
                    show(dtype, want[i]),
                    show(dtype, got[i])));
      }
    }
  }

  static String show(DType dtype, long value) {
    return dtype.isFloating()
        ? Values.decode(dtype, value) + " (0x" + Long.toHexString(value) + ")"
        : Long.toString(value);
  }

  /** What every storage holds after a kernel has run on a device. */
  static Map<Block, long[]> results(Device on, Build build, BiConsumer<Device, Kernel> how) {
    Map<Block, Storage> storages = new LinkedHashMap<>();
    Map<Part, Operand> placed = new IdentityHashMap<>();
    Kernel kernel = build.of(p -> placed.computeIfAbsent(p, q -> place(on, q, storages)));
    how.accept(on, kernel);
    on.synchronize();
    Map<Block, long[]> after = new LinkedHashMap<>();
    storages.forEach((block, storage) -> after.put(block, download(storage)));
    return after;
  }

  static Operand place(Device on, Part part, Map<Block, Storage> storages) {
    Storage storage = storages.computeIfAbsent(part.block(), b -> upload(on, b));
    return new Operand(storage, part.dtype(), part.layout());
  }

  static Storage upload(Device on, Block block) {
    Storage storage = on.allocate(block.dtype, block.values.length);
    on.upload(block.toMemory(), storage, 0);
    return storage;
  }

  static long[] download(Storage storage) {
    MemorySegment to = Block.memory(storage.dtype(), (int) storage.size());
    storage.device().download(storage, 0, to);
    return Block.read(storage.dtype(), to);
  }

  void check(boolean holds, String otherwise) {
    if (!holds) {
      fail(otherwise);
    }
  }

  void fail(String why) {
    throw new AssertionError(message(id, why));
  }

  static String message(String id, String why) {
    return id + ": " + why + "\n  rerun alone with -Dgradus.tck.case=" + id;
  }
}
