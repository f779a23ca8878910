package io.gradus.backend.cuda.standin;

import io.gradus.backend.cuda.emulator.Kernel;
import io.gradus.backend.cuda.emulator.PtxException;
import io.gradus.backend.cuda.emulator.PtxModule;
import java.lang.foreign.ValueLayout;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Modules and functions: CUDA Driver API, "Module Management", "Occupancy". */
final class ModuleCalls {
  static final int SHARED_PER_BLOCK = 48 << 10;
  static final int SHARED_OPTIN = 99 << 10;

  private static final Pattern HEAD =
      Pattern.compile("\\.version\\s+(\\d+)\\.(\\d+)[\\s\\S]*?\\.target\\s+sm_(\\d+)");
  private static final int JIT_INFO_LOG = 3;
  private static final int JIT_ERROR_LOG = 5;

  private final Driver driver;

  ModuleCalls(Driver driver) {
    this.driver = driver;
  }

  /** A kernel, and what has been set for it. */
  static final class Function {
    final Kernel kernel;
    final long module;
    int mostDynamicShared = SHARED_PER_BLOCK;

    Function(Kernel kernel, long module) {
      this.kernel = kernel;
      this.module = module;
    }
  }

  void register() {
    driver.on("cuModuleLoadData", a -> a.putLong(0, load(a.asLong(1))));
    driver.on("cuModuleLoadFatBinary", a -> a.putLong(0, load(a.asLong(1))));
    driver.on("cuModuleLoadDataEx", this::loadWithLog);
    driver.on(
        "cuModuleUnload",
        a -> {
          driver.scheduler.drain();
          driver.handles.remove(a.asLong(0), PtxModule.class).unload();
        });
    driver.on("cuModuleGetFunction", this::function);
    driver.on(
        "cuModuleGetGlobal_v2",
        a -> {
          long[] found = driver.handles.get(a.asLong(2), PtxModule.class).variable(a.string(3));
          if (found == null) {
            throw CudaResult.ERROR_NOT_FOUND.error();
          }
          a.putLongIfAsked(0, found[0]);
          a.putLongIfAsked(1, found[1]);
        });
    driver.on("cuModuleGetLoadingMode", a -> a.putInt(0, 1));
    driver.on("cuFuncGetAttribute", a -> a.putInt(0, attribute(f(a, 2), a.asInt(1))));
    driver.on(
        "cuFuncSetAttribute",
        a -> {
          if (a.asInt(1) == 8) {
            Driver.require(a.asInt(2) + f(a, 0).kernel.sharedBytes() <= SHARED_OPTIN);
            f(a, 0).mostDynamicShared = a.asInt(2);
          }
        });
    driver.on("cuFuncSetCacheConfig", a -> {});
    driver.on("cuFuncGetModule", a -> a.putLong(0, f(a, 1).module));
    driver.on(
        "cuOccupancyMaxActiveBlocksPerMultiprocessor",
        a -> a.putInt(0, Math.max(1, 2048 / Math.max(1, a.asInt(2)))));
    driver.on(
        "cuOccupancyMaxActiveBlocksPerMultiprocessorWithFlags",
        a -> a.putInt(0, Math.max(1, 2048 / Math.max(1, a.asInt(2)))));
    driver.on(
        "cuOccupancyMaxPotentialBlockSize",
        a -> {
          a.putInt(0, driver.options.multiprocessors() * 2);
          a.putInt(1, Math.min(256, f(a, 2).kernel.maxThreads()));
        });
  }

  private Function f(Arguments a, int i) {
    return driver.handles.get(a.asLong(i), Function.class);
  }

  /** By the numbers of {@code CUfunction_attribute}. */
  private int attribute(Function f, int number) {
    return switch (number) {
      case 0 -> f.kernel.maxThreads();
      case 1 -> f.kernel.sharedBytes();
      case 3 -> f.kernel.localBytes();
      case 4 -> Math.min(255, f.kernel.registers());
      case 5, 6 -> driver.options.capability();
      case 8 -> f.mostDynamicShared;
      default -> 0;
    };
  }

  private long load(long image) {
    driver.notWhileCapturing();
    Driver.require(image != 0);
    if (Arguments.intAt(image) == 0x464C457F) {
      throw CudaResult.ERROR_NO_BINARY_FOR_GPU.error();
    }
    String text = Arguments.stringAt(image);
    Matcher head = HEAD.matcher(text);
    if (!head.find()) {
      throw new PtxException("no .version and .target at the beginning");
    }
    int version = Integer.parseInt(head.group(1)) * 10 + Integer.parseInt(head.group(2));
    if (version > newestVersion()) {
      throw CudaResult.ERROR_UNSUPPORTED_PTX_VERSION.error();
    }
    if (Integer.parseInt(head.group(3)) > driver.options.capability()) {
      throw CudaResult.ERROR_NO_BINARY_FOR_GPU.error();
    }
    PtxModule module = new PtxModule(text, driver.memory, driver.context().device);
    module.names().forEach(module::kernel);
    return driver.handles.add(module);
  }

  /** CUDA 12.0 reads PTX 8.0; each minor release one more. */
  private int newestVersion() {
    int version = driver.options.version();
    return version >= 13000 ? 90 + version % 1000 / 10 : 80 + Math.min(version % 1000 / 10, 8);
  }

  private void loadWithLog(Arguments a) {
    try {
      a.putLong(0, load(a.asLong(1)));
      log(a, JIT_INFO_LOG, "");
    } catch (PtxException e) {
      log(a, JIT_ERROR_LOG, "stand-in: " + e.getMessage());
      throw e;
    }
  }

  /** Writes to the log of that option, if there is one; the next option is its size. */
  private static void log(Arguments a, int option, String text) {
    long buffer = option(a, option);
    long size = option(a, option + 1);
    if (buffer != 0 && size > 0) {
      byte[] bytes = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
      int n = (int) Math.min(bytes.length, size - 1);
      for (int i = 0; i <= n; i++) {
        Arguments.host(buffer, size).set(ValueLayout.JAVA_BYTE, i, i < n ? bytes[i] : 0);
      }
    }
  }

  private static long option(Arguments a, int option) {
    for (int i = 0; i < a.asInt(2); i++) {
      if (Arguments.intAt(a.asLong(3) + 4L * i) == option) {
        return Arguments.longAt(a.asLong(4) + 8L * i);
      }
    }
    return 0;
  }

  private void function(Arguments a) {
    PtxModule module = driver.handles.get(a.asLong(1), PtxModule.class);
    Kernel kernel = module.kernel(a.string(2));
    if (kernel == null) {
      throw CudaResult.ERROR_NOT_FOUND.error();
    }
    a.putLong(0, driver.handles.add(new Function(kernel, a.asLong(1))));
  }
}
