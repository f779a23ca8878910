package io.gradus.backend.cuda.driver;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.gradus.backend.cuda.plan.Step;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The arguments of one launch after another, in memory that is allocated once.
 *
 * <p>The driver copies what it is given, so the buffer is free again when a launch returns. For one
 * thread at a time.
 */
public final class LaunchBuffer {
  /** The driver takes 4 KiB of parameters. */
  private static final int SLOTS = 1024;

  private final MemorySegment values;
  private final long pointers;

  /** A buffer that lives as long as the process. */
  public LaunchBuffer() {
    values = Arena.global().allocate(8L * SLOTS, 8);
    MemorySegment list = Arena.global().allocate(8L * SLOTS, 8);
    for (int i = 0; i < SLOTS; i++) {
      list.set(JAVA_LONG, 8L * i, values.address() + 8L * i);
    }
    pointers = list.address();
  }

  /** Sets the argument with this number. */
  public void set(int number, long value) {
    values.set(JAVA_LONG, 8L * number, value);
  }

  /** Sets the argument with this number. */
  public void set(int number, int value) {
    values.set(JAVA_INT, 8L * number, value);
  }

  /** Sets the argument with this number. */
  public void set(int number, float value) {
    values.set(JAVA_FLOAT, 8L * number, value);
  }

  /** Sets the argument with this number. */
  public void set(int number, double value) {
    values.set(JAVA_DOUBLE, 8L * number, value);
  }

  /** Queues a launch with the arguments set. */
  public void launch(GpuModules.GpuFunction function, Step.Launch step, GpuStream stream) {
    if (step.sharedBytes() > 0) {
      function.allowShared(step.sharedBytes());
    }
    int code =
        HotCalls.launch(
            function.number(),
            step.gridX(),
            step.gridY(),
            step.gridZ(),
            step.blockX(),
            step.blockY(),
            step.blockZ(),
            step.sharedBytes(),
            stream.number(),
            pointers);
    if (code != 0) {
      throw new DriverFailure(code, "cuLaunchKernel");
    }
  }
}
