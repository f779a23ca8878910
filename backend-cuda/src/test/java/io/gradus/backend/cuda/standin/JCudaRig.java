package io.gradus.backend.cuda.standin;

import static jcuda.driver.JCudaDriver.cuCtxCreate;
import static jcuda.driver.JCudaDriver.cuCtxDestroy;
import static jcuda.driver.JCudaDriver.cuDeviceGet;
import static jcuda.driver.JCudaDriver.cuEventCreate;
import static jcuda.driver.JCudaDriver.cuInit;
import static jcuda.driver.JCudaDriver.cuLaunchKernel;
import static jcuda.driver.JCudaDriver.cuMemAlloc;
import static jcuda.driver.JCudaDriver.cuMemcpyDtoH;
import static jcuda.driver.JCudaDriver.cuMemsetD32;
import static jcuda.driver.JCudaDriver.cuModuleGetFunction;
import static jcuda.driver.JCudaDriver.cuModuleLoadData;
import static jcuda.driver.JCudaDriver.cuStreamCreate;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gradus.backend.cuda.emulator.Findings;
import java.nio.charset.StandardCharsets;
import java.util.List;
import jcuda.Pointer;
import jcuda.driver.CUcontext;
import jcuda.driver.CUdevice;
import jcuda.driver.CUdeviceptr;
import jcuda.driver.CUevent;
import jcuda.driver.CUfunction;
import jcuda.driver.CUmodule;
import jcuda.driver.CUresult;
import jcuda.driver.CUstream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** JCuda on the stand-in, with a context and a kernel for each test. */
abstract class JCudaRig {
  static final int NON_BLOCKING = 1;
  static final int N = 1000;

  /** {@code x[i] = x[i] * 3 + k}, which does not commute with itself for different k. */
  static final String STEP =
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

  static StandIn standIn;

  CUcontext context;
  CUfunction step;

  @BeforeAll
  static void install() {
    standIn = StandIn.forTest(JCudaRig.class);
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

  static void check(int result) {
    assertEquals("CUDA_SUCCESS", CUresult.stringFor(result));
  }

  static CUcontext newContext(int device) {
    CUcontext c = new CUcontext();
    CUdevice d = new CUdevice();
    check(cuDeviceGet(d, device));
    check(cuCtxCreate(c, 0, d));
    return c;
  }

  static CUfunction load() {
    CUmodule module = new CUmodule();
    check(cuModuleLoadData(module, (STEP + "\0").getBytes(StandardCharsets.UTF_8)));
    CUfunction f = new CUfunction();
    check(cuModuleGetFunction(f, module, "step"));
    return f;
  }

  static CUdeviceptr allocate(int ints) {
    CUdeviceptr p = new CUdeviceptr();
    check(cuMemAlloc(p, 4L * ints));
    return p;
  }

  static CUdeviceptr zeros(int ints) {
    CUdeviceptr p = allocate(ints);
    check(cuMemsetD32(p, 0, ints));
    return p;
  }

  static int[] read(CUdeviceptr p, int ints) {
    int[] to = new int[ints];
    check(cuMemcpyDtoH(Pointer.to(to), p, 4L * ints));
    return to;
  }

  int launch(CUdeviceptr x, int k, int n, CUstream stream) {
    Pointer parameters =
        Pointer.to(Pointer.to(x), Pointer.to(new int[] {k}), Pointer.to(new int[] {n}));
    return cuLaunchKernel(step, (n + 127) / 128, 1, 1, 128, 1, 1, 0, stream, parameters, null);
  }

  static CUstream stream(int flags) {
    CUstream s = new CUstream();
    check(cuStreamCreate(s, flags));
    return s;
  }

  static CUevent event() {
    CUevent e = new CUevent();
    check(cuEventCreate(e, 0));
    return e;
  }

  static List<Findings.Kind> found() {
    return standIn.findings().list().stream().map(Findings.Finding::kind).toList();
  }
}
