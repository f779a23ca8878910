package io.gradus.backend.cuda.emulator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How warps run, and what the memory checker says of kernels that are wrong. */
class ExecutionTest {
  /** Begins a kernel: %a0 is the address of element %r0, the number of the thread. */
  private static String kernel(String body) {
    return """
    .visible .entry k(.param .u64 p) {
      .reg .b64 %%a<9>; .reg .b32 %%r<9>; .reg .pred %%p<5>; .reg .f32 %%f<9>;
      .shared .align 8 .b8 room[256];
      ld.param.u64 %%a1, [p]; cvta.to.global.u64 %%a1, %%a1;
      mov.u32 %%r0, %%tid.x; mul.wide.u32 %%a0, %%r0, 4; add.s64 %%a0, %%a1, %%a0;
      %s
      ret;
    }
    """
        .formatted(body);
  }

  private static KernelFault fault(Rig rig, int threads, long address) {
    return assertThrows(KernelFault.class, () -> rig.run("k", 1, threads, address));
  }

  private static int[] run(Rig rig, int threads, int n) {
    long at = rig.put(new int[n]);
    rig.run("k", 1, threads, at);
    assertEquals("[]", rig.findings.list().toString());
    return rig.ints(at, n);
  }

  @Test
  void lanesMeetAgainAfterABranch() {
    Rig rig =
        Rig.of(
            kernel(
                """
                setp.lt.u32 %p1, %r0, 10;
                @%p1 bra LOW;
                setp.lt.u32 %p2, %r0, 20;
                @%p2 bra MIDDLE;
                mov.u32 %r1, 3;
                bra JOIN;
                LOW: mov.u32 %r1, 1;
                bra JOIN;
                MIDDLE: mov.u32 %r1, 2;
                JOIN: activemask.b32 %r2;
                mul.lo.s32 %r2, %r2, %r1;
                st.global.u32 [%a0], %r2;
                """));
    int[] want = IntStream.range(0, 32).map(i -> i < 10 ? -1 : i < 20 ? -2 : -3).toArray();
    assertArrayEquals(want, run(rig, 32, 32));
  }

  @Test
  void aShuffleWaitsForAllLanesThatItNames() {
    Rig rig =
        Rig.of(
            kernel(
                """
                setp.lt.u32 %p1, %r0, 16;
                mov.u32 %r1, %r0;
                @%p1 bra SKIP;
                add.s32 %r1, %r1, 100;
                add.s32 %r1, %r1, 100;
                SKIP: shfl.sync.bfly.b32 %r2|%p2, %r1, 16, 0x1f, -1;
                st.global.u32 [%a0], %r2;
                """));
    int[] want = IntStream.range(0, 32).map(i -> i < 16 ? i + 216 : i - 16).toArray();
    assertArrayEquals(want, run(rig, 32, 32));
  }

  @Test
  void aShuffleWithLanesThatNeverComeIsAFault() {
    Rig rig =
        Rig.of(
            kernel(
                """
                setp.lt.u32 %p1, %r0, 16;
                @%p1 bra APART;
                shfl.sync.down.b32 %r2, %r0, 1, 0x1f, -1;
                bra END;
                APART: shfl.sync.down.b32 %r2, %r0, 1, 0x1f, -1;
                END: st.global.u32 [%a0], %r2;
                """));
    KernelFault fault = fault(rig, 32, rig.put(new int[32]));
    assertEquals(KernelFault.Kind.ILLEGAL_INSTRUCTION, fault.kind);
    assertTrue(fault.getMessage().contains("that never come"), fault.getMessage());
  }

  @Test
  void aBarrierInDivergentCodeIsAFault() {
    Rig rig = Rig.of(kernel("setp.lt.u32 %p1, %r0, 5; @%p1 bar.sync 0; st.global.u32 [%a0], %r0;"));
    assertTrue(fault(rig, 32, rig.put(new int[32])).getMessage().contains("come to a barrier"));
  }

  @Test
  void barriersOrderWarpsInAnyOrderOfTheirs() {
    for (long seed = 0; seed < 5; seed++) {
      Rig rig =
          Rig.of(
                  kernel(
                      """
                      mov.u32 %r3, room;
                      shl.b32 %r4, %r0, 1; add.s32 %r5, %r3, %r4;
                      { .reg .b16 %h; cvt.u16.u32 %h, %r0; st.shared.u16 [%r5], %h; }
                      bar.sync 0;
                      sub.s32 %r6, 190, %r4; add.s32 %r6, %r6, %r3;
                      ld.shared.u16 %r7, [%r6];
                      st.global.u32 [%a0], %r7;
                      """))
              .shuffled(seed);
      int[] want = IntStream.range(0, 96).map(i -> 95 - i).toArray();
      assertArrayEquals(want, run(rig, 96, 96));
    }
  }

  @Test
  void vectorsAndGenericAddresses() {
    Rig rig =
        Rig.of(
            kernel(
                """
                mov.u64 %a2, room; cvta.shared.u64 %a2, %a2;
                mul.wide.u32 %a3, %r0, 16; add.s64 %a2, %a2, %a3; add.s64 %a4, %a1, %a3;
                ld.global.v4.u32 {%r1, %r2, %r3, %r4}, [%a4];
                st.v4.u32 [%a2], {%r4, %r3, %r2, %r1};
                ld.v2.u32 {%r5, %r6}, [%a2+8];
                st.global.v2.u32 [%a4+8], {%r5, %r6};
                """));
    long at = rig.put(IntStream.range(0, 64).toArray());
    rig.run("k", 1, 16, at);
    int[] want =
        IntStream.range(0, 64).map(i -> i % 4 == 2 ? i - 1 : i % 4 == 3 ? i - 3 : i).toArray();
    assertArrayEquals(want, rig.ints(at, 64));
  }

