package io.gradus.backend.cuda;

import io.gradus.backend.cuda.driver.DriverFailure;
import io.gradus.backend.cuda.driver.GpuModules;
import io.gradus.backend.cuda.driver.GpuStream;
import io.gradus.backend.cuda.driver.LaunchBuffer;
import io.gradus.backend.cuda.memory.Block;
import io.gradus.backend.cuda.plan.Argument;
import io.gradus.backend.cuda.plan.Plan;
import io.gradus.backend.cuda.plan.Step;
import java.util.List;

/**
 * Queues the steps of plans. For one thread at a time, with the GPU entered; the caller keeps the
 * storages reachable.
 */
final class PlanRunner {
  private static final Block[] NO_BLOCKS = {};

  private final CudaDevice device;
  private final GpuModules modules = new GpuModules();
  private final LaunchBuffer arguments = new LaunchBuffer();
  private final boolean sync;

  PlanRunner(CudaDevice device, boolean sync) {
    this.device = device;
    this.sync = sync;
  }

  void run(Plan plan, CudaStream stream) {
    Block[] temporaries = allocate(plan.temporaryBytes(), stream);
    try {
      List<Step> steps = plan.steps();
      for (int i = 0; i < steps.size(); i++) {
        run(steps.get(i), temporaries, stream);
      }
    } finally {
      // The stream's order keeps them for the steps that were queued.
      for (Block block : temporaries) {
        if (block != null) {
          device.heap().free(block);
        }
      }
    }
  }

  private Block[] allocate(List<Long> sizes, CudaStream stream) {
    if (sizes.isEmpty()) {
      return NO_BLOCKS;
    }
    Block[] blocks = new Block[sizes.size()];
    try {
      for (int i = 0; i < blocks.length; i++) {
        blocks[i] = device.allocateBlock(sizes.get(i), stream);
      }
    } catch (RuntimeException e) {
      for (Block block : blocks) {
        if (block != null) {
          device.heap().free(block);
        }
      }
      throw e;
    }
    return blocks;
  }

  private void run(Step step, Block[] temporaries, CudaStream stream) {
    GpuStream queue = stream.gpuStream();
    String kernel =
        switch (step) {
          case Step.Launch s -> s.source().entry();
          case Step.Fill s -> "";
          case Step.Copy s -> "";
        };
    try {
      switch (step) {
        case Step.Launch s -> launch(s, temporaries, stream);
        case Step.Fill s ->
            queue.fill(address(s.target(), temporaries, stream), s.value(), s.bytes());
        case Step.Copy s ->
            queue.copy(
                address(s.from(), temporaries, stream),
                address(s.to(), temporaries, stream),
                s.bytes());
      }
      queued(step.operation(), kernel, stream);
    } catch (DriverFailure e) {
      throw device.health().explain(e, step.operation(), kernel);
    }
  }

  /** Remembers what was queued, and waits for it if the user wants that. */
  void queued(String operation, String kernel, CudaStream stream) {
    Capture capture = stream.capture();
    if (capture != null) {
      capture.step();
      return;
    }
    device.health().launched(operation, kernel);
    if (sync) {
      stream.gpuStream().await();
      device.health().synchronised();
    }
  }

  private void launch(Step.Launch step, Block[] temporaries, CudaStream stream) {
    GpuModules.GpuFunction function = modules.function(step.source());
    List<Argument> list = step.arguments();
    for (int i = 0; i < list.size(); i++) {
      switch (list.get(i)) {
        case Argument.Address a -> arguments.set(i, address(a, stream));
        case Argument.IsNew a ->
            arguments.set(i, device.isNew((CudaStorage) a.storage(), a.layout(), stream) ? 1 : 0);
        case Argument.Temporary a -> arguments.set(i, address(a, temporaries));
        case Argument.I32 a -> arguments.set(i, a.value());
        case Argument.I64 a -> arguments.set(i, a.value());
        case Argument.F32 a -> arguments.set(i, a.value());
        case Argument.F64 a -> arguments.set(i, a.value());
        case Argument.Faults a -> {
          mayFault(stream);
          arguments.set(i, device.streams().faults().address());
        }
        case Argument.FaultTicket a ->
            arguments.set(i, device.streams().faults().ticket(step.operation()));
      }
    }
    arguments.launch(function, step, stream.gpuStream());
  }

  private void mayFault(CudaStream stream) {
    Capture capture = stream.capture();
    if (capture == null) {
      device.streams().faults().mayHappen();
    } else {
      capture.mayFault();
    }
  }

  private long address(Argument argument, Block[] temporaries, CudaStream stream) {
    return switch (argument) {
      case Argument.Address a -> address(a, stream);
      case Argument.Temporary a -> address(a, temporaries);
      case Argument.IsNew a -> throw noAddress(a);
      case Argument.I32 a -> throw noAddress(a);
      case Argument.I64 a -> throw noAddress(a);
      case Argument.F32 a -> throw noAddress(a);
      case Argument.F64 a -> throw noAddress(a);
      case Argument.Faults a -> throw noAddress(a);
      case Argument.FaultTicket a -> throw noAddress(a);
    };
  }

  private static IllegalArgumentException noAddress(Argument argument) {
    return new IllegalArgumentException("not the address of memory: " + argument);
  }

  private static long address(Argument.Temporary argument, Block[] temporaries) {
    return temporaries[argument.index()].address() + argument.byteOffset();
  }

  private long address(Argument.Address argument, CudaStream stream) {
    return device.address((CudaStorage) argument.storage(), stream) + argument.byteOffset();
  }

  /** How many modules are loaded. */
  int modules() {
    return modules.count();
  }
}
