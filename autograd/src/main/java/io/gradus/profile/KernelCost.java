package io.gradus.profile;

/**
 * What the calls of one kernel for one operation cost.
 *
 * @param operation the innermost public method, such as {@code mm} or {@code Adam.step}, or in
 *     backward a node such as {@code MmBackward0}
 * @param kernel such as {@code contract} or {@code elementwise mul add}
 * @param device that it ran on
 * @param calls how often
 * @param nanos in all
 * @param bytes read and written in all
 */
public record KernelCost(
    String operation, String kernel, String device, long calls, long nanos, long bytes) {
  /** The time of one call. */
  public double meanNanos() {
    return calls == 0 ? 0 : (double) nanos / calls;
  }

  KernelCost plus(long time, long more) {
    return new KernelCost(operation, kernel, device, calls + 1, nanos + time, bytes + more);
  }
}
