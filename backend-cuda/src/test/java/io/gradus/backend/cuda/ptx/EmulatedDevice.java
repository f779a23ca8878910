package io.gradus.backend.cuda.ptx;

import io.gradus.backend.cuda.emulator.DeviceMemory;
import io.gradus.backend.cuda.emulator.Findings;
import io.gradus.backend.cuda.emulator.Kernel;
import io.gradus.backend.cuda.emulator.Launch;
import io.gradus.backend.cuda.emulator.PtxModule;
import io.gradus.backend.cuda.plan.Argument;
import io.gradus.backend.cuda.plan.DeviceTraits;
import io.gradus.backend.cuda.plan.FaultRecord;
import io.gradus.backend.cuda.plan.Plan;
import io.gradus.backend.cuda.plan.Step;
import io.gradus.tensor.backend.Device;
import io.gradus.tensor.backend.Storage;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.DeviceException;
import io.gradus.tensor.error.TensorIndexException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Runs plans straight on the emulator, each storage an allocation of its own: the shortest way from
 * a kernel to its result, where no driver, cache or stream can hide what generated code does.
 */
final class EmulatedDevice implements Device {
  private final int slot = Device.newSlot();
  private final DeviceMemory memory = new DeviceMemory();
  private final Planner planner;
  private final DeviceTraits traits;
  private final Map<String, PtxModule> modules = new HashMap<>();
  private final long faults;
  private final @Nullable Random order;
  final Findings findings = new Findings();

  /**
   * A device.
   *
   * @param seed other than 0 makes blocks and warps run in another order each time
   */
  EmulatedDevice(Planner planner, long seed) {
    this(planner, seed, 2);
  }

  /** A device that is as large as the planner is told. */
  EmulatedDevice(Planner planner, long seed, int multiprocessors) {
    this.planner = planner;
    traits = new DeviceTraits(80, multiprocessors, 48 << 10, 32);
    order = seed == 0 ? null : new Random(seed);
    faults = memory.allocate(FaultRecord.BYTES, 0);
    memory.fill(faults, 0, 1, FaultRecord.BYTES);
  }

  private final class Memory extends Storage {
    final long address;

    Memory(DType dtype, long elements) {
      super(EmulatedDevice.this, dtype, elements);
      address = memory.allocate(Math.max(1, elements * dtype.byteSize()), 0);
    }
  }

  @Override
  public String type() {
    return "cuda";
  }

  @Override
  public int index() {
    return 0;
  }

  @Override
  public String description() {
    return "plans on the emulator";
  }

  @Override
  public int slot() {
    return slot;
  }

  @Override
  public Storage allocate(DType dtype, long elements) {
    if (elements > 1L << 28) {
      throw new DeviceException("[allocate] too much for the emulator: " + elements);
    }
    return new Memory(dtype, elements);
  }

  @Override
  public synchronized void upload(MemorySegment from, Storage to, long offset) {
    memory.write(((Memory) to).address + offset * to.dtype().byteSize(), from);
  }

  @Override
  public synchronized void download(Storage from, long offset, MemorySegment to) {
    synchronize();
    memory.read(((Memory) from).address + offset * from.dtype().byteSize(), to);
  }

  @Override
  public boolean supports(io.gradus.tensor.kernel.Kernel kernel) {
    return planner.supports(kernel);
  }

  @Override
  public synchronized void run(io.gradus.tensor.kernel.Kernel kernel) {
    Plan plan = planner.plan(kernel, traits);
    List<Long> temporaries = new ArrayList<>();
    for (long bytes : plan.temporaryBytes()) {
      temporaries.add(memory.allocate(Math.max(1, bytes), 0));
    }
    for (Step step : plan.steps()) {
      switch (step) {
        case Step.Launch l -> launch(l, temporaries);
        case Step.Fill f -> memory.fill(address(f.target(), temporaries), f.value(), 1, f.bytes());
        case Step.Copy c ->
            memory.copy(address(c.from(), temporaries), address(c.to(), temporaries), c.bytes());
      }
    }
    temporaries.forEach(memory::free);
  }

  private void launch(Step.Launch l, List<Long> temporaries) {
    PtxModule module =
        modules.computeIfAbsent(l.source().text(), text -> new PtxModule(text, memory, 0));
    Kernel kernel = Objects.requireNonNull(module.kernel(l.source().entry()));
    if (kernel.parameterCount() != l.arguments().size()) {
      throw new IllegalStateException(
          "%s has %d parameters, not %d"
              .formatted(kernel.name(), kernel.parameterCount(), l.arguments().size()));
    }
    ByteBuffer packed = ByteBuffer.allocate(kernel.parameterBytes()).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < l.arguments().size(); i++) {
      Argument a = l.arguments().get(i);
      if (a.bytes() != kernel.parameterBytes(i)) {
        throw new IllegalStateException("parameter " + i + " of " + kernel.name() + ": " + a);
      }
      int at = kernel.parameterOffset(i);
      switch (a) {
        case Argument.IsNew n -> packed.putInt(at, 0);
        case Argument.I32 n -> packed.putInt(at, n.value());
        case Argument.I64 n -> packed.putLong(at, n.value());
        case Argument.F32 n -> packed.putFloat(at, n.value());
        case Argument.F64 n -> packed.putDouble(at, n.value());
        case Argument.FaultTicket t -> packed.putInt(at, 1);
        case Argument.Address p -> packed.putLong(at, address(p, temporaries));
        case Argument.Temporary p -> packed.putLong(at, address(p, temporaries));
        case Argument.Faults p -> packed.putLong(at, faults);
      }
    }
    Launch launch =
        new Launch(
            kernel,
            new Launch.Dim(l.gridX(), l.gridY(), l.gridZ()),
            new Launch.Dim(l.blockX(), l.blockY(), l.blockZ()),
            l.sharedBytes(),
            packed.array(),
            memory,
            0,
            findings,
            order);
    launch.run();
  }

  private static long address(Argument a, List<Long> temporaries) {
    return switch (a) {
      case Argument.Address p -> ((Memory) p.storage()).address + p.byteOffset();
      case Argument.Temporary p -> temporaries.get(p.index()) + p.byteOffset();
      case Argument.IsNew p -> throw new IllegalStateException("no address: " + p);
      case Argument.I32 p -> throw new IllegalStateException("no address: " + p);
      case Argument.I64 p -> throw new IllegalStateException("no address: " + p);
      case Argument.F32 p -> throw new IllegalStateException("no address: " + p);
      case Argument.F64 p -> throw new IllegalStateException("no address: " + p);
      case Argument.Faults p -> throw new IllegalStateException("no address: " + p);
      case Argument.FaultTicket p -> throw new IllegalStateException("no address: " + p);
    };
  }

  @Override
  public synchronized void synchronize() {
    ByteBuffer record = ByteBuffer.allocate(FaultRecord.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    memory.read(faults, MemorySegment.ofArray(record.array()));
    memory.fill(faults, 0, 1, FaultRecord.BYTES);
    if (record.getInt(FaultRecord.STATE) != 0) {
      throw new TensorIndexException(
          "index %d is out of range for size %d"
              .formatted(record.getLong(FaultRecord.VALUE), record.getLong(FaultRecord.SIZE)));
    }
  }
}
