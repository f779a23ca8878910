package io.gradus.backend.cuda.emulator;

import static io.gradus.backend.cuda.emulator.Instruction.ALL;

/**
 * {@code mma.sync} of shape m16n8k8 and m16n8k16 for {@code f16}, {@code bf16} and {@code tf32}
 * with {@code f32} sums, and {@code ldmatrix}: PTX ISA, "Warp Level Matrix Instructions".
 *
 * <p>Hardware does not say in which order it sums; here the products of a step are summed exactly
 * in double and rounded once.
 */
final class MatrixOps {
  private static final int ROWS = 16;
  private static final int COLUMNS = 8;

  private MatrixOps() {}

  static Instruction decode(Operands operands, Statement s) {
    return s.name().equals("mma") ? multiply(operands, s) : load(operands, s);
  }

  private static int[] vector(Operands operands, Statement s, int operand) {
    String text = s.operand(operand);
    String[] parts =
        text.startsWith("{")
            ? text.substring(1, text.length() - 1).split(",")
            : new String[] {text};
    int[] at = new int[parts.length];
    for (int i = 0; i < at.length; i++) {
      at[i] = operands.i(s, parts[i], PtxType.B32);
    }
    return at;
  }

  private static Instruction multiply(Operands operands, Statement s) {
    int words = s.opcode().size();
    PtxType type = PtxType.of(s.opcode().get(words - 3));
    boolean floats =
        s.opcode().get(words - 4).equals("f32") && s.opcode().get(words - 1).equals("f32");
    int depth = s.has("m16n8k16") ? 16 : s.has("m16n8k8") ? 8 : s.has("m16n8k4") ? 4 : 0;
    if (!floats || depth == 0 || !s.has("row") || !s.has("col")) {
      throw new PtxException("this matrix product is not known here");
    }
    int[] d = vector(operands, s, 0);
    int[] a = vector(operands, s, 1);
    int[] b = vector(operands, s, 2);
    int[] c = vector(operands, s, 3);
    int each = type.bytes == 2 ? 2 : 1;
    return new Instruction.Together(
        operands.intConstant(ALL),
        (w, mask) -> {
          double[][] left = new double[ROWS][depth];
          double[][] right = new double[depth][COLUMNS];
          for (int l = 0; l < 32; l++) {
            int group = l >>> 2;
            int within = l & 3;
            for (int i = 0; i < a.length * each; i++) {
              // registers go down the rows first, then on to the next columns
              int register = i / each;
              int row = group + 8 * (register & 1);
              int column = within * each + i % each + 4 * each * (register >>> 1);
              left[row][column] = element(w.r[a[register] + l], i % each, type);
            }
            for (int i = 0; i < b.length * each; i++) {
              int row = within * each + i % each + 4 * each * (i / each);
              right[row][group] = element(w.r[b[i / each] + l], i % each, type);
            }
          }
          for (int l = 0; l < 32; l++) {
            for (int i = 0; i < 4; i++) {
              int row = (l >>> 2) + 8 * (i >>> 1);
              int column = 2 * (l & 3) + (i & 1);
              double sum = Float.intBitsToFloat(w.r[c[i] + l]);
              for (int k = 0; k < depth; k++) {
                sum += left[row][k] * right[k][column];
              }
              w.r[d[i] + l] = FloatOps.bits((float) sum);
            }
          }
        });
  }

  private static double element(int register, int half, PtxType type) {
    return type.bytes == 2
        ? Halves.decode(type, register >>> 16 * half & 0xffff)
        : Float.intBitsToFloat(register & ~0x1fff);
  }

  private static Instruction load(Operands operands, Statement s) {
    int[] d = vector(operands, s, 0);
    Address address = new Address(operands, s, s.operand(1), "shared");
    boolean transposed = s.has("trans");
    return new Instruction.Together(
        operands.intConstant(ALL),
        (w, mask) -> {
          for (int i = 0; i < d.length; i++) {
            int[] halves = new int[64];
            for (int row = 0; row < 8; row++) {
              long at = address.at(w, 8 * i + row);
              Region region = address.region(w, 8 * i + row, at, 16, false);
              for (int column = 0; column < 8; column++) {
                int offset = (int) (at - region.base) + 2 * column;
                if (!region.isWritten(offset, 2)) {
                  MemoryAccess.uninitialised(w, 8 * i + row, at, 16);
                }
                halves[transposed ? 8 * column + row : 8 * row + column] =
                    region.getShort(offset) & 0xffff;
              }
            }
            for (int l = 0; l < 32; l++) {
              w.r[d[i] + l] = halves[2 * l] | halves[2 * l + 1] << 16;
            }
          }
        });
  }
}
