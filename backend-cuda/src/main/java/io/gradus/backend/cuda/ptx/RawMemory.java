package io.gradus.backend.cuda.ptx;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Moves bytes as they are. */
final class RawMemory {
  private RawMemory() {}

  /** Copies 1, 2, 4, 8 or 16 bytes between addresses that are multiples of that. */
  static void copy(PtxCode code, int bytes, Value from, Value to) {
    int registers = bytes == 16 ? 4 : 1;
    RegisterType type = bytes == 8 ? RegisterType.B64 : RegisterType.B32;
    String instruction = bytes == 16 ? "v4.u32" : "u" + 8 * bytes;
    String list =
        Stream.generate(() -> code.fresh(type).text())
            .limit(registers)
            .collect(Collectors.joining(", "));
    String operand = registers == 1 ? list : "{" + list + "}";
    code.line("ld.global." + instruction + " " + operand + ", [" + from + "]");
    code.line("st.global." + instruction + " [" + to + "], " + operand);
  }
}
