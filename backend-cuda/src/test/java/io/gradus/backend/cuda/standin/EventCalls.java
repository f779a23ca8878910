package io.gradus.backend.cuda.standin;

/** Events: CUDA Driver API, "Event Management". */
final class EventCalls {
  private final Driver driver;

  EventCalls(Driver driver) {
    this.driver = driver;
  }

  void register() {
    driver.on(
        "cuEventCreate",
        a -> a.putLong(0, driver.handles.add(new Event(driver.context(), a.asInt(1)))));
    driver.on("cuEventDestroy_v2", a -> driver.handles.remove(a.asLong(0), Event.class));
    driver.on("cuEventRecord", this::record);
    driver.on("cuEventRecordWithFlags", this::record);
    driver.on(
        "cuEventQuery",
        a -> {
          Event e = event(a, 0);
          driver.scheduler.step(2);
          driver.checkError(e.context);
          if (e.task != null && !e.task.done) {
            throw CudaResult.ERROR_NOT_READY.error();
          }
        });
    driver.on(
        "cuEventSynchronize",
        a -> {
          Event e = event(a, 0);
          driver.scheduler.await(e.task);
          driver.checkError(e.context);
        });
    driver.on("cuEventElapsedTime", this::elapsed);
    driver.on("cuEventElapsedTime_v2", this::elapsed);
  }

  private Event event(Arguments a, int i) {
    return driver.handles.get(a.asLong(i), Event.class);
  }

  private void record(Arguments a) {
    Event e = event(a, 0);
    Stream s = driver.stream(a.asLong(1));
    Capture capture = driver.capture(s);
    e.capture = capture;
    if (capture == null) {
      Task task = new Task(s.context, () -> {});
      s.order(task);
      e.task = task;
      driver.scheduler.submit(task);
    }
  }

  private void elapsed(Arguments a) {
    Event from = event(a, 1);
    Event to = event(a, 2);
    Task start = from.task;
    Task end = to.task;
    if (start == null || end == null || ((from.flags | to.flags) & Event.DISABLE_TIMING) != 0) {
      throw CudaResult.ERROR_INVALID_HANDLE.error();
    }
    if (!start.done || !end.done) {
      throw CudaResult.ERROR_NOT_READY.error();
    }
    a.putFloat(0, (end.time - start.time) / 1e6f);
  }
}
