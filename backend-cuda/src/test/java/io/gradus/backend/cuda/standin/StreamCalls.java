package io.gradus.backend.cuda.standin;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** Streams and their capture: CUDA Driver API, "Stream Management". */
final class StreamCalls {
  private static final MethodHandle CALLBACK =
      Linker.nativeLinker()
          .downcallHandle(
              FunctionDescriptor.ofVoid(
                  ValueLayout.ADDRESS, ValueLayout.JAVA_INT, ValueLayout.ADDRESS));

  private final Driver driver;

  StreamCalls(Driver driver) {
    this.driver = driver;
  }

  void register() {
    driver.on("cuStreamCreate", a -> create(a, 0));
    driver.on("cuStreamCreateWithPriority", a -> create(a, a.asInt(2)));
    driver.on(
        "cuStreamDestroy_v2",
        a -> {
          Stream s = driver.handles.remove(a.asLong(0), Stream.class);
          driver.scheduler.await(s.last);
          s.context.streams.remove(s);
        });
    driver.on("cuStreamSynchronize", this::synchronize);
    driver.on("cuStreamQuery", this::query);
    driver.on("cuStreamWaitEvent", this::waitFor);
    driver.on("cuStreamGetFlags", a -> a.putInt(1, driver.stream(a.asLong(0)).flags));
    driver.on("cuStreamGetPriority", a -> a.putInt(1, driver.stream(a.asLong(0)).priority));
    driver.on("cuStreamGetCtx", a -> a.putLong(1, driver.stream(a.asLong(0)).context.handle));
    driver.on("cuStreamGetId", a -> a.putLong(1, driver.stream(a.asLong(0)).handle));
    driver.on("cuStreamAddCallback", this::callback);
    driver.on("cuStreamBeginCapture_v2", this::begin);
    driver.on("cuStreamEndCapture", this::end);
    driver.on(
        "cuStreamIsCapturing",
        a -> {
          Capture c = driver.stream(a.asLong(0)).capture;
          a.putInt(1, c == null ? 0 : c.invalid ? 2 : 1);
        });
    driver.on("cuThreadExchangeStreamCaptureMode", a -> a.putInt(0, Capture.GLOBAL));
  }

  private void create(Arguments a, int priority) {
    Context c = driver.context();
    Stream s = new Stream(c, driver.handles.reserve(), a.asInt(1), priority);
    driver.handles.put(s.handle, s);
    c.streams.add(s);
    a.putLong(0, s.handle);
  }

  private void notCapturing(Stream s) {
    if (s.capture != null) {
      s.capture.invalid = true;
      throw CudaResult.ERROR_STREAM_CAPTURE_UNSUPPORTED.error();
    }
  }

  private void synchronize(Arguments a) {
    Stream s = driver.stream(a.asLong(0));
    notCapturing(s);
    driver.scheduler.await(s.last);
    driver.checkError(s.context);
  }

  private void query(Arguments a) {
    Stream s = driver.stream(a.asLong(0));
    notCapturing(s);
    driver.scheduler.step(2);
    driver.checkError(s.context);
    if (s.last != null && !s.last.done) {
      throw CudaResult.ERROR_NOT_READY.error();
    }
  }

  private void waitFor(Arguments a) {
    Stream s = driver.stream(a.asLong(0));
    Event e = driver.handles.get(a.asLong(1), Event.class);
    Capture recorded = e.capture;
    if (recorded != null && driver.captures.contains(recorded)) {
      s.capture = recorded;
      return;
    }
    if (driver.capture(s) != null) {
      throw CudaResult.ERROR_STREAM_CAPTURE_ISOLATION.error();
    }
    if (e.task != null && !e.task.done) {
      Task task = new Task(s.context, () -> {});
      Stream.after(task, e.task);
      s.order(task);
      driver.scheduler.submit(task);
    }
  }

  private void callback(Arguments a) {
    Stream s = driver.stream(a.asLong(0));
    MemorySegment stream = MemorySegment.ofAddress(a.asLong(0));
    MemorySegment function = MemorySegment.ofAddress(a.asLong(1));
    MemorySegment data = MemorySegment.ofAddress(a.asLong(2));
    driver.submit(
        s,
        () -> {
          try (Arena arena = Arena.ofConfined()) {
            CALLBACK.invokeExact(function.reinterpret(arena, null), stream, s.context.error, data);
          } catch (Throwable e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private void begin(Arguments a) {
    Stream s = driver.stream(a.asLong(0));
    if (s == s.context.defaultStream) {
      throw CudaResult.ERROR_STREAM_CAPTURE_UNSUPPORTED.error();
    }
    if (s.capture != null) {
      throw CudaResult.ERROR_INVALID_VALUE.error();
    }
    s.capture = new Capture(s, a.asInt(1));
    driver.captures.add(s.capture);
  }

  private void end(Arguments a) {
    Stream s = driver.stream(a.asLong(0));
    Capture c = s.capture;
    if (c == null) {
      throw CudaResult.ERROR_INVALID_VALUE.error();
    }
    if (c.origin != s) {
      throw CudaResult.ERROR_STREAM_CAPTURE_UNMATCHED.error();
    }
    driver.captures.remove(c);
    s.capture = null;
    for (Stream other : s.context.streams) {
      if (other.capture == c) {
        other.capture = null;
      }
    }
    if (c.invalid) {
      a.putLong(1, 0);
      throw CudaResult.ERROR_STREAM_CAPTURE_INVALIDATED.error();
    }
    a.putLong(1, driver.handles.add(c.graph));
  }
}
