package io.gradus.backend.cuda.emulator;

import java.util.Random;
import org.jspecify.annotations.Nullable;

/** One run of a kernel: all its blocks, one after the other. */
public final class Launch {
  /** Branches that a launch may take before it counts as endless. */
  static final long MOST_BRANCHES = 2_000_000_000L;

  final Kernel kernel;
  final Dim grid;
  final Dim block;
  final int sharedBytes;
  final Region parameters;
  final DeviceMemory memory;
  final int device;
  final Findings findings;

  /** Decides the order of blocks and warps; null for ascending. */
  final @Nullable Random order;

  long branches;
  private long instructions;

  /** Sizes in three dimensions. */
  public record Dim(int x, int y, int z) {
    int count() {
      return x * y * z;
    }

    /** The position of a number that counts x fastest. */
    Dim position(int i) {
      return new Dim(i % x, i / x % y, i / x / y);
    }

    @Override
    public String toString() {
      return "(" + x + "," + y + "," + z + ")";
    }
  }

  /**
   * Prepares a launch.
   *
   * @param sharedBytes dynamic shared memory
   * @param parameters packed as the kernel says
   * @param order decides the order of blocks and warps; null for ascending
   */
  public Launch(
      Kernel kernel,
      Dim grid,
      Dim block,
      int sharedBytes,
      byte[] parameters,
      DeviceMemory memory,
      int device,
      Findings findings,
      @Nullable Random order) {
    this.kernel = kernel;
    this.grid = grid;
    this.block = block;
    this.sharedBytes = sharedBytes;
    this.parameters = Region.onDevice(0, parameters.length, "parameters", device);
    this.parameters.copyFrom(java.lang.foreign.MemorySegment.ofArray(parameters), 0);
    this.memory = memory;
    this.device = device;
    this.findings = findings;
    this.order = order;
  }

  /**
   * Runs it.
   *
   * @throws KernelFault if it does what hardware would stop it for
   */
  public void run() {
    int blocks = grid.count();
    int[] sequence = sequence(blocks);
    Block one = new Block(this);
    for (int i = 0; i < blocks; i++) {
      one.run(grid.position(sequence[i]));
    }
  }

  /** The numbers below n in the order in which things are to run. */
  int[] sequence(int n) {
    int[] all = new int[n];
    for (int i = 0; i < n; i++) {
      all[i] = i;
    }
    if (order != null) {
      for (int i = n - 1; i > 0; i--) {
        int j = order.nextInt(i + 1);
        int t = all[i];
        all[i] = all[j];
        all[j] = t;
      }
    }
    return all;
  }

  void count(long more) {
    instructions += more;
  }

  /** How many instructions its warps ran. */
  public long instructions() {
    return instructions;
  }
}
