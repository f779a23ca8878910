package io.gradus.backend.cuda.standin;

import io.gradus.backend.cuda.emulator.Findings;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Contexts: CUDA Driver API, chapters "Primary Context Management", "Context Management". */
final class ContextCalls {
  private final Driver driver;
  private final Map<Integer, Context> primary = new HashMap<>();

  ContextCalls(Driver driver) {
    this.driver = driver;
  }

  void register() {
    driver.on("cuDevicePrimaryCtxRetain", this::retain);
    driver.on("cuDevicePrimaryCtxRelease_v2", a -> release(a.asInt(0)));
    driver.on("cuDevicePrimaryCtxReset_v2", a -> end(primary.get(a.asInt(0))));
    driver.on("cuDevicePrimaryCtxSetFlags_v2", a -> {});
    driver.on(
        "cuDevicePrimaryCtxGetState",
        a -> {
          Context c = primary.get(a.asInt(0));
          a.putInt(1, 0);
          a.putInt(2, c != null && c.retained > 0 ? 1 : 0);
        });
    driver.on(
        "cuCtxCreate_v2",
        a -> {
          Context c = create(a.asInt(2));
          driver.currentContexts().push(c);
          a.putLong(0, c.handle);
        });
    driver.on(
        "cuCtxDestroy_v2",
        a -> {
          Context c = driver.handles.remove(a.asLong(0), Context.class);
          driver.currentContexts().remove(c);
          end(c);
        });
    driver.on(
        "cuCtxSetCurrent",
        a -> {
          Deque<Context> stack = driver.currentContexts();
          Context next = a.asLong(0) == 0 ? null : driver.handles.get(a.asLong(0), Context.class);
          stack.poll();
          if (next != null) {
            stack.push(next);
          }
        });
    driver.on(
        "cuCtxGetCurrent",
        a -> {
          Context c = driver.currentContexts().peek();
          a.putLong(0, c == null ? 0 : c.handle);
        });
    driver.on(
        "cuCtxPushCurrent_v2",
        a -> driver.currentContexts().push(driver.handles.get(a.asLong(0), Context.class)));
    driver.on(
        "cuCtxPopCurrent_v2",
        a -> {
          a.putLongIfAsked(0, driver.context().handle);
          driver.currentContexts().pop();
        });
    driver.on("cuCtxGetDevice", a -> a.putInt(0, driver.context().device));
    driver.on("cuCtxGetFlags", a -> a.putInt(0, 0));
    driver.on("cuCtxGetId", a -> a.putLong(1, driver.context().handle));
    driver.on("cuCtxGetApiVersion", a -> a.putInt(1, 3020));
    driver.on("cuCtxGetLimit", a -> a.putLong(0, 1024));
    driver.on("cuCtxSetLimit", a -> {});
    driver.on("cuCtxSetCacheConfig", a -> {});
    driver.on(
        "cuCtxGetStreamPriorityRange",
        a -> {
          a.putInt(0, 0);
          a.putInt(1, -5);
        });
    driver.on(
        "cuCtxSynchronize",
        a -> {
          driver.notWhileCapturing();
          driver.scheduler.drain();
          driver.checkError(driver.context());
        });
    driver.on("cuCtxEnablePeerAccess", a -> peer(a.asLong(0), true));
    driver.on("cuCtxDisablePeerAccess", a -> peer(a.asLong(0), false));
  }

  private Context create(int device) {
    if (device < 0 || device >= driver.options.devices()) {
      throw CudaResult.ERROR_INVALID_DEVICE.error();
    }
    Context c = new Context(device, driver.handles.reserve());
    driver.handles.put(c.handle, c);
    driver.contexts.add(c);
    return c;
  }

  private void retain(Arguments a) {
    Context c = primary.get(a.asInt(1));
    if (c == null || c.retained == 0) {
      c = create(a.asInt(1));
      primary.put(a.asInt(1), c);
    }
    c.retained++;
    a.putLong(0, c.handle);
  }

  private void release(int device) {
    Context c = primary.get(device);
    if (c == null || c.retained == 0) {
      throw CudaResult.ERROR_INVALID_CONTEXT.error();
    }
    if (--c.retained == 0) {
      end(c);
    }
  }

  private void end(@Nullable Context c) {
    if (c == null) {
      return;
    }
    driver.scheduler.drain();
    for (long address : c.allocations) {
      driver.findings.report(Findings.Kind.LEAK, driver.memory.name(address) + " was never freed");
      driver.memory.free(address);
    }
    c.allocations.clear();
    c.retained = 0;
    c.error = CudaResult.ERROR_DEINITIALIZED.code;
    primary.remove(c.device, c);
    driver.contexts.remove(c);
  }

  private void peer(long handle, boolean allowed) {
    Context other = driver.handles.get(handle, Context.class);
    if (other.device == driver.context().device) {
      throw CudaResult.ERROR_INVALID_DEVICE.error();
    }
    driver.memory.allowPeer(driver.context().device, other.device, allowed);
  }
}
