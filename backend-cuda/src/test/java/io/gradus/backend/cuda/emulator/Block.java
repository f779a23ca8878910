package io.gradus.backend.cuda.emulator;

import java.util.ArrayDeque;
import java.util.Deque;

/** The threads that share memory and barriers. */
final class Block {
  final Launch launch;
  private final Deque<Warp> idle = new ArrayDeque<>();
  private final int threads;

  /** The shared memory of the block that runs now. */
  Region shared;

  /** Which block runs now. */
  Launch.Dim position = new Launch.Dim(0, 0, 0);

  Block(Launch launch) {
    this.launch = launch;
    this.threads = launch.block.count();
    this.shared = Region.onDevice(DeviceMemory.SHARED_WINDOW, 0, "shared memory", launch.device);
  }

  void run(Launch.Dim at) {
    position = at;
    int bytes = launch.kernel.staticShared + launch.sharedBytes;
    if (bytes > 0) {
      shared = Region.onDevice(DeviceMemory.SHARED_WINDOW, bytes, "shared memory", launch.device);
    }
    int count = (threads + Instruction.LANES - 1) / Instruction.LANES;
    Warp[] waiting = new Warp[count];
    int left = 0;
    for (int number : launch.sequence(count)) {
      Warp w = idle.isEmpty() ? new Warp(this) : idle.pop();
      w.start(number, Math.min(Instruction.LANES, threads - number * Instruction.LANES));
      w.run();
      if (w.live == 0) {
        idle.push(w);
      } else {
        waiting[left++] = w;
      }
    }
    while (left > 0) {
      release(waiting, left);
      int still = 0;
      for (int i : launch.sequence(left)) {
        if (waiting[i].barrier == null) {
          waiting[i].run();
        }
      }
      for (int i = 0; i < left; i++) {
        if (waiting[i].live == 0) {
          idle.push(waiting[i]);
        } else {
          waiting[still++] = waiting[i];
        }
      }
      left = still;
    }
  }

  /** Lets those warps go on whose barrier is complete. */
  private void release(Warp[] waiting, int count) {
    boolean any = false;
    for (int i = 0; i < count; i++) {
      Instruction.Barrier barrier = waiting[i].barrier;
      if (barrier == null) {
        any = true;
        continue;
      }
      int arrived = 0;
      for (int j = 0; j < count; j++) {
        Instruction.Barrier other = waiting[j].barrier;
        arrived += other != null && other.id == barrier.id ? 1 : 0;
      }
      boolean complete =
          barrier.threads == 0 ? arrived == count : arrived * Instruction.LANES >= barrier.threads;
      if (complete) {
        for (int j = 0; j < count; j++) {
          Instruction.Barrier other = waiting[j].barrier;
          if (other != null && other.id == barrier.id) {
            waiting[j].barrier = null;
          }
        }
        any = true;
      }
    }
    if (!any) {
      throw waiting[0].fault(
          KernelFault.Kind.ILLEGAL_INSTRUCTION,
          Findings.Kind.EXECUTION,
          0,
          "warps wait at different barriers");
    }
  }
}
