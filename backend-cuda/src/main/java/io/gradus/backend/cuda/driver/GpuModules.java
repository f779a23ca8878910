package io.gradus.backend.cuda.driver;

import static io.gradus.backend.cuda.driver.DriverFailure.check;

import io.gradus.backend.cuda.plan.PtxSource;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentHashMap;
import jcuda.Pointer;
import jcuda.driver.CUfunction_attribute;
import jcuda.driver.CUjit_option;
import jcuda.driver.CUmodule;
import jcuda.driver.JCudaDriver;
import jcuda.driver.JITOptions;

/**
 * The functions of one GPU: each PTX text is compiled by the driver once a process, which also
 * keeps the result on disk for later ones.
 */
public final class GpuModules {
  private static final int LOG_BYTES = 8192;

  /** Shared memory that a launch may ask for without announcing it. */
  private static final int UNANNOUNCED = 48 << 10;

  private final ConcurrentHashMap<String, CUmodule> modules = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<PtxSource, GpuFunction> functions = new ConcurrentHashMap<>();

  /** A function of a loaded module. */
  public static final class GpuFunction {
    private final Handles.Function handle;
    private final long number;
    private int shared = UNANNOUNCED;

    private GpuFunction(Handles.Function handle) {
      this.handle = handle;
      this.number = handle.number();
    }

    /** The driver's name of it. */
    long number() {
      return number;
    }

    /** Announces launches with more dynamic shared memory than usual. */
    synchronized void allowShared(int bytes) {
      if (bytes > shared) {
        check(
            JCudaDriver.cuFuncSetAttribute(
                handle,
                CUfunction_attribute.CU_FUNC_ATTRIBUTE_MAX_DYNAMIC_SHARED_SIZE_BYTES,
                bytes),
            "cuFuncSetAttribute");
        shared = bytes;
      }
    }
  }

  /** The function, loading its module if need be; the GPU must be entered. */
  public GpuFunction function(PtxSource source) {
    GpuFunction known = functions.get(source);
    return known != null ? known : functions.computeIfAbsent(source, this::load);
  }

  /** How many modules are loaded. */
  public int count() {
    return modules.size();
  }

  private GpuFunction load(PtxSource source) {
    CUmodule module = modules.computeIfAbsent(source.text(), GpuModules::compile);
    Handles.Function function = new Handles.Function();
    check(JCudaDriver.cuModuleGetFunction(function, module, source.entry()), "cuModuleGetFunction");
    return new GpuFunction(function);
  }

  private static CUmodule compile(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    // Not an array: JCuda would pin it while the driver compiles, and hold up the collector.
    ByteBuffer terminated = ByteBuffer.allocateDirect(utf8.length + 1).put(utf8);
    terminated.rewind();
    JITOptions options = new JITOptions();
    options.putBytes(CUjit_option.CU_JIT_ERROR_LOG_BUFFER, new byte[LOG_BYTES]);
    options.putInt(CUjit_option.CU_JIT_ERROR_LOG_BUFFER_SIZE_BYTES, LOG_BYTES);
    CUmodule module = new CUmodule();
    int code = JCudaDriver.cuModuleLoadDataJIT(module, Pointer.to(terminated), options);
    if (code != 0) {
      String log = options.getString(CUjit_option.CU_JIT_ERROR_LOG_BUFFER);
      throw new DriverFailure(code, "cuModuleLoadDataEx", log == null ? "" : log.strip());
    }
    return module;
  }
}
