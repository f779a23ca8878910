package io.gradus.tensor.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** The known answers are those published with the Random123 library. */
class PhiloxTest {
  @Test
  void blocksAreThoseOfTheReferenceImplementation() {
    assertArrayEquals(new int[] {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}, block(0, 0, 0));
    assertArrayEquals(
        new int[] {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}, block(-1, -1, -1));
    assertArrayEquals(
        new int[] {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1},
        block(0x85a308d3243f6a88L, 0x299f31d0a4093822L, 0x0370734413198a2eL));
  }

  @Test
  void aWordIsOneOfItsBlock() {
    int[] block = block(5, 42, 7);
    for (int k = 0; k < 4; k++) {
      assertEquals(block[k], Philox.word(20 + k, 42, 7));
      assertEquals(block[k], EncodedScalars.apply(ScalarOp.PHILOX, I64, 20 + k, 42, 7));
    }
  }

  private static final io.gradus.tensor.dtype.ComputeType I64 =
      io.gradus.tensor.dtype.ComputeType.I64;

  private static int[] block(long counter, long seed, long stream) {
    int[] block = new int[4];
    Philox.block(counter, seed, stream, block, 0);
    return block;
  }
}
