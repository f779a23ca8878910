package io.gradus.backend.cuda.standin;

import static jcuda.driver.JCudaDriver.cuCtxDestroy;
import static jcuda.driver.JCudaDriver.cuCtxSynchronize;
import static jcuda.driver.JCudaDriver.cuDeviceGet;
import static jcuda.driver.JCudaDriver.cuDeviceGetCount;
import static jcuda.driver.JCudaDriver.cuDeviceGetName;
import static jcuda.driver.JCudaDriver.cuGetErrorName;
import static jcuda.driver.JCudaDriver.cuMemAlloc;
import static jcuda.driver.JCudaDriver.cuMemFree;
import static jcuda.driver.JCudaDriver.cuMemGetInfo;
import static jcuda.driver.JCudaDriver.cuMemcpyHtoD;
import static jcuda.driver.JCudaDriver.cuModuleLoadData;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.backend.cuda.emulator.Findings;
import java.nio.charset.StandardCharsets;
import java.util.List;
import jcuda.Pointer;
import jcuda.driver.CUdevice;
import jcuda.driver.CUdeviceptr;
import jcuda.driver.CUmodule;
import jcuda.driver.CUresult;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Unmodified JCuda on the stand-in. */
@Tag("standin")
class StandInTest extends JCudaRig {
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
}
