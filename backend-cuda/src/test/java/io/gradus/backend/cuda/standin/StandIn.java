package io.gradus.backend.cuda.standin;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.gradus.backend.cuda.emulator.Findings;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * A GPU for tests: once installed, whoever loads {@code libcuda.so.1} in this process gets the
 * stand-in. Must come before anything that touches JCuda.
 */
public final class StandIn {
  private static @Nullable StandIn installed;

  private final Driver driver;

  /**
   * What the machine looks like.
   *
   * @param devices how many GPUs
   * @param capability ten times the compute capability, 80 for sm_80
   * @param version the driver's, 12060 for CUDA 12.6
   * @param multiprocessors of each GPU
   * @param memory of each GPU, in bytes
   * @param seed 0 to run all work at once; otherwise it is run late, in an order that depends on
   *     the seed
   */
  public record Options(
      int devices, int capability, int version, int multiprocessors, long memory, long seed) {
    /** Two GPUs as most tests want them; the seed comes from {@code gradus.standin.seed}. */
    public static Options standard() {
      return new Options(2, 80, 12060, 2, 4L << 30, Long.getLong("gradus.standin.seed", 0));
    }
  }

  private StandIn(Driver driver) {
    this.driver = driver;
  }

  /**
   * Installs it, unless that has been done already.
   *
   * @return empty where there is no C compiler
   */
  public static synchronized Optional<StandIn> install(Options options) {
    if (installed == null) {
      Optional<String> compiler = StandInLibrary.compiler();
      if (compiler.isEmpty()) {
        return Optional.empty();
      }
      // The real ones, where there are any, need a real driver.
      for (String library : List.of("gradus.cuda.cublas", "gradus.cuda.cudnn")) {
        if (System.getProperty(library) == null) {
          System.setProperty(library, "off");
        }
      }
      Driver driver = new Driver(options);
      bind(driver, StandInLibrary.compile(compiler.get()).toString());
      installed = new StandIn(driver);
    }
    return Optional.of(installed);
  }

  /**
   * Installs it for a test, which is skipped where there is no C compiler.
   *
   * @throws org.opentest4j.TestAbortedException there
   */
  public static StandIn forTest(Class<?> test) {
    Optional<StandIn> found = install(Options.standard());
    if (found.isEmpty()) {
      String notRun = "NOT RUN (no C compiler): " + test.getSimpleName();
      System.out.println(notRun);
      return Assumptions.abort(notRun);
    }
    return found.get();
  }

  private static void bind(Driver driver, String library) {
    SymbolLookup symbols = SymbolLookup.libraryLookup(library, Arena.global());
    MemorySegment table = symbols.findOrThrow("gradus_standin_names").reinterpret(Long.MAX_VALUE);
    List<String> names = new ArrayList<>();
    for (int i = 0; table.getAtIndex(ADDRESS, i).address() != 0; i++) {
      names.add(table.getAtIndex(ADDRESS, i).reinterpret(Long.MAX_VALUE).getString(0));
    }
    driver.names(names.toArray(String[]::new));
    Linker linker = Linker.nativeLinker();
    try {
      MemorySegment stub =
          linker.upcallStub(
              MethodHandles.lookup()
                  .findVirtual(
                      Driver.class,
                      "dispatch",
                      MethodType.methodType(int.class, int.class, MemorySegment.class))
                  .bindTo(driver),
              FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS),
              Arena.global());
      linker
          .downcallHandle(
              symbols.findOrThrow("gradus_standin_register"), FunctionDescriptor.ofVoid(ADDRESS))
          .invokeExact(stub);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** What the checker has found. */
  public Findings findings() {
    return driver.findings;
  }

  /** From now on all work is run at once. */
  public void eager() {
    synchronized (driver) {
      driver.scheduler.eager();
    }
  }

  /** From now on work is run late, in an order that depends on the seed. */
  public void deferred(long seed) {
    synchronized (driver) {
      driver.scheduler.deferred(seed);
    }
  }

  /** The allocation after so many more fails for lack of memory. */
  public void failAllocationAfter(long more) {
    synchronized (driver) {
      driver.injection.allocationsLeft = more;
    }
  }

  /** The launch after so many more ends its context with an error. */
  public void failLaunchAfter(long more, int result) {
    synchronized (driver) {
      driver.injection.launchesLeft = more;
      driver.injection.launchError = result;
    }
  }

  /** After so many more calls for a device it has fallen off the bus. */
  public void loseDeviceAfter(long more) {
    synchronized (driver) {
      driver.injection.callsLeft = more;
    }
  }

  /** How many kernels have been launched. */
  public long launches() {
    synchronized (driver) {
      return driver.counters.launches;
    }
  }

  /** How many pieces of memory have been asked for. */
  public long allocations() {
    synchronized (driver) {
      return driver.counters.allocations;
    }
  }

  /** How many instructions the warps of all kernels have run. */
  public long instructions() {
    synchronized (driver) {
      return driver.counters.instructions;
    }
  }

  /** How many calls of the driver there were. */
  public long calls() {
    synchronized (driver) {
      return driver.counters.calls;
    }
  }
}
