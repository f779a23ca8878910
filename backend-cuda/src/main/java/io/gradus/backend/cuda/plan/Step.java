package io.gradus.backend.cuda.plan;

import java.util.List;

/** One thing that the device does, after all steps before it. */
public sealed interface Step {
  /** What the user asked for, to name it in messages: {@code add}, {@code sum}. */
  String operation();

  /**
   * Starts a kernel.
   *
   * @param sharedBytes dynamic shared memory a block, beyond what the PTX declares
   * @param arguments one a parameter of the entry, in order
   */
  record Launch(
      PtxSource source,
      int gridX,
      int gridY,
      int gridZ,
      int blockX,
      int blockY,
      int blockZ,
      int sharedBytes,
      List<Argument> arguments,
      String operation)
      implements Step {
    /** Checks what the driver would refuse, as here the operation is still known. */
    public Launch {
      if (gridX <= 0 || gridY <= 0 || gridZ <= 0 || gridY > 65535 || gridZ > 65535) {
        throw new IllegalArgumentException(
            "[%s] a grid of %d x %d x %d blocks".formatted(operation, gridX, gridY, gridZ));
      }
      if (blockX <= 0 || blockY <= 0 || blockZ <= 0 || (long) blockX * blockY * blockZ > 1024) {
        throw new IllegalArgumentException(
            "[%s] a block of %d x %d x %d threads".formatted(operation, blockX, blockY, blockZ));
      }
    }

    /** A launch in one dimension without dynamic shared memory. */
    public static Launch of(
        PtxSource source, int grid, int block, List<Argument> arguments, String operation) {
      return new Launch(source, grid, 1, 1, block, 1, 1, 0, arguments, operation);
    }
  }

  /** Sets bytes; the target is an {@link Argument.Address} or {@link Argument.Temporary}. */
  record Fill(Argument target, byte value, long bytes, String operation) implements Step {}

  /** Copies bytes between places that do not overlap. */
  record Copy(Argument from, Argument to, long bytes, String operation) implements Step {}
}
