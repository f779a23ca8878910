package io.gradus.backend.cuda.emulator;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** One device with memory and a module, for tests: arrays go in, a kernel runs, arrays come out. */
final class Rig {
  final DeviceMemory memory = new DeviceMemory();
  final Findings findings = new Findings();
  private final PtxModule module;
  private @Nullable Random order;

  Rig(String ptx) {
    module = new PtxModule(ptx, memory, 0);
  }

  /** A module around some declarations and kernels. */
  static Rig of(String body) {
    return new Rig(".version 8.0\n.target sm_80\n.address_size 64\n" + body);
  }

  /** Blocks and warps run in an order that depends on the seed. */
  Rig shuffled(long seed) {
    order = new Random(seed);
    return this;
  }

  long empty(long bytes) {
    return memory.allocate(bytes, 0);
  }

  private long put(MemorySegment values) {
    long at = memory.allocate(values.byteSize(), 0);
    memory.write(at, values);
    return at;
  }

  long put(int... values) {
    return put(MemorySegment.ofArray(values));
  }

  long put(long... values) {
    return put(MemorySegment.ofArray(values));
  }

  long put(float... values) {
    return put(MemorySegment.ofArray(values));
  }

  long put(double... values) {
    return put(MemorySegment.ofArray(values));
  }

  long put(byte... values) {
    return put(MemorySegment.ofArray(values));
  }

  int[] ints(long at, int n) {
    int[] values = new int[n];
    memory.read(at, MemorySegment.ofArray(values));
    return values;
  }

  long[] longs(long at, int n) {
    long[] values = new long[n];
    memory.read(at, MemorySegment.ofArray(values));
    return values;
  }

  float[] floats(long at, int n) {
    float[] values = new float[n];
    memory.read(at, MemorySegment.ofArray(values));
    return values;
  }

  double[] doubles(long at, int n) {
    double[] values = new double[n];
    memory.read(at, MemorySegment.ofArray(values));
    return values;
  }

  /** Runs a kernel in one dimension. */
  void run(String kernel, int blocks, int threads, Object... arguments) {
    run(kernel, new Launch.Dim(blocks, 1, 1), new Launch.Dim(threads, 1, 1), 0, arguments);
  }

  /** Runs a kernel; arguments are of type Integer, Long, Float or Double. */
  void run(String kernel, Launch.Dim grid, Launch.Dim block, int shared, Object... arguments) {
    Kernel k = Objects.requireNonNull(module.kernel(kernel), kernel);
    ByteBuffer packed = ByteBuffer.allocate(k.parameterBytes()).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < arguments.length; i++) {
      packed.position(k.parameterOffset(i));
      switch (arguments[i]) {
        case Integer x -> packed.putInt(x);
        case Long x -> packed.putLong(x);
        case Float x -> packed.putFloat(x);
        case Double x -> packed.putDouble(x);
        default -> throw new IllegalArgumentException("argument " + i);
      }
    }
    new Launch(k, grid, block, shared, packed.array(), memory, 0, findings, order).run();
  }
}
