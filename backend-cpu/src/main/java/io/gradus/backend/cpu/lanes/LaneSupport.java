package io.gradus.backend.cpu.lanes;

import java.util.Locale;

/**
 * Decides once whether loops run on vectors.
 *
 * <p>The property {@code gradus.lanes} may say {@code scalar} or {@code vector} (from the first
 * element on) instead of the default {@code auto}. Without the module {@code jdk.incubator.vector}
 * loops are scalar whatever it says, and one line is logged that tells how to add it.
 */
final class LaneSupport {
  private static final String WISH =
      System.getProperty("gradus.lanes", "auto").toLowerCase(Locale.ROOT);

  static final boolean VECTOR = decide(WISH);

  /** Numbers of 32 bits in a vector: loops over fewer numbers run on scalars. */
  static final int FEWEST = VECTOR ? LaneShapes.FULL.vectorBitSize() / Integer.SIZE : 0;

  /**
   * So many elements of a program are done on scalars first. A loop on vectors takes 10 ms and more
   * until it is compiled, which what is done once, such as drawing the parameters of a small
   * network, would spend for nothing.
   */
  static final int SCALARS_FIRST = WISH.equals("vector") ? 0 : 1 << 21;

  private LaneSupport() {}

  private static boolean decide(String wish) {
    if (wish.equals("scalar")) {
      return false;
    }
    if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
      return refuse(
          "the module jdk.incubator.vector is missing; start the JVM with"
              + " --add-modules jdk.incubator.vector");
    }
    if (wish.equals("vector")) {
      return true;
    }
    if (!wish.equals("auto")) {
      warn("-Dgradus.lanes=" + wish + " is none of auto, vector and scalar; taking auto");
    }
    if (System.getProperty("java.vm.info", "").contains("interpreted")) {
      return refuse("the JVM runs interpreted; start it without -Xint");
    }
    String objection = LaneShapes.objection();
    return objection.isEmpty()
        || refuse(objection + "; -Dgradus.lanes=vector uses them all the same");
  }

  private static boolean refuse(String why) {
    warn("CPU kernels run without vectors, hence slower: " + why);
    return false;
  }

  private static void warn(String message) {
    // A logger takes 10 ms to make.
    System.getLogger(LaneSupport.class.getName()).log(System.Logger.Level.WARNING, message);
  }
}
