package io.gradus.backend.cuda.standin;

import io.gradus.backend.cuda.emulator.Findings;
import java.util.Arrays;
import java.util.List;

/** Runs a program unchanged, with the stand-in as its GPU: {@code OnStandIn MAIN-CLASS ARGS}. */
public final class OnStandIn {
  private OnStandIn() {}

  /** Runs the program; ends with status 3 if the memory checker has found something. */
  public static void main(String[] args) throws Exception {
    if (args.length == 0) {
      System.err.println("usage: OnStandIn MAIN-CLASS ARGS");
      System.exit(64);
    }
    StandIn standIn =
        StandIn.install(StandIn.Options.standard())
            .orElseThrow(() -> new IllegalStateException("NOT RUN (no C compiler)"));
    Runtime.getRuntime().addShutdownHook(new Thread(() -> report(standIn)));
    Class.forName(args[0])
        .getMethod("main", String[].class)
        .invoke(null, (Object) Arrays.copyOfRange(args, 1, args.length));
    if (!standIn.findings().list().isEmpty()) {
      System.exit(3);
    }
  }

  private static void report(StandIn standIn) {
    List<Findings.Finding> all = standIn.findings().list();
    System.out.printf(
        "stand-in: %d launches, %d M warp instructions, %d findings%n",
        standIn.launches(), standIn.instructions() / 1_000_000, all.size());
    all.stream().limit(20).forEach(System.out::println);
  }
}
