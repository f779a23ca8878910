package io.gradus.backend.cuda;

import io.gradus.backend.cuda.driver.JCudaNatives;
import java.io.IOException;
import java.util.Locale;

/** What came of looking for JCuda and loading its native library. */
sealed interface JCudaCheck {
  /** It is loaded. */
  record Loaded() implements JCudaCheck {}

  /** Its classes are not on the class path. */
  record NoClasses() implements JCudaCheck {}

  /** Its native library for this kind of machine is not on the class path. */
  record NoNatives(String platform) implements JCudaCheck {}

  /** The native library does not load. */
  record Unloadable(String problem) implements JCudaCheck {}

  /** Looks for it; its classes are touched only where they are. */
  static JCudaCheck load() {
    String platform =
        platform(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
    if (!isResource("jcuda/driver/JCudaDriver.class")) {
      return new NoClasses();
    }
    if (!isResource(natives(platform))) {
      return new NoNatives(platform);
    }
    try {
      JCudaNatives.load(natives(platform));
      return new Loaded();
    } catch (IOException | LinkageError e) {
      return new Unloadable(firstLine(e));
    }
  }

  /** The classifier of the natives' artifact. */
  static String platform(String operatingSystem, String architecture) {
    String system = operatingSystem.toLowerCase(Locale.ROOT);
    String os = system.contains("windows") ? "windows" : system.contains("mac") ? "apple" : "linux";
    return os + "-" + (architecture.equals("amd64") ? "x86_64" : architecture);
  }

  /** The library within the natives' jar. */
  static String natives(String platform) {
    String name = "JCudaDriver-" + JCudaNatives.VERSION + "-" + platform;
    return "lib/" + (platform.startsWith("windows") ? name + ".dll" : "lib" + name + ".so");
  }

  private static boolean isResource(String name) {
    ClassLoader loader = JCudaCheck.class.getClassLoader();
    return (loader == null ? ClassLoader.getSystemResource(name) : loader.getResource(name))
        != null;
  }

  private static String firstLine(Throwable problem) {
    String message = problem.toString();
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }
}
