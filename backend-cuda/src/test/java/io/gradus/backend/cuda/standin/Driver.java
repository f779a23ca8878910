package io.gradus.backend.cuda.standin;

import io.gradus.backend.cuda.emulator.DeviceMemory;
import io.gradus.backend.cuda.emulator.Findings;
import io.gradus.backend.cuda.emulator.PtxException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The state of the driver, and the table of its calls; one call runs at a time. */
final class Driver {
  final StandIn.Options options;
  final DeviceMemory memory = new DeviceMemory();
  final Findings findings = new Findings();
  final Handles handles = new Handles();
  final Scheduler scheduler = new Scheduler();
  final Injection injection = new Injection();
  final List<Capture> captures = new ArrayList<>();
  final List<Context> contexts = new ArrayList<>();
  final Counters counters = new Counters();

  private final Map<String, Call> calls = new HashMap<>();
  private final ThreadLocal<Deque<Context>> current = ThreadLocal.withInitial(ArrayDeque::new);
  private String[] names = {};
  boolean initialised;

  /** A function of the driver. */
  interface Call {
    /** Does it; ends with success, or with a {@link CudaResult.CudaError}. */
    void run(Arguments a);
  }

  /** What has been done so far. */
  static final class Counters {
    long launches;
    long allocations;
    long instructions;
    long calls;
  }

  Driver(StandIn.Options options) {
    this.options = options;
    if (options.seed() != 0) {
      scheduler.deferred(options.seed());
    }
    new DeviceCalls(this).register();
    new ContextCalls(this).register();
    new ModuleCalls(this).register();
    new LaunchCalls(this).register();
    new MemoryCalls(this).register();
    new CopyCalls(this).register();
    new StreamCalls(this).register();
    new EventCalls(this).register();
    new GraphCalls(this).register();
  }

  void names(String[] all) {
    names = all;
  }

  void on(String name, Call call) {
    calls.put(name, call);
  }

  /** Called by the library for each function of the driver. */
  synchronized int dispatch(int function, MemorySegment arguments) {
    String name = names[function];
    Call call = calls.get(name);
    if (call == null) {
      findings.report(Findings.Kind.API, name + " is not known to the stand-in");
      return CudaResult.ERROR_NOT_SUPPORTED.code;
    }
    counters.calls++;
    try {
      if (!initialised && !isAnswered(name)) {
        return CudaResult.ERROR_NOT_INITIALIZED.code;
      }
      if (needsContext(name)) {
        if (injection.losesDevice()) {
          context().fail(CudaResult.ERROR_UNKNOWN.code, "the device is lost before " + name);
        }
        if (context().error != 0) {
          return context().error;
        }
      }
      call.run(new Arguments(arguments.reinterpret(8L * Arguments.MOST)));
      return 0;
    } catch (CudaResult.CudaError e) {
      return e.code;
    } catch (PtxException e) {
      System.out.println("[stand-in] " + name + ": " + e.getMessage());
      return CudaResult.ERROR_INVALID_PTX.code;
    } catch (OutOfMemoryError e) {
      return CudaResult.ERROR_OUT_OF_MEMORY.code;
    } catch (Throwable e) {
      e.printStackTrace();
      findings.report(Findings.Kind.API, name + ": " + e);
      return CudaResult.ERROR_UNKNOWN.code;
    }
  }

  private static boolean isAnswered(String name) {
    return name.equals("cuInit")
        || name.equals("cuDriverGetVersion")
        || name.startsWith("cuGetError");
  }

  private static boolean needsContext(String name) {
    return !isAnswered(name)
        && !name.startsWith("cuDevice")
        && !name.startsWith("cuProfiler")
        && !name.startsWith("cuMemPool")
        && switch (name) {
          case "cuCtxSetCurrent",
              "cuCtxGetCurrent",
              "cuCtxPushCurrent_v2",
              "cuCtxPopCurrent_v2",
              "cuCtxCreate_v2",
              "cuCtxDestroy_v2",
              "cuModuleGetLoadingMode",
              "cuThreadExchangeStreamCaptureMode" ->
              false;
          default -> true;
        };
  }

  Deque<Context> currentContexts() {
    return current.get();
  }

  /** The context of the calling thread. */
  Context context() {
    Context found = current.get().peek();
    if (found == null) {
      throw CudaResult.ERROR_INVALID_CONTEXT.error();
    }
    return found;
  }

  /** The stream of a handle; 0, 1 and 2 are the default one. */
  Stream stream(long handle) {
    return handle >= 0 && handle <= 2 ? context().defaultStream : handles.get(handle, Stream.class);
  }

  /** Runs something in a stream's order, or records it. */
  void submit(Stream stream, Runnable work) {
    Capture capture = capture(stream);
    if (capture != null) {
      capture.graph.nodes.add(work);
      return;
    }
    Task task = new Task(stream.context, work);
    stream.order(task);
    scheduler.submit(task);
  }

  /** The capture that a stream's work goes into, or null; work may not be lost between. */
  @Nullable Capture capture(Stream stream) {
    if (stream == stream.context.defaultStream) {
      for (Capture c : captures) {
        if (c.origin.context == stream.context && c.origin.isBlocking()) {
          c.invalid = true;
          throw CudaResult.ERROR_STREAM_CAPTURE_IMPLICIT.error();
        }
      }
    }
    Capture capture = stream.capture;
    if (capture != null && capture.invalid) {
      throw CudaResult.ERROR_STREAM_CAPTURE_INVALIDATED.error();
    }
    return capture;
  }

  /** Ends a call that may not be made while a capture is going on. */
  void notWhileCapturing() {
    for (Capture c : captures) {
      if (c.forbids()) {
        c.invalid = true;
        throw CudaResult.ERROR_STREAM_CAPTURE_UNSUPPORTED.error();
      }
    }
  }

  /** Ends the call with an error of the context, if there is one by now. */
  void checkError(Context c) {
    if (c.error != 0) {
      throw new CudaResult.CudaError(c.error);
    }
  }

  static void require(boolean holds) {
    if (!holds) {
      throw CudaResult.ERROR_INVALID_VALUE.error();
    }
  }
}
