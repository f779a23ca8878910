package io.gradus.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FreshArraysTest {
  @Test
  @DisplayName("arrays come unfilled if and only if the JVM exports what gives them")
  void asTheJvmLets() {
    Module base = Object.class.getModule();
    Module ours = FreshArrays.class.getModule();
    assertEquals(base.isExported("jdk.internal.misc", ours), FreshArrays.isUnfilled());
  }

  @ParameterizedTest
  @EnumSource(ArrayKind.class)
  @DisplayName("an array has its type and length, however it comes")
  void typesAndLengths(ArrayKind kind) {
    for (int length : new int[] {0, 1, 1000, 100_000}) {
      Object array = kind.allocate(length);
      assertTrue(kind.holds(array));
      assertEquals((long) length * kind.bytes, kind.byteLength(array));
    }
    assertThrows(RuntimeException.class, () -> kind.allocate(-1));
  }
}
