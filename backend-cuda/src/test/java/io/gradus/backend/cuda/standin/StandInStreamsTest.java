package io.gradus.backend.cuda.standin;

import static jcuda.driver.JCudaDriver.cuCtxDestroy;
import static jcuda.driver.JCudaDriver.cuCtxEnablePeerAccess;
import static jcuda.driver.JCudaDriver.cuCtxSetCurrent;
import static jcuda.driver.JCudaDriver.cuCtxSynchronize;
import static jcuda.driver.JCudaDriver.cuEventElapsedTime;
import static jcuda.driver.JCudaDriver.cuEventQuery;
import static jcuda.driver.JCudaDriver.cuEventRecord;
import static jcuda.driver.JCudaDriver.cuEventSynchronize;
import static jcuda.driver.JCudaDriver.cuGraphInstantiate;
import static jcuda.driver.JCudaDriver.cuGraphLaunch;
import static jcuda.driver.JCudaDriver.cuMemAlloc;
import static jcuda.driver.JCudaDriver.cuMemAllocAsync;
import static jcuda.driver.JCudaDriver.cuMemFreeAsync;
import static jcuda.driver.JCudaDriver.cuMemFreeHost;
import static jcuda.driver.JCudaDriver.cuMemHostAlloc;
import static jcuda.driver.JCudaDriver.cuMemcpyHtoDAsync;
import static jcuda.driver.JCudaDriver.cuMemcpyPeer;
import static jcuda.driver.JCudaDriver.cuMemsetD32;
import static jcuda.driver.JCudaDriver.cuStreamBeginCapture;
import static jcuda.driver.JCudaDriver.cuStreamEndCapture;
import static jcuda.driver.JCudaDriver.cuStreamSynchronize;
import static jcuda.driver.JCudaDriver.cuStreamWaitEvent;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import jcuda.Pointer;
import jcuda.driver.CUcontext;
import jcuda.driver.CUdeviceptr;
import jcuda.driver.CUevent;
import jcuda.driver.CUfunction;
import jcuda.driver.CUgraph;
import jcuda.driver.CUgraphExec;
import jcuda.driver.CUresult;
import jcuda.driver.CUstream;
import jcuda.driver.CUstreamCaptureMode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Streams, events and graphs of the stand-in, through unmodified JCuda. */
@Tag("standin")
class StandInStreamsTest extends JCudaRig {
  @Test
  void streamsKeepTheirOrderHoweverLate() {
    for (long seed = 1; seed <= 5; seed++) {
      standIn.deferred(seed);
      CUdeviceptr x = zeros(N);
      CUdeviceptr y = zeros(N);
      CUstream s = stream(NON_BLOCKING);
      CUstream t = stream(NON_BLOCKING);
      check(cuCtxSynchronize());
      for (int k = 1; k <= 4; k++) {
        check(launch(x, k, N, s));
        check(launch(y, 10 * k, N, t));
      }
      check(cuStreamSynchronize(s));
      check(cuStreamSynchronize(t));
      assertEquals(((1 * 3 + 2) * 3 + 3) * 3 + 4, read(x, N)[7]);
      assertEquals(10 * (((1 * 3 + 2) * 3 + 3) * 3 + 4), read(y, N)[7]);
    }
    assertEquals(List.of(), found());
  }

  @Test
  void lateStreamsShowAMissingWait() {
    Set<Integer> results = new HashSet<>();
    Set<Integer> waited = new HashSet<>();
    for (long seed = 1; seed <= 12; seed++) {
      standIn.deferred(seed);
      CUdeviceptr x = zeros(N);
      CUstream s = stream(NON_BLOCKING);
      CUstream t = stream(NON_BLOCKING);
      check(cuCtxSynchronize());
      check(launch(x, 1, N, s));
      check(launch(x, 2, N, t));
      check(cuCtxSynchronize());
      results.add(read(x, N)[0]);

      check(cuMemsetD32(x, 0, N));
      check(cuCtxSynchronize());
      CUevent done = event();
      check(launch(x, 1, N, s));
      check(cuEventRecord(done, s));
      check(cuStreamWaitEvent(t, done, 0));
      check(launch(x, 2, N, t));
      check(cuCtxSynchronize());
      waited.add(read(x, N)[0]);
    }
    assertEquals(Set.of(5, 7), results);
    assertEquals(Set.of(5), waited);
  }

