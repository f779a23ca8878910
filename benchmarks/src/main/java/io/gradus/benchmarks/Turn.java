package io.gradus.benchmarks;

import java.io.IOException;

/**
 * The turn to run, which processes of several libraries pass on before each iteration that counts,
 * so that all of them meet the machine as it is at the time.
 */
public final class Turn {
  /** The property by which a process knows that it has to. */
  public static final String PROPERTY = "gradus.bench.turns";

  /** What a line begins with, a row behind it, that passes the turn on. */
  public static final String PASSED = "turn passed before ";

  private Turn() {}

  /** Lets others run until a byte comes in; ends the process if none can any more. */
  static void pass(Row row) throws IOException {
    if (!Boolean.getBoolean(PROPERTY)) {
      return;
    }
    // a library may have left a line unfinished
    System.out.println("\n" + PASSED + row.name());
    System.out.flush();
    if (System.in.read() < 0) {
      System.exit(1);
    }
  }
}
