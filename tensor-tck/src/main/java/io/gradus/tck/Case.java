package io.gradus.tck;

import io.gradus.tensor.backend.Device;

/**
 * One check of a device, with a name under which it can be rerun alone.
 *
 * @param id path-like and unique, such as {@code pointwise/ADD/f32/transposed}
 */
public record Case(String id, Check check) {
  /** What a case does; it throws an {@link AssertionError} that names the case. */
  @FunctionalInterface
  public interface Check {
    /** Runs the check on a device. */
    void on(Trial trial);
  }

  /** Runs the check; whatever it throws becomes an error that names the case. */
  public void run(Device device) {
    try {
      check.on(new Trial(id, device));
    } catch (AssertionError e) {
      throw e;
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      throw new AssertionError(Trial.message(id, "unexpected " + e), e);
    }
  }

  /** Whether {@code -Dgradus.tck.case} asks for this case: an id, or the beginning of one. */
  boolean isSelected() {
    String wanted = System.getProperty("gradus.tck.case", "");
    return wanted.isEmpty() || id.equals(wanted) || id.startsWith(wanted + "/");
  }

  /** A number that depends on the id alone, so that a case draws the same values when rerun. */
  long seed() {
    return Long.getLong("gradus.tck.seed", 0) * 0x9E3779B97F4A7C15L + id.hashCode();
  }
}
