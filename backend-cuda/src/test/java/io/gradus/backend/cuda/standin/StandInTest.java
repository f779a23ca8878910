package io.gradus.backend.cuda.standin;

import static jcuda.driver.JCudaDriver.cuCtxCreate;
import static jcuda.driver.JCudaDriver.cuCtxDestroy;
import static jcuda.driver.JCudaDriver.cuCtxEnablePeerAccess;
import static jcuda.driver.JCudaDriver.cuCtxSetCurrent;
import static jcuda.driver.JCudaDriver.cuCtxSynchronize;
import static jcuda.driver.JCudaDriver.cuDeviceGet;
import static jcuda.driver.JCudaDriver.cuDeviceGetCount;
import static jcuda.driver.JCudaDriver.cuDeviceGetName;
import static jcuda.driver.JCudaDriver.cuEventCreate;
import static jcuda.driver.JCudaDriver.cuEventElapsedTime;
import static jcuda.driver.JCudaDriver.cuEventQuery;
import static jcuda.driver.JCudaDriver.cuEventRecord;
import static jcuda.driver.JCudaDriver.cuEventSynchronize;
import static jcuda.driver.JCudaDriver.cuGetErrorName;
import static jcuda.driver.JCudaDriver.cuGraphInstantiate;
import static jcuda.driver.JCudaDriver.cuGraphLaunch;
import static jcuda.driver.JCudaDriver.cuInit;
import static jcuda.driver.JCudaDriver.cuLaunchKernel;
import static jcuda.driver.JCudaDriver.cuMemAlloc;
import static jcuda.driver.JCudaDriver.cuMemAllocAsync;
import static jcuda.driver.JCudaDriver.cuMemFree;
import static jcuda.driver.JCudaDriver.cuMemFreeAsync;
import static jcuda.driver.JCudaDriver.cuMemFreeHost;
import static jcuda.driver.JCudaDriver.cuMemGetInfo;
import static jcuda.driver.JCudaDriver.cuMemHostAlloc;
import static jcuda.driver.JCudaDriver.cuMemcpyDtoH;
import static jcuda.driver.JCudaDriver.cuMemcpyHtoD;
import static jcuda.driver.JCudaDriver.cuMemcpyHtoDAsync;
import static jcuda.driver.JCudaDriver.cuMemcpyPeer;
import static jcuda.driver.JCudaDriver.cuMemsetD32;
import static jcuda.driver.JCudaDriver.cuModuleGetFunction;
import static jcuda.driver.JCudaDriver.cuModuleLoadData;
import static jcuda.driver.JCudaDriver.cuStreamBeginCapture;
import static jcuda.driver.JCudaDriver.cuStreamCreate;
import static jcuda.driver.JCudaDriver.cuStreamEndCapture;
import static jcuda.driver.JCudaDriver.cuStreamSynchronize;
import static jcuda.driver.JCudaDriver.cuStreamWaitEvent;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.backend.cuda.emulator.Findings;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import jcuda.Pointer;
import jcuda.driver.CUcontext;
import jcuda.driver.CUdevice;
import jcuda.driver.CUdeviceptr;
import jcuda.driver.CUevent;
import jcuda.driver.CUfunction;
import jcuda.driver.CUgraph;
import jcuda.driver.CUgraphExec;
import jcuda.driver.CUmodule;
import jcuda.driver.CUresult;
import jcuda.driver.CUstream;
import jcuda.driver.CUstreamCaptureMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Unmodified JCuda on the stand-in. */
@Tag("standin")
class StandInTest {
  private static final int NON_BLOCKING = 1;
  private static final int N = 1000;