  @Test
  void pinnedMemoryIsReadLate() {
    Set<Integer> seen = new HashSet<>();
    for (long seed = 1; seed <= 12; seed++) {
      standIn.deferred(seed);
      CUdeviceptr x = zeros(4);
      Pointer pinned = new Pointer();
      check(cuMemHostAlloc(pinned, 16, 0));
      CUstream s = stream(NON_BLOCKING);
      check(cuCtxSynchronize());
      pinned.getByteBuffer(0, 16).putInt(0, 0x01010101);
      check(cuMemcpyHtoDAsync(x, pinned, 16, s));
      pinned.getByteBuffer(0, 16).putInt(0, 0x02020202);
      check(cuStreamSynchronize(s));
      seen.add(read(x, 4)[0]);
      check(cuMemFreeHost(pinned));
    }
    assertEquals(Set.of(0x01010101, 0x02020202), seen);
  }

  @Test
  void freeingInAStreamWhileAnotherStillReadsIsFound() {
    Set<Boolean> faults = new HashSet<>();
    for (long seed = 1; seed <= 12; seed++) {
      standIn.deferred(seed);
      CUstream s = stream(NON_BLOCKING);
      CUstream t = stream(NON_BLOCKING);
      CUdeviceptr x = new CUdeviceptr();
      check(cuMemAllocAsync(x, 4L * N, s));
      check(cuStreamSynchronize(s));
      check(cuMemsetD32(x, 0, N));
      check(launch(x, 1, N, t));
      check(cuMemFreeAsync(x, s));
      faults.add(cuCtxSynchronize() == CUresult.CUDA_ERROR_ILLEGAL_ADDRESS);
      standIn.eager();
      cuCtxDestroy(context);
      context = newContext(0);
      step = load();
    }
    assertEquals(Set.of(true, false), faults);
  }

  @Test
  void eventsTellWhenWorkIsDone() {
    standIn.deferred(3);
    CUdeviceptr x = zeros(N);
    CUstream s = stream(NON_BLOCKING);
    CUevent before = event();
    CUevent after = event();
    check(cuEventRecord(before, s));
    for (int k = 0; k < 20; k++) {
      check(launch(x, k, N, s));
    }
    check(cuEventRecord(after, s));
    int polls = 0;
    while (cuEventQuery(after) == CUresult.CUDA_ERROR_NOT_READY) {
      polls++;
    }
    assertTrue(polls > 0);
    check(cuEventSynchronize(after));
    float[] ms = {-1};
    check(cuEventElapsedTime(ms, before, after));
    assertTrue(ms[0] >= 0);
  }

  @Test
  void capturedWorkRunsWhenTheGraphIsLaunched() {
    CUdeviceptr x = zeros(N);
    CUstream s = stream(NON_BLOCKING);
    CUstream side = stream(NON_BLOCKING);
    check(cuStreamBeginCapture(s, CUstreamCaptureMode.CU_STREAM_CAPTURE_MODE_THREAD_LOCAL));
    check(launch(x, 1, N, s));
    CUevent fork = event();
    CUevent join = event();
    check(cuEventRecord(fork, s));
    check(cuStreamWaitEvent(side, fork, 0));
    check(launch(x, 2, N, side));
    check(cuEventRecord(join, side));
    check(cuStreamWaitEvent(s, join, 0));
    CUgraph graph = new CUgraph();
    check(cuStreamEndCapture(s, graph));
    assertEquals(0, read(x, N)[0]);
    CUgraphExec exec = new CUgraphExec();
    check(cuGraphInstantiate(exec, graph, 0));
    check(cuGraphLaunch(exec, s));
    check(cuGraphLaunch(exec, s));
    check(cuStreamSynchronize(s));
    assertEquals(5 * 9 + 1 * 3 + 2, read(x, N)[N - 1]);
  }

  @Test
  void aCaptureForbidsWhatItCannotRecord() {
    CUstream s = stream(NON_BLOCKING);
    check(cuStreamBeginCapture(s, CUstreamCaptureMode.CU_STREAM_CAPTURE_MODE_GLOBAL));
    assertEquals(CUresult.CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED, cuMemAlloc(new CUdeviceptr(), 4));
    assertEquals(
        CUresult.CUDA_ERROR_STREAM_CAPTURE_INVALIDATED, cuStreamEndCapture(s, new CUgraph()));
  }

  @Test
  void devicesCopyToEachOther() {
    CUdeviceptr x = zeros(N);
    check(launch(x, 4, N, null));
    CUcontext other = newContext(1);
    CUdeviceptr y = allocate(N);
    check(cuMemcpyPeer(y, other, x, context, 4L * N));
    assertEquals(4, read(y, N)[3]);
    CUfunction there = step;
    step = load();
    check(cuCtxEnablePeerAccess(context, 0));
    check(launch(x, 1, N, null));
    check(cuCtxSynchronize());
    assertEquals(13, read(x, N)[0]);
    step = there;
    check(cuCtxSetCurrent(context));
    check(launch(y, 1, N, null));
    assertEquals(CUresult.CUDA_ERROR_ILLEGAL_ADDRESS, cuCtxSynchronize());
    assertFalse(found().isEmpty());
    cuCtxDestroy(other);
  }
}
