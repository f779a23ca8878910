package io.gradus.tck;

import io.gradus.tensor.backend.Device;

/** What a suite is to run on. */
public sealed interface Target {
  /** A device that is there. */
  record Present(Device device) implements Target {}

  /**
   * None; the suite says so visibly and counts as skipped, never as passed.
   *
   * @param reason what is missing
   */
  record Absent(String reason) implements Target {}
}
