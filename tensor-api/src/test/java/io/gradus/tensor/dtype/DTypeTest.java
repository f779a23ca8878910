package io.gradus.tensor.dtype;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class DTypeTest {
  @Test
  @DisplayName("S6.7 integers wrap to the width of their dtype")
  void wrapping() {
    assertEquals(255, DType.U8.wrap(-1));
    assertEquals(-128, DType.I8.wrap(128));
    assertEquals(Short.MIN_VALUE, DType.I16.wrap(32768));
    assertEquals(Integer.MIN_VALUE, DType.I32.wrap(1L << 31));
    assertEquals(Long.MIN_VALUE, DType.I64.wrap(Long.MIN_VALUE));
    assertEquals(1, DType.BOOL.wrap(-7));
  }

  @Test
  void roundingToAHalfFormatTiesToEven() {
    assertEquals(2048, DType.F16.round(2049));
    assertEquals(2052, DType.F16.round(2051));
    assertEquals(Double.POSITIVE_INFINITY, DType.F16.round(65520));
    assertEquals(256, DType.BF16.round(257));
    assertEquals(260, DType.BF16.round(259));
    assertTrue(Double.isNaN(DType.BF16.round(Double.NaN)));
  }

  @Test
  void bfloat16RoundTripsEveryBitPatternButTheBitsOfNaN() {
    for (int bits = 0; bits < 1 << 16; bits++) {
      float value = BFloat16.toFloat((short) bits);
      if (Float.isNaN(value)) {
        assertTrue(Float.isNaN(BFloat16.toFloat(BFloat16.fromFloat(value))));
      } else {
        assertEquals((short) bits, BFloat16.fromFloat(value));
      }
    }
  }

  @Test
  @DisplayName("S2.2 every dtype computes in a type at least as wide")
  void computeTypes() {
    for (DType d : DType.values()) {
      assertEquals(d.isFloating(), d.compute().isFloating());
      assertTrue(d.compute().dtype().byteSize() >= d.byteSize());
      assertEquals(d, DType.valueOf(d.toString().toUpperCase(java.util.Locale.ROOT)));
    }
  }

  @Test
  void aPlainNumberKeepsItsCategory() {
    assertEquals(Category.INT, Scalar.of((Number) 3).category());
    assertEquals(Category.FLOAT, Scalar.of((Number) 3f).category());
    assertEquals(Category.BOOL, Scalar.of(true).category());
    assertEquals(-2, Scalar.of(-2.9).toLong());
    assertTrue(Scalar.of(Double.NaN).toBoolean());
  }
}