  @Test
  void moduleVariablesAreInitialised() {
    Rig rig =
        Rig.of(
            ".visible .global .align 4 .b8 table[8] = {1, 2, 3, 4, 0xff, 6, 7, 8};\n"
                + ".const .align 4 .f32 half = 0f3F000000;\n"
                + kernel(
                    """
                    mov.u64 %a2, table; cvt.u64.u32 %a3, %r0; add.s64 %a2, %a2, %a3;
                    ld.global.s8 %r1, [%a2];
                    ld.const.f32 %f1, [half]; cvt.rn.f32.s32 %f2, %r1; mul.f32 %f1, %f1, %f2;
                    st.global.f32 [%a0], %f1;
                    """));
    long at = rig.put(new int[8]);
    rig.run("k", 1, 8, at);
    assertArrayEquals(new float[] {0.5f, 1, 1.5f, 2, -0.5f, 3, 3.5f, 4}, rig.floats(at, 8));
  }

  @Test
  void anAccessOutsideNamesKernelLineAndThread() {
    Rig rig = Rig.of(kernel("st.global.u32 [%a0], %r0;"));
    long at = rig.put(new int[20]);
    KernelFault fault = fault(rig, 32, at);
    assertEquals(KernelFault.Kind.ILLEGAL_ADDRESS, fault.kind);
    String text = fault.getMessage();
    assertTrue(text.contains("illegal write of 4 bytes"), text);
    assertTrue(text.contains("80 bytes into allocation"), text);
    assertTrue(text.contains("kernel k, PTX line 9"), text);
    assertTrue(text.contains("thread (20,0,0)"), text);
    assertEquals(Findings.Kind.ILLEGAL_ACCESS, rig.findings.list().getFirst().kind());
  }

  @Test
  void freedMemoryIsToldFromOther() {
    Rig rig = Rig.of(kernel("ld.global.u32 %r1, [%a0];"));
    long at = rig.put(new int[32]);
    rig.memory.free(at);
    String text = fault(rig, 32, at).getMessage();
    assertTrue(text.contains("into freed allocation"), text);
  }

  @Test
  void misalignedAccessesAreFaults() {
    Rig rig = Rig.of(kernel("ld.global.v2.u32 {%r1, %r2}, [%a1+4];"));
    assertEquals(KernelFault.Kind.MISALIGNED_ADDRESS, fault(rig, 1, rig.put(new int[32])).kind);
  }

  @Test
  void readsOfMemoryThatNobodyWroteAreFound() {
    Rig rig = Rig.of(kernel("ld.global.u32 %r1, [%a0]; st.global.u32 [%a0], %r1;"));
    rig.run("k", 1, 1, rig.empty(64));
    assertEquals(1, rig.findings.list().size());
    assertEquals(Findings.Kind.UNINITIALISED, rig.findings.list().getFirst().kind());
  }

  @Test
  void sharedMemoryIsCheckedToo() {
    Rig outside = Rig.of(kernel("mov.u32 %r3, room; ld.shared.u32 %r1, [%r3+256];"));
    assertTrue(
        fault(outside, 1, outside.empty(4)).getMessage().contains("of 256 bytes of shared memory"));
    Rig unwritten = Rig.of(kernel("ld.shared.u32 %r1, [room+12];"));
    unwritten.run("k", 1, 1, unwritten.empty(4));
    assertEquals(Findings.Kind.UNINITIALISED, unwritten.findings.list().getFirst().kind());
  }

  @Test
  void trapsEndTheKernel() {
    Rig rig = Rig.of(kernel("setp.eq.u32 %p1, %r0, 3; @%p1 trap;"));
    assertEquals(KernelFault.Kind.ASSERT, fault(rig, 8, rig.empty(4)).kind);
  }

  @Test
  void peersAreReachedOnlyWhenAllowed() {
    Rig rig = Rig.of(kernel("st.global.u32 [%a0], %r0;"));
    long other = rig.memory.allocate(4, 1);
    assertEquals(KernelFault.Kind.ILLEGAL_ADDRESS, fault(rig, 1, other).kind);
    rig.memory.allowPeer(0, 1, true);
    rig.run("k", 1, 1, other);
    assertEquals(0, rig.ints(other, 1)[0]);
  }

  @Test
  void matrixProductsOfAWarp() {
    // each thread holds a row's share of A (16x8, all ones times the row) and of B (8x8, ones)
    Rig rig =
        Rig.of(
            kernel(
                """
                shr.u32 %r1, %r0, 2; cvt.rn.f32.u32 %f1, %r1; mov.b32 %r2, %f1;
                add.f32 %f2, %f1, 0f41000000; mov.b32 %r3, %f2;
                mov.b32 %r4, 0x3f800000;
                mov.f32 %f5, 0f3F000000;
                mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32
                  {%f1, %f2, %f3, %f4}, {%r2, %r3, %r2, %r3}, {%r4, %r4}, {%f5, %f5, %f5, %f5};
                mul.wide.u32 %a2, %r0, 16; add.s64 %a2, %a1, %a2;
                st.global.v4.f32 [%a2], {%f1, %f2, %f3, %f4};
                """));
    long at = rig.empty(4 * 128);
    rig.run("k", 1, 32, at);
    float[] got = rig.floats(at, 128);
    for (int i = 0; i < 128; i++) {
      int row = i / 4 / 4 + 8 * (i % 4 / 2);
      assertEquals(8 * row + 0.5f, got[i], "element " + i);
    }
  }
}
