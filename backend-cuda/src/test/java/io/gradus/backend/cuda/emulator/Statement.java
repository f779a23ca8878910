package io.gradus.backend.cuda.emulator;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One instruction as it is written.
 *
 * @param line where, from 1
 * @param guard the predicate register that it depends on
 * @param negated whether it runs where the guard is false
 * @param opcode the name and its modifiers, such as {@code add}, {@code rn}, {@code f32}
 * @param operands without white space, such as {@code %r1}, {@code [%rd2+16]}
 * @param scope what its names mean
 */
record Statement(
    int line,
    @Nullable String guard,
    boolean negated,
    List<String> opcode,
    List<String> operands,
    Scope scope) {

  String name() {
    return opcode.getFirst();
  }

  /** The modifier at the end, which is the type for most instructions. */
  PtxType type() {
    return PtxType.of(opcode.getLast());
  }

  boolean has(String modifier) {
    return opcode.contains(modifier);
  }

  String operand(int i) {
    if (i >= operands.size()) {
      throw new PtxException("operand " + (i + 1) + " is missing");
    }
    return operands.get(i);
  }

  @Override
  public String toString() {
    String condition = guard == null ? "" : "@" + (negated ? "!" : "") + guard + " ";
    return condition + String.join(".", opcode) + " " + String.join(", ", operands) + ";";
  }
}
