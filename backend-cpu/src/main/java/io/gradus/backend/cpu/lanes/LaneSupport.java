package io.gradus.backend.cpu.lanes;

import java.util.Locale;

/**
 * Decides once whether loops run on vectors.
 *
 * <p>The property {@code gradus.lanes} may say {@code scalar} or {@code vector} instead of the
 * default {@code auto}. Without the module {@code jdk.incubator.vector} loops are scalar whatever
 * it says, and one line is logged that tells how to add it.
 */
final class LaneSupport {
  private static final System.Logger LOG = System.getLogger(LaneSupport.class.getName());

  static final boolean VECTOR = decide();

  private LaneSupport() {}

  private static boolean decide() {
    String wish = System.getProperty("gradus.lanes", "auto").toLowerCase(Locale.ROOT);
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
    if (System.getProperty("java.vm.info", "").contains("interpreted")) {
      return refuse("the JVM runs interpreted; start it without -Xint");
    }
    String objection = LaneSpecies.objection();
    return objection.isEmpty()
        || refuse(objection + "; -Dgradus.lanes=vector uses them all the same");
  }

  private static boolean refuse(String why) {
    LOG.log(System.Logger.Level.WARNING, "CPU kernels run without vectors, hence slower: " + why);
    return false;
  }
}