  /** {@code x[i] = x[i] * 3 + k}, which does not commute with itself for different k. */
  private static final String STEP =
      """
      .version 8.0
      .target sm_70
      .address_size 64
      .visible .entry step(.param .u64 px, .param .u32 pk, .param .u32 pn) {
        .reg .b64 %a<3>; .reg .b32 %r<7>; .reg .pred %p;
        ld.param.u64 %a0, [px]; ld.param.u32 %r0, [pk]; ld.param.u32 %r1, [pn];
        mov.u32 %r2, %ctaid.x; mov.u32 %r3, %ntid.x; mov.u32 %r4, %tid.x;
        mad.lo.s32 %r2, %r2, %r3, %r4;
        setp.ge.s32 %p, %r2, %r1;
        @%p ret;
        mul.wide.s32 %a1, %r2, 4; add.s64 %a0, %a0, %a1;
        ld.global.u32 %r5, [%a0];
        mad.lo.s32 %r5, %r5, 3, %r0;
        st.global.u32 [%a0], %r5;
        ret;
      }
      """;

  private static StandIn standIn;

  private CUcontext context;
  private CUfunction step;

  @BeforeAll
  static void install() {
    standIn = StandIn.forTest(StandInTest.class);
    check(cuInit(0));
  }

  @BeforeEach
  void begin() {
    standIn.findings().take();
    context = newContext(0);
    step = load();
  }

  @AfterEach
  void end() {
    standIn.eager();
    standIn.failAllocationAfter(-1);
    standIn.failLaunchAfter(-1, 0);
    cuCtxDestroy(context);
    standIn.findings().take();
  }

  private static void check(int result) {
    assertEquals("CUDA_SUCCESS", CUresult.stringFor(result));
  }

  private static CUcontext newContext(int device) {
    CUcontext c = new CUcontext();
    CUdevice d = new CUdevice();
    check(cuDeviceGet(d, device));
    check(cuCtxCreate(c, 0, d));
    return c;
  }

  private static CUfunction load() {
    CUmodule module = new CUmodule();
    check(cuModuleLoadData(module, (STEP + "\0").getBytes(StandardCharsets.UTF_8)));
    CUfunction f = new CUfunction();
    check(cuModuleGetFunction(f, module, "step"));
    return f;
  }

  private static CUdeviceptr allocate(int ints) {
    CUdeviceptr p = new CUdeviceptr();
    check(cuMemAlloc(p, 4L * ints));
    return p;
  }

  private static CUdeviceptr zeros(int ints) {
    CUdeviceptr p = allocate(ints);
    check(cuMemsetD32(p, 0, ints));
    return p;
  }

  private static int[] read(CUdeviceptr p, int ints) {
    int[] to = new int[ints];
    check(cuMemcpyDtoH(Pointer.to(to), p, 4L * ints));
    return to;
  }

  private int launch(CUdeviceptr x, int k, int n, CUstream stream) {
    Pointer parameters =
        Pointer.to(Pointer.to(x), Pointer.to(new int[] {k}), Pointer.to(new int[] {n}));
    return cuLaunchKernel(step, (n + 127) / 128, 1, 1, 128, 1, 1, 0, stream, parameters, null);
  }

  private static CUstream stream(int flags) {
    CUstream s = new CUstream();
    check(cuStreamCreate(s, flags));
    return s;
  }

  private static CUevent event() {
    CUevent e = new CUevent();
    check(cuEventCreate(e, 0));
    return e;
  }

  private static List<Findings.Kind> found() {
    return standIn.findings().list().stream().map(Findings.Finding::kind).toList();
  }

  @Test
  void devicesAndErrorsHaveNames() {
    int[] count = {0};
    check(cuDeviceGetCount(count));
    assertEquals(2, count[0]);
    byte[] name = new byte[64];
    CUdevice device = new CUdevice();
    check(cuDeviceGet(device, 1));
    check(cuDeviceGetName(name, name.length, device));
    assertTrue(new String(name, StandardCharsets.UTF_8).startsWith("Emulated GPU\0"));
    String[] text = {null};
    check(cuGetErrorName(700, text));
    assertEquals("CUDA_ERROR_ILLEGAL_ADDRESS", text[0]);
    assertEquals(CUresult.CUDA_ERROR_INVALID_DEVICE, cuDeviceGet(device, 7));
  }

