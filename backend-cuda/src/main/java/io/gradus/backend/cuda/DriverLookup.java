package io.gradus.backend.cuda;

import io.gradus.backend.cuda.driver.DriverLibrary;
import java.lang.foreign.SymbolLookup;

/** What came of looking for the driver's library on this machine. */
sealed interface DriverLookup {
  /** It is there. */
  record Found(CudaDriver driver) implements DriverLookup {}

  /** The system's loader does not find it. */
  record NoLibrary(String library) implements DriverLookup {}

  /** It is there, but not what it should be. */
  record Unusable(String library, String problem) implements DriverLookup {}

  /** This JVM was not allowed to call native code, so nobody can tell. */
  record AccessDenied(String module) implements DriverLookup {}

  /** Looks the library up, with the search path that any program would use. */
  static DriverLookup find() {
    Module module = DriverLookup.class.getModule();
    // Asked first: where access is merely not granted, trying would print warnings on the CPU's
    // users.
    if (!module.isNativeAccessEnabled()) {
      return new AccessDenied(module.isNamed() ? module.getName() : "ALL-UNNAMED");
    }
    String library = DriverLibrary.described();
    SymbolLookup symbols = DriverLibrary.find();
    if (symbols == null) {
      return new NoLibrary(library);
    }
    try {
      return new Found(new NativeCudaDriver(symbols));
    } catch (LinkageError | RuntimeException e) {
      return new Unusable(library, String.valueOf(e.getMessage()));
    }
  }
}
