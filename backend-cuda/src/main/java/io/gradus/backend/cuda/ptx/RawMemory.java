package io.gradus.backend.cuda.ptx;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Moves bytes as they are. */
final class RawMemory {
  private RawMemory() {}

  /** Writes zeros to 1, 2, 4, 8 or 16 bytes at an address that is a multiple of that. */
  static void clear(PtxCode code, int bytes, Value to) {
    Value zero = code.fresh(bytes < 8 ? RegisterType.B32 : RegisterType.B64);
    code.move(zero, Value.of(0));
    if (bytes == 16) {
      code.line("st.global.v2.u64 [%s], {%s, %s}".formatted(to, zero, zero));
    } else {
      code.line("st.global.u%d [%s], %s".formatted(8 * bytes, to, zero));
    }
  }

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