  @Test
  void launchesComputeWhatThePtxSays() {
    CUdeviceptr x = allocate(N);
    int[] values = new int[N];
    for (int i = 0; i < N; i++) {
      values[i] = i;
    }
    check(cuMemcpyHtoD(x, Pointer.to(values), 4L * N));
    check(launch(x, 5, N, null));
    for (int i = 0; i < N; i++) {
      values[i] = 3 * i + 5;
    }
    assertArrayEquals(values, read(x, N));
    check(cuMemFree(x));
    assertEquals(List.of(), found());
  }

  @Test
  void badPtxIsRefused() {
    CUmodule module = new CUmodule();
    byte[] image =
        (STEP.replace("mad.lo.s32", "mud.lo.s32") + "\0").getBytes(StandardCharsets.UTF_8);
    assertEquals(CUresult.CUDA_ERROR_INVALID_PTX, cuModuleLoadData(module, image));
    image = (STEP.replace("sm_70", "sm_90") + "\0").getBytes(StandardCharsets.UTF_8);
    assertEquals(CUresult.CUDA_ERROR_NO_BINARY_FOR_GPU, cuModuleLoadData(module, image));
  }

  @Test
  void faultsSurfaceLaterAndStay() {
    CUdeviceptr x = zeros(N);
    check(launch(x, 1, N + 1000, null));
    assertEquals(CUresult.CUDA_ERROR_ILLEGAL_ADDRESS, cuCtxSynchronize());
    assertEquals(CUresult.CUDA_ERROR_ILLEGAL_ADDRESS, launch(x, 1, N, null));
    assertEquals(CUresult.CUDA_ERROR_ILLEGAL_ADDRESS, cuMemFree(x));
    String text = standIn.findings().list().getFirst().text();
    assertTrue(text.contains("illegal read of 4 bytes"), text);
    assertTrue(text.contains("kernel step, PTX line 12"), text);
  }

  @Test
  void whatIsNotFreedIsALeak() {
    allocate(N);
    check(cuCtxDestroy(context));
    assertEquals(List.of(Findings.Kind.LEAK), found());
    context = newContext(0);
    assertEquals(CUresult.CUDA_ERROR_INVALID_VALUE, cuMemFree(new StrayPointer(12345)));
    assertEquals(List.of(Findings.Kind.LEAK, Findings.Kind.API), found());
  }

  /** An address that nobody gave. */
  private static final class StrayPointer extends CUdeviceptr {
    StrayPointer(long offset) {
      super(new CUdeviceptr().withByteOffset(offset));
    }
  }

  @Test
  void callsWithoutAContextAreRefused() throws InterruptedException {
    int[] result = {0};
    Thread other = new Thread(() -> result[0] = cuMemAlloc(new CUdeviceptr(), 4));
    other.start();
    other.join();
    assertEquals(CUresult.CUDA_ERROR_INVALID_CONTEXT, result[0]);
  }

  @Test
  void memoryHasAnEnd() {
    long[] free = {0};
    long[] total = {0};
    check(cuMemGetInfo(free, total));
    assertEquals(4L << 30, total[0]);
    assertEquals(CUresult.CUDA_ERROR_OUT_OF_MEMORY, cuMemAlloc(new CUdeviceptr(), total[0] + 1));
  }

  @Test
  void injectedFaultsComeWhenAsked() {
    standIn.failAllocationAfter(1);
    CUdeviceptr x = zeros(N);
    assertEquals(CUresult.CUDA_ERROR_OUT_OF_MEMORY, cuMemAlloc(new CUdeviceptr(), 4));
    CUdeviceptr y = zeros(N);
    standIn.failLaunchAfter(1, CUresult.CUDA_ERROR_LAUNCH_FAILED);
    check(launch(x, 1, N, null));
    check(launch(y, 1, N, null));
    assertEquals(CUresult.CUDA_ERROR_LAUNCH_FAILED, cuCtxSynchronize());
  }

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
